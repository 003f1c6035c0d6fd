using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Caseload.Benchmarks.Data;
using Perfolizer.Horology;

namespace Caseload.Benchmarks.Fits;

/// <summary>
/// <c>fits</c>: the warm time and the memory of every scenario, by BenchmarkDotNet in this process, as one table. A scenario that the
/// engine cannot fit is listed with the reason.
/// </summary>
internal static class FitCommand
{
    private const string ChosenVariable = "CASELOAD_BENCHMARK_SCENARIOS";
    private const char Separator = '\n';

    internal static int Run(Arguments arguments)
    {
        var data = arguments.Data();
        var scenarios = Scenarios.Named(arguments.Text("--only"));
        var obstacles = scenarios.ToDictionary(scenario => scenario, scenario => scenario.Obstacle(data));
        var fitted = scenarios.Where(scenario => obstacles[scenario] is null).Select(scenario => scenario.Name);
        Environment.SetEnvironmentVariable(ChosenVariable, string.Join(Separator, fitted));
        var reports = Chosen().Any() ? BenchmarkRunner.Run<FitBenchmarks>(Configuration(arguments.Flag("--quick"))).Reports : [];

        Table.Head("scenario", "data", "rows", "cells", "goal ms", "median ms", "error ms", "allocated MB", "log-likelihood");
        foreach (var scenario in scenarios)
        {
            if (obstacles[scenario] is { } obstacle) Table.Row(scenario.Name, "", "", "", Number(scenario.Goal), "not fitted: " + obstacle);
            else Report(scenario, data, reports.Single(report => IsOf(report, scenario)));
        }

        return 0;
    }

    /// <summary>The names of the scenarios to time.</summary>
    internal static IEnumerable<string> Chosen() =>
        (Environment.GetEnvironmentVariable(ChosenVariable) ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    // In this process: BenchmarkDotNet would otherwise make and build a project of its own outside the solution's settings.
    private static ManualConfig Configuration(bool quick) => ManualConfig.CreateEmpty()
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Ascii)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "caseload-benchmarks"))
        .AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(quick ? 3 : 8)
            .WithIterationCount(quick ? 5 : 15)
            .WithIterationTime(TimeInterval.FromMilliseconds(quick ? 100 : 250)));

    private static bool IsOf(BenchmarkReport report, Scenario scenario) =>
        Equals(report.BenchmarkCase.Parameters[nameof(FitBenchmarks.Scenario)], scenario.Name);

    private static void Report(Scenario scenario, BenchmarkData data, BenchmarkReport report)
    {
        var fit = scenario.Fit(scenario.Code(data));
        var times = report.ResultStatistics;
        var allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase);
        Table.Row(scenario.Name, data[scenario.Data].Origin, Number(fit.Observations), Number(fit.Patterns), Number(scenario.Goal),
            Number(times?.Median / 1e6), Number(times?.StandardError / 1e6), Number(allocated / 1e6),
            fit.LogLikelihood.ToString("F7", CultureInfo.InvariantCulture));
    }

    private static string Number(double? value) => value switch
    {
        null => "",
        < 10 => value.Value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.#", CultureInfo.InvariantCulture),
    };
}
