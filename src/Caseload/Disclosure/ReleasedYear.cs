using Caseload.Descriptives;

namespace Caseload.Disclosure;

/// <summary>Re-referral by the end of a census year as it may be shown.</summary>
/// <param name="Year">The census year.</param>
/// <param name="All">Of all children of the cohort.</param>
/// <param name="Eligible">Of those eligible by age.</param>
/// <param name="Nfa">First re-referrals of the year, and how many of them ended in no further action.</param>
public sealed record ReleasedYear(int Year, Released All, Released Eligible, Released Nfa)
{
    /// <summary>
    /// Releases the years of a cohort. A number that grows from year to year gives away each year's increase by subtraction, so where an
    /// increase is small the year before it is hidden too, and the two years are seen as one.
    /// </summary>
    /// <param name="outcomes">What followed the first referral.</param>
    /// <param name="policy">What may leave the kit.</param>
    public static IReadOnlyList<ReleasedYear> Of(Outcomes outcomes, DisclosurePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(policy);
        var points = outcomes.Cumulative;
        var hidden = Hide(points, policy);
        var nfa = policy.Release([.. outcomes.Nfa.Select(n => n.Nfa)]);
        return [.. points.Select((p, i) => new ReleasedYear(p.Year,
            Released.Of(p.All, hidden[i] || policy.IsSmall(p.All) || policy.IsSmall(p.Eligible)),
            Released.Of(p.Eligible, hidden[i] || policy.IsSmall(p.All) || policy.IsSmall(p.Eligible)),

            // The first re-referrals of a year are its increase.
            hidden[i] || (i > 0 && hidden[i - 1]) ? Released.Of(default, suppressed: true) : nfa[i]))];
    }

    // The end of the last year is known from every other table, and stays.
    private static bool[] Hide(IReadOnlyList<CumulativePoint> points, DisclosurePolicy policy)
    {
        var hidden = new bool[points.Count];
        while (FirstSmall(points, policy, hidden) is { } next) hidden[next] = true;
        return hidden;
    }

    private static int? FirstSmall(IReadOnlyList<CumulativePoint> points, DisclosurePolicy policy, bool[] hidden)
    {
        var before = -1;
        for (var i = 0; i < points.Count; i++)
        {
            if (hidden[i]) continue;
            var all = points[i].All.Count - (before < 0 ? 0 : points[before].All.Count);
            var eligible = points[i].Eligible.Count - (before < 0 ? 0 : points[before].Eligible.Count);
            if (policy.IsSmall(all) || policy.IsSmall(eligible) || policy.IsSmall(all - eligible))
            {
                if (before >= 0) return before;
                if (i < points.Count - 1) return i;
            }

            before = i;
        }

        return null;
    }
}
