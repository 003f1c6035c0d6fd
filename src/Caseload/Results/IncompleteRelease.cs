using Caseload.Descriptives;
using Caseload.Disclosure;

namespace Caseload.Results;

/// <summary>
/// Releases the combinations of missing covariates. They divide the groups "not recorded" and the reasons for leaving more finely than any
/// other table, and which of them add up to which is known: of real data all are shown where none is small, or else none.
/// </summary>
internal static class IncompleteRelease
{
    internal static IReadOnlyList<IncompleteCases>? Of(StudyResults results, DisclosurePattern pattern)
    {
        var (policy, cases) = (results.Policy, results.Incomplete);
        if (policy.ShowsAll) return cases;
        return policy.ShowZeros
            && pattern.Splits.HasFlag(Splits.Eligible | Splits.Modelled)
            && cases.All(c => policy.IsSafe(c.Count))
            && results.RiskGroups.Where(g => g.Code is "" or "unknown").All(g => pattern.IsShown(g.Variable, g.Code))
            ? [.. cases.Select(c => c with { Count = LinkageRelease.Coarse(c.Count, policy) })]
            : null;
    }
}
