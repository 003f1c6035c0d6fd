using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Fits;

/// <summary>
/// Where the search of a model of several groupings begins: at the estimates of the models of each grouping alone, which cost next to
/// nothing, because their H falls apart into a block for each group.
/// </summary>
internal static class SeparateStart
{
    // In standard errors; the groupings are not independent, so that more would be lost.
    private const double Rough = 0.1;

    // In the place of a standard deviation that a grouping alone does not show.
    private const double Smallest = 0.05;

    /// <summary>The start; null of one grouping or none, and where a grouping reproduces the response without error.</summary>
    internal static double[]? Of(ModelFrame frame, LinearStatistics statistics, FitSettings settings)
    {
        if (frame.Groupings.Count < 2) return null;
        var start = new List<double>();
        for (var g = 0; g < frame.Groupings.Count; g++)
        {
            var layout = RandomLayout.Of(frame with { Groupings = [frame.Groupings[g]] }, statistics.Design.Cells);
            var alone = new ProfiledLikelihood(statistics.Only(g, layout), settings.Reml);
            if (new LinearSearch(alone, settings with { StepTolerance = Rough }).Maximise(null) is not { } optimum) return null;
            start.AddRange(alone.Factors.Elements.Select((element, k) => element.Row == element.Column
                ? Math.Max(Math.Abs(optimum.Next[k]), Smallest) : optimum.Next[k]));
        }

        return [.. start];
    }
}
