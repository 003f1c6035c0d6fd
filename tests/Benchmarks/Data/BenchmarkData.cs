using Caseload.Benchmarks.Peers;
using Caseload.Frames;

namespace Caseload.Benchmarks.Data;

/// <summary>What a scenario is fitted to.</summary>
internal enum DataSet
{
    /// <summary>The benchmark cohort.</summary>
    Cohort,

    /// <summary>The same authorities with ten times as many children.</summary>
    CohortTenfold,

    /// <summary>Rows of which no two are alike.</summary>
    Continuous,

    /// <summary>lme4's <c>sleepstudy</c>.</summary>
    SleepStudy,

    /// <summary>lme4's <c>Dyestuff</c>.</summary>
    Dyestuff,

    /// <summary>lme4's <c>Pastes</c>.</summary>
    Pastes,

    /// <summary>lme4's <c>InstEval</c>.</summary>
    InstEval,
}

/// <summary>A data set and where it is from.</summary>
internal sealed record LoadedData(Frame Frame, string Origin);

/// <summary>
/// Finds a data set: a file that was named, else (lme4's teaching data) the package through R, else a simulation with the same structure.
/// </summary>
/// <param name="files">The files of the cohorts that were named.</param>
internal sealed class BenchmarkData(DataFiles files)
{
    private readonly Dictionary<DataSet, LoadedData> loaded = [];

    /// <summary>A data set, read or made once.</summary>
    internal LoadedData this[DataSet set]
    {
        get
        {
            if (!loaded.TryGetValue(set, out var data)) loaded.Add(set, data = Load(set));
            return data;
        }
    }

    private LoadedData Load(DataSet set) => set switch
    {
        DataSet.Cohort => Read(files.Cohort) ?? Simulated(CohortSimulator.Draw()),
        DataSet.CohortTenfold => Read(files.CohortTenfold) ?? Simulated(CohortSimulator.Draw(multiple: 10)),
        DataSet.Continuous => Simulated(ContinuousSimulator.Draw()),
        DataSet.SleepStudy => Package("sleepstudy") ?? Simulated(TeachingSimulator.SleepStudy()),
        DataSet.Dyestuff => Package("Dyestuff") ?? Simulated(TeachingSimulator.Dyestuff()),
        DataSet.Pastes => Package("Pastes") ?? Simulated(TeachingSimulator.Pastes()),
        _ => Package("InstEval") ?? Simulated(TeachingSimulator.Evaluations()),
    };

    private static LoadedData Simulated(Frame frame) => new(frame, "simulated here");

    private static LoadedData? Read(string? file) => file is null ? null : new LoadedData(Frame.LoadCsv(file), "file");

    private static LoadedData? Package(string name)
    {
        var file = Path.Combine(Path.GetTempPath(), $"caseload-benchmark-{Environment.ProcessId}-{name}.csv");
        try
        {
            var written = RScript.Run("data.R", TimeSpan.FromMinutes(1), name, file);
            return written.Result is null ? null : new LoadedData(Frame.LoadCsv(file), "lme4");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
