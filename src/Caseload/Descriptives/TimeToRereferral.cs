using Caseload.Cohorts;
using Caseload.Frames;

namespace Caseload.Descriptives;

/// <summary>
/// The time until the first re-referral, at the end of every 12 months; censored at the 18th birthday, death and the end.
/// </summary>
/// <param name="FromReferral">Counted from the first referral, of all children whose time is known.</param>
/// <param name="FromClosure">
/// Counted from the closure of the first episode, of the children whose first episode was closed before they came back or left.
/// </param>
public sealed record TimeToRereferral(IReadOnlyList<SurvivalPoint> FromReferral, IReadOnlyList<SurvivalPoint> FromClosure)
{
    private const double DaysOfAYear = 365.25;

    /// <summary>Estimates the time; both lists are empty where the cohort holds no times.</summary>
    /// <param name="cohort">The cohort.</param>
    public static TimeToRereferral Of(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        return new TimeToRereferral(Curve(cohort, "days_from_referral"), Curve(cohort, "days_from_closure"));
    }

    private static IReadOnlyList<SurvivalPoint> Curve(Cohort cohort, string column)
    {
        var days = cohort.Children.Integer(column).Values;
        var end = cohort.Children.Text("follow_up_end");
        var (times, events) = (new List<int>(days.Length), new List<bool>(days.Length));
        for (var row = 0; row < days.Length; row++)
        {
            if (days[row] == IntegerColumn.Missing || end.IsMissing(row)) continue;
            times.Add(days[row]);
            events.Add(end[row] == "rereferred");
        }

        int[] asked = [.. Enumerable.Range(1, cohort.Settings.FollowUpYears).Select(year => (int)(year * DaysOfAYear))];
        return KaplanMeier.At(times.ToArray(), events.ToArray(), asked);
    }
}
