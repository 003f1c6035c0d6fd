using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;

namespace Caseload.Benchmarks.Inference;

/// <summary>Something that is inferred from the fit of the cohort, and timed.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Goal">The seconds that were asked for; null where none were.</param>
/// <param name="Run">Does it and says how much of what it found.</param>
internal sealed record InferenceTask(string Name, double? Goal, Func<MixedModelFit, string> Run)
{
    /// <summary>All of them.</summary>
    /// <param name="data">The cohort.</param>
    internal static IReadOnlyList<InferenceTask> Of(Frame data) => [.. Intervals, .. ReadOutTask.Of(data), .. ComparisonTask.Of(data)];

    private static readonly InferenceTask[] Intervals =
    [
        new("profile intervals", 1, static fit => $"{fit.ProfileIntervals().Intervals.Count} intervals"),
        new("area-level terms in two stages", null, static fit => $"{fit.TwoStageTest().Rows.Count} terms"),
        new("parametric bootstrap, 1,000 refits", 8, static fit => $"{fit.Bootstrap().Failed} failed"),
    ];
}
