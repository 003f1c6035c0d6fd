using System.Diagnostics;
using System.Globalization;
using Caseload.Benchmarks.Data;
using Caseload.Benchmarks.Fits;

namespace Caseload.Benchmarks.Inference;

/// <summary><c>inference</c>: the warm time of what is inferred from the fit of the cohort, as one table.</summary>
internal static class InferenceCommand
{
    internal static int Run(Arguments arguments)
    {
        var data = arguments.Data();
        var (scenario, runs) = (Scenarios.All[0], arguments.Number("--runs", 5));
        var fit = scenario.Fit(scenario.Code(data));
        Console.WriteLine($"{scenario.Name}, {data[DataSet.Cohort].Origin}: {fit.Observations} rows, {fit.Patterns} cells");
        Table.Head("inference", "gives", "asked for, s", "median, s", "least, s", "processor, s", "allocated, MB");
        var tasks = InferenceTask.Of(data[DataSet.Cohort].Frame).Concat(OtherFitTask.Of(scenario, data));
        foreach (var task in tasks.Where(task => arguments.Text("--only") is not { } part
            || task.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            var gives = task.Run(fit);
            var (before, processor) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
            double[] seconds = [.. Enumerable.Range(0, runs).Select(_ => Seconds(() => task.Run(fit))).Order()];
            var allocated = (GC.GetTotalAllocatedBytes() - before) / runs / 1e6;
            var used = (Environment.CpuUsage.TotalTime - processor).TotalSeconds / runs;
            Table.Row(task.Name, gives, task.Goal is { } goal ? Number(goal) : "", Number(seconds[runs / 2]), Number(seconds[0]),
                Number(used), Number(allocated));
        }

        return 0;
    }

    private static double Seconds(Func<string> work)
    {
        var clock = Stopwatch.StartNew();
        _ = work();
        return clock.Elapsed.TotalSeconds;
    }

    private static string Number(double value) => value.ToString(value < 10 ? "0.###" : "0", CultureInfo.InvariantCulture);
}
