using Caseload.Disclosure;
using Caseload.Figures.Charts;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The flow diagram as it may be shown: small counts of exclusions are suppressed, and a total that would give one away is too.</summary>
internal static class FlowRelease
{
    internal static IReadOnlyList<FlowBox> Of(StudyResults results)
    {
        var policy = DisclosurePolicy.For(results.IsSimulated);
        return [.. results.Flow.Select(step =>
        {
            var counts = policy.ReleaseCounts([.. step.Excluded.Select(e => e.Rows)]);

            // A lone small exclusion is the difference of two steps: then the step is rounded to the nearest 10.
            var alone = counts.Count == 1 && counts[0] is null;
            var shown = alone ? (int)Math.Round(step.Count / 10.0, MidpointRounding.AwayFromZero) * 10 : step.Count;
            return new FlowBox(step.Label, shown, [.. step.Excluded.Select((e, i) => new FlowExclusion(e.Reason, counts[i]))]);
        })];
    }
}
