using Caseload.Cohorts.Cleaning;
using Caseload.Frames;

namespace Caseload.Cohorts.Linkage;

/// <summary>
/// What the latest return that says something says; of two rows of one return the smaller value, so that no order matters.
/// </summary>
internal static class LatestValue
{
    /// <summary>The latest date among rows; of two dates of one return the earlier.</summary>
    internal static int Date(ReferralRows referrals, int[] days, ReadOnlySpan<int> rows)
    {
        var (best, bestYear) = (DateColumn.Missing, 0);
        foreach (var row in rows)
        {
            var day = days[row];
            if (day == DateColumn.Missing) continue;
            var year = referrals.Year.Values[row];
            if (best != DateColumn.Missing && (year < bestYear || (year == bestYear && day >= best))) continue;
            (best, bestYear) = (day, year);
        }

        return best;
    }

    /// <summary>The latest code among rows; of two codes of one return the one that sorts first.</summary>
    internal static short Code(ReferralRows referrals, CodedColumn codes, ReadOnlySpan<int> rows)
    {
        var (best, bestYear) = ((short)-1, 0);
        foreach (var row in rows)
        {
            var code = codes[row];
            if (code < 0) continue;
            var year = referrals.Year.Values[row];
            if (best >= 0 && (year < bestYear || (year == bestYear && code >= best))) continue;
            (best, bestYear) = (code, year);
        }

        return best;
    }
}
