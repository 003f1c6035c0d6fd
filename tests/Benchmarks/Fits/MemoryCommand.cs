using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Caseload.Benchmarks.Data;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.Benchmarks.Fits;

/// <summary>
/// <c>memory</c>: the working memory of one fit, each in a process of its own: the most the process ever held less what it held with the
/// coded columns in memory.
/// </summary>
internal static class MemoryCommand
{
    private const string Alone = "--alone";

    internal static int Run(Arguments arguments)
    {
        if (arguments.Text(Alone) is { } name) return One(Scenarios.All.Single(scenario => scenario.Name == name));
        var data = arguments.Data();
        Table.Head("scenario", "columns in memory, MB", "most in the fit, MB", "working memory of the fit, MB");
        foreach (var scenario in Scenarios.Named(arguments.Text("--only")))
        {
            if (scenario.Obstacle(data) is { } obstacle) Table.Row(scenario.Name, "", "", "not fitted: " + obstacle);
            else Start(scenario);
        }

        return 0;
    }

    // The files that were named reach it through the environment.
    private static void Start(Scenario scenario)
    {
        using var process = Process.Start(Environment.ProcessPath!, ["memory", Alone, scenario.Name]);
        process.WaitForExit();
    }

    private static int One(Scenario scenario)
    {
        var columns = Columns(scenario);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ForgetPeak();
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        scenario.Fit(columns);
        process.Refresh();
        var most = process.PeakWorkingSet64;
        Table.Row(scenario.Name, Megabytes(before), Megabytes(most), Megabytes(most - before));
        return 0;
    }

    // On its own, so that nothing but the columns is held while the model is fitted.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ModelFrame Columns(Scenario scenario) => scenario.Code(new BenchmarkData(DataFiles.FromEnvironment()));

    // On Linux the peak of reading and coding the file is forgotten; elsewhere it counts too.
    private static void ForgetPeak()
    {
        if (OperatingSystem.IsLinux()) File.WriteAllText("/proc/self/clear_refs", "5");
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0", CultureInfo.InvariantCulture);
}
