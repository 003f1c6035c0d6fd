using System.Data.Common;

namespace Caseload.Frames.Databases;

/// <summary>Turns what a provider throws into a <see cref="Problem"/> that shows neither a value nor a connection string.</summary>
/// <param name="settings">How the database is read.</param>
internal sealed class DatabaseErrors(DatabaseSettings settings)
{
    /// <summary>Runs work that calls a provider.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="statement">The statement that is run; null while connecting.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="ProblemException">The provider failed.</exception>
    internal T Guard<T>(SqlStatement? statement, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is not (ProblemException or OutOfMemoryException or StackOverflowException))
        {
            throw new ProblemException(ProblemOf(e, statement), e);
        }
    }

    private Problem ProblemOf(Exception error, SqlStatement? statement)
    {
        if (settings.Cancellation.IsCancellationRequested)
            return new Problem(ProblemKind.Unreadable, "a query that was cancelled", "", settings.Name, "Nothing was written.");
        if (error is TimeoutException || error.InnerException is TimeoutException) return TimedOut(statement);
        var fault = error is DbException database
            ? settings.Explain?.Invoke(database) ?? (database.SqlState is { } state ? SqlStates.Describe(state) : Unknown(error, statement))
            : Unknown(error, statement);
        return new Problem(fault.Kind, fault.Found,
            statement is null ? "a connection" : "a query that gives rows", Where(fault, statement), fault.Remedy);
    }

    private Problem TimedOut(SqlStatement? statement) => statement is null
        ? new Problem(ProblemKind.Unreadable, "a server that does not answer", "an answer within the time of the connection string",
            settings.Name, "Check that the server runs and can be reached from here.")
        : new Problem(ProblemKind.Unreadable, "a query that takes longer than it may",
            FormattableString.Invariant($"an answer within {settings.TimeoutSeconds} seconds"), settings.Name,
            "Allow more time, or ask for fewer rows.");

    private string Where(DatabaseFault fault, SqlStatement? statement)
    {
        if (statement is null || fault.Kind != ProblemKind.WrongUsage) return settings.Name;
        var offset = fault.Position - 1 - statement.QueryStart;
        return offset is >= 0 && offset <= statement.Query.Text.Length
            ? $"{settings.Name}: {statement.Query.PlaceOf(offset.Value)}"
            : $"{settings.Name}: {statement.Query.Place}";
    }

    private static string KindOf(Exception error) => error.GetType().Name.Replace(nameof(Exception), "", StringComparison.Ordinal);

    private static DatabaseFault Unknown(Exception error, SqlStatement? statement) => statement is null
        ? new DatabaseFault(ProblemKind.Unreadable, $"no connection (an error of the kind {KindOf(error)})",
            "Check that the server runs and can be reached, and how the connection string is written. The provider's own message is kept "
            + "back, because it may quote the connection string.")
        : new DatabaseFault(ProblemKind.Unreadable, $"an error of the provider (of the kind {KindOf(error)})",
            "The provider's own message is kept back, because it may quote a value: run the query in the database's own client to see it.");
}
