using Caseload.Cohorts;

namespace Caseload.Descriptives;

/// <summary>Eligible children who lack the same covariates of the model.</summary>
/// <param name="Missing">What they lack, joined by semicolons; empty for complete cases.</param>
/// <param name="Count">How many there are.</param>
public sealed record IncompleteCases(string Missing, int Count)
{
    /// <summary>Every combination of missing covariates among the eligible children, the most frequent first.</summary>
    /// <param name="cohort">The cohort.</param>
    public static IReadOnlyList<IncompleteCases> Of(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var missing = cohort.EligibleChildren.Text("missing_covariates");
        var counts = new int[missing.Levels.Count + 1];
        foreach (var code in missing.Codes) counts[code + 1]++;
        return
        [
            .. counts.Select((count, i) => new IncompleteCases(i == 0 ? "" : missing.Levels[i - 1], count)).Where(c => c.Count > 0)
                .OrderByDescending(c => c.Count).ThenBy(c => c.Missing, StringComparer.Ordinal),
        ];
    }
}
