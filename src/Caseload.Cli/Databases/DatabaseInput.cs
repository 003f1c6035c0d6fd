using System.Data.Common;
using System.Runtime.InteropServices;
using Caseload.Frames.Databases;

namespace Caseload.Cli.Databases;

/// <summary>A database that can be connected to, and how it is read.</summary>
/// <param name="Connect">Makes a connection that is not open yet.</param>
/// <param name="Settings">How it is read.</param>
/// <param name="HasServer">Whether work goes on elsewhere, and must be stopped there when the command is.</param>
internal sealed record DatabaseSource(Func<DbConnection> Connect, DatabaseSettings Settings, bool HasServer = true);

/// <summary>A query of a database that a person asked for.</summary>
/// <param name="Source">The database.</param>
/// <param name="Query">The query.</param>
/// <param name="TimeoutSeconds">The longest that it may take; 0 is as long as it likes.</param>
internal sealed record DatabaseInput(DatabaseSource Source, DatabaseQuery Query, int TimeoutSeconds)
{
    /// <summary>What messages call the rows.</summary>
    internal string Place => $"{Source.Settings.Name}: {Query.Place}";

    /// <summary>Connects and reads; Ctrl-C and an end of the process stop a server's work too, and a second one stops at once.</summary>
    internal T Read<T>(Func<DatabaseSession, T> work)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = Stopping(PosixSignal.SIGINT, stop);
        using var end = Stopping(PosixSignal.SIGTERM, stop);
        using var connection = Source.Connect();
        using var session = DatabaseSession.Open(
            connection, Source.Settings with { TimeoutSeconds = TimeoutSeconds, Cancellation = stop.Token });
        return work(session);
    }

    private PosixSignalRegistration? Stopping(PosixSignal signal, CancellationTokenSource stop) => !Source.HasServer
        ? null
        : PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        });
}
