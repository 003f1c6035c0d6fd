using Caseload.Cohorts;
using Caseload.Frames;

namespace Caseload.Descriptives;

/// <summary>Re-referral in one authority, of its children eligible by age.</summary>
/// <param name="Authority">The authority's code.</param>
/// <param name="Rereferred">How many of how many.</param>
public sealed record AuthorityRate(string Authority, Proportion Rereferred)
{
    /// <summary>The re-referral rates of the authorities, in the order of their codes.</summary>
    /// <param name="cohort">The cohort.</param>
    public static IReadOnlyList<AuthorityRate> Of(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var frame = cohort.EligibleChildren;
        var authority = frame.Text("authority");
        var rereferred = frame.Flag("rereferred");
        var tally = new int[authority.Levels.Count, 2];
        for (var row = 0; row < frame.RowCount; row++)
        {
            tally[authority.Codes[row], 0]++;
            tally[authority.Codes[row], 1] += rereferred[row] == true ? 1 : 0;
        }

        return [.. Enumerable.Range(0, authority.Levels.Count)
            .Where(i => tally[i, 0] > 0).OrderBy(i => authority.Levels[i], StringComparer.Ordinal)
            .Select(i => new AuthorityRate(authority.Levels[i], new Proportion(tally[i, 1], tally[i, 0])))];
    }
}
