using Caseload.Descriptives;
using Caseload.Disclosure;

namespace Caseload.Results;

/// <summary>The share of children who returned within some months, as it may be shown; null is hidden.</summary>
/// <param name="Months">Months since the start.</param>
/// <param name="AtRisk">Children followed so long who had not returned before.</param>
/// <param name="Returned">Kaplan-Meier estimate of the share who returned, 0 to 1.</param>
/// <param name="Lower">Lower 95% limit.</param>
/// <param name="Upper">Upper 95% limit.</param>
public sealed record ReleasedReturn(int Months, int? AtRisk, double? Returned, double? Lower, double? Upper);

/// <summary>
/// Releases the time until re-referral. Children who returned within k years stand between those re-referred by the end of the k-th and
/// of the next census year, which another table shows: a point is shown where it differs from its neighbours by nobody or by more than the
/// threshold. Of real data shares are whole percents and the numbers at risk rounded to 10 at least.
/// </summary>
internal static class SurvivalRelease
{
    private const double DaysOfAMonth = 365.25 / 12;

    internal static IReadOnlyList<ReleasedReturn> FromReferral(StudyResults results, DisclosurePattern pattern)
    {
        var points = results.TimeToRereferral.FromReferral;
        var cumulative = results.Outcomes.Cumulative;
        var stages = new List<(int Count, bool IsFixed, bool MayShow, int Point)> { (0, true, true, -1) };
        for (var year = 0; year < Math.Max(points.Count, cumulative.Count); year++)
        {
            if (year < cumulative.Count && pattern.Years[year]) stages.Add((cumulative[year].All.Count, true, true, -1));
            if (year < points.Count)
            {
                // The pairs of needs within 12 months are of those of the first year whose needs are recorded.
                var apart = year > 0 || results.Policy.IsSafe(points[0].Events - results.Outcomes.SameNeedWithinYear.Of);
                stages.Add((points[year].Events, false, apart, year));
            }
        }

        stages.Add((results.Outcomes.All.Count, true, true, -1));
        return Release(results, pattern, points, stages);
    }

    internal static IReadOnlyList<ReleasedReturn> FromClosure(StudyResults results, DisclosurePattern pattern)
    {
        var points = results.TimeToRereferral.FromClosure;
        return Release(results, pattern, points,
            [
                (0, true, true, -1), .. points.Select((p, i) => (p.Events, false, true, i)), (results.Outcomes.All.Count, true, true, -1),
            ]);
    }

    private static ReleasedReturn[] Release(
        StudyResults results, DisclosurePattern pattern, IReadOnlyList<SurvivalPoint> points,
        List<(int Count, bool IsFixed, bool MayShow, int Point)> events)
    {
        var policy = results.Policy;
        var isTold = pattern.Splits.HasFlag(Splits.Outcome) && results.Outcomes.All.Of >= policy.SmallestForMeans;
        var byEvents = Cuts(
            [.. events.Select(e => e.Count)], [.. events.Select(e => e.IsFixed)], [.. events.Select(e => e.MayShow)], policy);
        var shown = new bool[points.Count];
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Point >= 0) shown[events[i].Point] = byEvents[i] && isTold;
        }

        // At risk and returned together fall by the children who left in between.
        int[] followed = [results.Outcomes.All.Of, .. points.Select(p => p.AtRisk + p.Events)];
        var atRisk = Cuts(
            followed, [true, .. points.Select(_ => false)],
            [true, .. points.Select((p, i) => shown[i] && policy.IsSafe(p.AtRisk))], policy);
        return [.. points.Select((p, i) => Point(p, shown[i] && policy.IsSafe(p.AtRisk), atRisk[i + 1], policy))];
    }

    private static bool[] Cuts(int[] counts, bool[] isFixed, bool[] mayShow, DisclosurePolicy policy)
    {
        int[][] stages = [.. counts.Select(c => new[] { c })];
        for (var threshold = 1; threshold <= policy.SmallestCount; threshold++)
            mayShow = ShownCuts.Choose(stages, isFixed, mayShow, new Sensitivity(threshold, false, policy.Secondary));
        return mayShow;
    }

    private static ReleasedReturn Point(SurvivalPoint point, bool isShown, bool isAtRiskShown, DisclosurePolicy policy)
    {
        var months = (int)Math.Round(point.Day / DaysOfAMonth);
        if (!isShown) return new ReleasedReturn(months, null, null, null, null);
        var (lower, upper) = point.Interval;
        double? Share(double value) => !double.IsFinite(value) ? null
            : policy.ShowsAll ? value
            : Math.Round(value, 2, MidpointRounding.AwayFromZero);
        return new ReleasedReturn(
            months, isAtRiskShown ? LinkageRelease.Coarse(point.AtRisk, policy) : null,
            Share(1 - point.Surviving), Share(1 - upper), Share(1 - lower));
    }
}
