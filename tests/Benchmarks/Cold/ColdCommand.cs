using System.Diagnostics;
using System.Globalization;
using Caseload.Benchmarks.Data;
using Caseload.Benchmarks.Fits;

namespace Caseload.Benchmarks.Cold;

/// <summary><c>cold</c>: whole processes of <c>caseload fit</c>, from a CSV file to the printed table, one after another.</summary>
internal static class ColdCommand
{
    private const double Goal = .5;

    internal static int Run(Arguments arguments)
    {
        var runs = arguments.Number("--runs", 15);
        var scenario = Scenarios.All[0];
        var given = arguments.Text("--data");
        var file = given ?? Path.Combine(Path.GetTempPath(), $"caseload-cold-{Environment.ProcessId}.csv");
        try
        {
            if (given is null) CohortSimulator.Draw().SaveCsv(file);
            string[] fit =
                ["fit", file, "--formula", scenario.Formula, .. scenario.Settings.Factors.SelectMany(f => new[] { "--factor", f })];
            Table.Head("process", "runs", "goal s", "least s", "median s", "most s");
            Report("caseload --version", runs, null, ["--version"]);
            Report("caseload fit", runs, Goal, fit);
            return 0;
        }
        finally
        {
            if (given is null) File.Delete(file);
        }
    }

    private static void Report(string name, int runs, double? goal, string[] arguments)
    {
        var seconds = Enumerable.Range(0, runs).Select(_ => Seconds(arguments)).Order().ToArray();
        Table.Row(name, runs.ToString(CultureInfo.InvariantCulture), goal is { } g ? Text(g) : "",
            Text(seconds[0]), Text(seconds[runs / 2]), Text(seconds[^1]));
    }

    private static double Seconds(string[] arguments)
    {
        var start = new ProcessStartInfo(Installed.Command(), arguments) { RedirectStandardOutput = true };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var taken = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return process.ExitCode == 0 ? taken : throw new InvalidOperationException($"caseload ended with exit code {process.ExitCode}");
    }

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
