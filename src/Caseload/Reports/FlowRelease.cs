using Caseload.Disclosure;
using Caseload.Figures.Charts;
using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The flow diagram as it may be shown: small counts are suppressed, the others rounded.</summary>
internal static class FlowRelease
{
    internal static IReadOnlyList<FlowBox> Of(StudyResults results)
    {
        var policy = DisclosurePolicy.For(results.IsSimulated);
        return [.. results.Flow.Select(step =>
        {
            var counts = policy.Release([.. step.Excluded.Select(e => e.Rows)]);
            return new FlowBox(
                step.Label, policy.Release(step.Count), [.. step.Excluded.Select((e, i) => new FlowExclusion(e.Reason, counts[i]))]);
        })];
    }
}
