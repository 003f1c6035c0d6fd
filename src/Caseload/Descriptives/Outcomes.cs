using Caseload.Cohorts;
using Caseload.Frames;

namespace Caseload.Descriptives;

/// <summary>Children re-referred by the end of a census year.</summary>
/// <param name="Year">The census year.</param>
/// <param name="All">Of all children of the cohort.</param>
/// <param name="Eligible">Of those eligible by age at the end of follow-up.</param>
public sealed record CumulativePoint(int Year, Proportion All, Proportion Eligible);

/// <summary>First re-referrals of a census year, and how many of them ended in no further action.</summary>
/// <param name="Year">The census year.</param>
/// <param name="Nfa">Of the children whose first re-referral came in the year.</param>
public sealed record NfaPoint(int Year, Proportion Nfa);

/// <summary>What followed the first referral, in numbers.</summary>
/// <param name="All">Re-referred, of all children of the cohort.</param>
/// <param name="Eligible">Re-referred, of those eligible by age at the end of follow-up.</param>
/// <param name="InThreeYears">Re-referred in at least three census years, of all children.</param>
/// <param name="InThreeYearsOfRereferred">The same, of the children who were re-referred.</param>
/// <param name="SameNeedWithinYear">Same primary need again, of first re-referrals within 12 months where both needs are recorded.</param>
/// <param name="SameNeedLater">The same, of first re-referrals in the third census year or later.</param>
/// <param name="Cumulative">Re-referred by the end of each census year.</param>
/// <param name="Nfa">First re-referrals with no further action, by census year.</param>
public sealed record Outcomes(
    Proportion All,
    Proportion Eligible,
    Proportion InThreeYears,
    Proportion InThreeYearsOfRereferred,
    Proportion SameNeedWithinYear,
    Proportion SameNeedLater,
    IReadOnlyList<CumulativePoint> Cumulative,
    IReadOnlyList<NfaPoint> Nfa)
{
    private const int ManyYears = 3;

    /// <summary>Counts what followed.</summary>
    /// <param name="cohort">The cohort.</param>
    public static Outcomes Of(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var frame = cohort.Children;
        var rereferred = frame.Flag("rereferred").Values.ToArray();
        var eligible = frame.Flag("eligible").Values.ToArray();
        var year = frame.Integer("rereferral_year").Values.ToArray();
        var count = frame.Integer("rereferral_years").Values.ToArray();
        var within = frame.Flag("rereferred_12_months").Values.ToArray();
        var nfa = frame.Flag("rereferral_nfa").Values.ToArray();
        var (need, again) = (frame.Text("need"), frame.Text("rereferral_need"));

        // A cohort file that a person made may lack the details: only what is there is counted.
        var rows = Enumerable.Range(0, frame.RowCount).ToArray();
        Proportion Share(Func<int, bool> of, Func<int, bool> those)
        {
            var (n, k) = (0, 0);
            foreach (var row in rows)
            {
                if (!of(row)) continue;
                n++;
                if (those(row)) k++;
            }

            return new Proportion(k, n);
        }

        bool BothNeeds(int row) => !need.IsMissing(row) && !again.IsMissing(row);
        bool SameNeed(int row) => need[row] == again[row];
        var years = Enumerable.Range(cohort.Settings.CohortYear, cohort.Settings.FollowUpYears).ToArray();
        var thirdYear = cohort.Settings.CohortYear + 2;
        bool By(int row, int end) => rereferred[row] == 1 && year[row] != IntegerColumn.Missing && year[row] <= end;
        bool Returned(int row) => rereferred[row] == 1;
        return new Outcomes(
            Share(_ => true, Returned),
            Share(row => eligible[row] == 1, Returned),
            Share(row => count[row] != IntegerColumn.Missing, row => count[row] >= ManyYears),
            Share(row => Returned(row) && count[row] != IntegerColumn.Missing, row => count[row] >= ManyYears),
            Share(row => BothNeeds(row) && within[row] == 1, SameNeed),
            Share(row => BothNeeds(row) && year[row] >= thirdYear, SameNeed),
            Recorded(year)
                ? [.. years.Select(y => new CumulativePoint(
                    y, Share(_ => true, row => By(row, y)), Share(row => eligible[row] == 1, row => By(row, y))))]
                : [],
            Recorded(year)
                ? [.. years.Select(y => new NfaPoint(y, Share(row => year[row] == y && nfa[row] >= 0, row => nfa[row] == 1)))]
                : []);
    }

    private static bool Recorded(int[] year) => Array.Exists(year, y => y != IntegerColumn.Missing);
}
