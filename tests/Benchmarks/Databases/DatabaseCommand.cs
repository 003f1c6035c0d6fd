using System.Diagnostics;
using System.Globalization;
using Caseload.Frames.Databases;
using Caseload.MixedModels;
using Caseload.MixedModels.Databases;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;
using Caseload.Testing;
using Npgsql;

namespace Caseload.Benchmarks.Databases;

/// <summary>
/// <c>database</c>: starts a PostgreSQL server, fills a table inside it, has it count the cells of a model, and fits from them.
/// </summary>
internal static class DatabaseCommand
{
    // The server waits for a process a moment after it has ended.
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(1);

    internal static int Run(Arguments arguments)
    {
        var most = arguments.Number("--rows", 20_000_000);
        var folder = Directory.CreateTempSubdirectory("caseload-postgres-").FullName;
        try
        {
            using var server = PostgresProcess.Start(folder);
            if (server is null)
            {
                Console.Error.WriteLine("PostgreSQL's server is not on this machine (apt-get install postgresql).");
                return 1;
            }

            Table.Head("rows", "table MB", "fill s", "workers", "plan", "count s", "processor s", "cells", "bytes moved", "fit ms",
                "memory MB", "interaction", "from rows s", "bytes of rows", "log-likelihood, difference");
            foreach (var rows in new[] { most / 20, most / 4, most }) Measure(server, rows, arguments);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(PostgresProcess server, int rows, Arguments arguments)
    {
        var start = Stopwatch.GetTimestamp();
        server.Execute(SimulatedTable.Sql(rows));
        var filled = Stopwatch.GetElapsedTime(start).TotalSeconds;
        server.Execute(SimulatedTable.Settle);
        var size = Size(server);
        foreach (var workers in new[] { 0, 2 })
        {
            using var bytes = new BytesRead();
            var options = $"Options=-c max_parallel_workers_per_gather={workers}"
                + (arguments.Text("--work-mem") is { } memory ? $" -c work_mem={memory}" : "");
            var counted = Count(server, $"{server.Connection};Pooling=false;{options}", bytes);
            var cells = counted.Cells;
            var (fit, fitted) = Time(() => MixedModel.Fit(cells.Frame, SimulatedTable.Formula, cells.Settings));
            using var process = Process.GetCurrentProcess();
            var peak = process.PeakWorkingSet64 / 1048576.0;
            string[] alone = arguments.Flag("--compare") && workers == 0 ? FromRows(server, bytes, fit) : ["", "", ""];
            Table.Row([
                Whole(rows), Whole(size / 1048576.0), Text(filled, "0.0"), Whole(workers), counted.Plan, Text(counted.Seconds, "0.00"),
                Text(counted.Processor, "0.00"), Whole(cells.Frame.RowCount), Whole(counted.Bytes), Whole(1000 * fitted), Whole(peak),
                Text(fit.FixedEffects[^1].Estimate, "0.0000"), .. alone,
            ]);
        }
    }

    // A connection of its own, whose process has done nothing before: the times are those of the counting alone.
    private static Counted Count(PostgresProcess server, string connect, BytesRead bytes)
    {
        using var connection = new NpgsqlConnection(connect);
        connection.Open();
        var process = int.Parse(Ask(connection, "select pg_backend_pid()"), CultureInfo.InvariantCulture);
        var plan = Ask(connection, $"explain select {SimulatedTable.Columns}, count(*) from cohort group by {SimulatedTable.Columns}");
        Thread.Sleep(Ending);
        bytes.Take();
        using var session = DatabaseSession.Open(connection);
        var before = server.ProcessorSeconds(process);
        var (cells, seconds) = Time(() => ModelCells.Count(session, DatabaseQuery.Parse("select * from cohort"),
            ModelFormula.Parse(SimulatedTable.Formula), new FitSettings()));
        Thread.Sleep(Ending);
        return new Counted(cells, plan.Split("  ")[0], seconds, server.ProcessorSeconds(process) - before, bytes.Take());
    }

    // The first cell of the first row.
    private static string Ask(NpgsqlConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }

    private static string[] FromRows(PostgresProcess server, BytesRead bytes, MixedModelFit cells)
    {
        using var connection = new NpgsqlConnection(server.Connection + ";Pooling=false");
        var (frame, seconds) = Time(() => DatabaseFrame.LoadFrom(connection, $"select {SimulatedTable.Columns} from cohort"));
        var rows = MixedModel.Fit(frame, SimulatedTable.Formula);
        return [Text(seconds, "0.00"), Whole(bytes.Take()), Text(rows.LogLikelihood - cells.LogLikelihood, "0.0e+0")];
    }

    private static long Size(PostgresProcess server)
    {
        using var connection = new NpgsqlConnection(server.Connection + ";Pooling=false");
        return (long)DatabaseFrame.LoadFrom(connection, "select pg_table_size('cohort')::float8 as size").Number("size").Values[0];
    }

    private static (T Value, double Seconds) Time<T>(Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var value = work();
        return (value, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private sealed record Counted(ModelCells Cells, string Plan, double Seconds, double Processor, long Bytes);

    private static string Whole(double value) => Text(value, "N0");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
