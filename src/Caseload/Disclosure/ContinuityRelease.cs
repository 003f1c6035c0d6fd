using Caseload.Cohorts.Linkage;
using Caseload.Descriptives;
using Caseload.Frames;

namespace Caseload.Disclosure;

/// <summary>What the return of one authority and year says of its identifiers, as it may be shown.</summary>
/// <param name="Authority">The authority's code.</param>
/// <param name="Year">The census year.</param>
/// <param name="Found">Open cases, and those that the next return holds again.</param>
/// <param name="Back">Identifiers in the next return, and those that this return holds too.</param>
/// <param name="Doubles">Cases, and how many are doubles.</param>
/// <param name="Numbers">Pupil numbers, and those under several identifiers.</param>
/// <param name="Score">The continuity score, of the counts as they are shown; null where there is none or it is hidden.</param>
/// <param name="Flags">What is wrong with the identifiers.</param>
public sealed record ContinuityRelease(
    string Authority, int Year, Released Found, Released Back, Released Doubles, Released Numbers, double? Score, ContinuityFlags Flags)
{
    /// <summary>The evidence of each authority and year after disclosure control: a pair of counts is hidden where one part is a few.</summary>
    /// <param name="continuity">The evidence.</param>
    /// <param name="policy">The policy.</param>
    public static IReadOnlyList<ContinuityRelease> Of(Continuity continuity, DisclosurePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(continuity);
        ArgumentNullException.ThrowIfNull(policy);
        return [.. continuity.Years.Select(y =>
        {
            var found = policy.Release(new Proportion(y.FoundAgain, y.OpenCases));
            return new ContinuityRelease(y.Authority, y.Year, found,
                policy.Release(new Proportion(y.MatchedBack, y.ChildrenNext)), policy.Release(new Proportion(y.DoubleCases, y.Cases)),
                policy.Release(new Proportion(y.SharedPupilNumbers, y.PupilNumbers)), y.Score is null ? null : found.Value, y.Flags);
        })];
    }

    /// <summary>
    /// The table of <see cref="Continuity.ToFrame"/> as it may be shown; on real data a hidden count is missing and the medians, which
    /// are one authority's share each, are left out.
    /// </summary>
    /// <param name="continuity">The evidence.</param>
    /// <param name="policy">The policy.</param>
    public static Frame ToFrame(Continuity continuity, DisclosurePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(continuity);
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.ShowsAll) return continuity.ToFrame();
        var years = Of(continuity, policy);
        IntegerColumn Counts(string name, Func<ContinuityRelease, int?> value) =>
            new(name, [.. years.Select(y => value(y) ?? IntegerColumn.Missing)]);
        NumberColumn Shares(string name, Func<ContinuityRelease, double?> value) =>
            new(name, [.. years.Select(y => value(y) ?? double.NaN)]);
        FlagColumn Flags(string name, ContinuityFlags flag) =>
            new(name, [.. years.Select(y => y.Flags.HasFlag(flag) ? (sbyte)1 : (sbyte)0)]);
        return new Frame([
            TextColumn.Of("authority", years.Select(y => y.Authority)),
            Counts("year", y => y.Year),
            Counts("open_cases", y => y.Found.Total),
            Counts("found_again", y => y.Found.Count),
            Shares("score", y => y.Score),
            Counts("children_next", y => y.Back.Total),
            Counts("matched_back", y => y.Back.Count),
            Shares("matched_back_share", y => y.Back.Value),
            Counts("cases", y => y.Doubles.Total),
            Counts("double_cases", y => y.Doubles.Count),
            Counts("pupil_numbers", y => y.Numbers.Total),
            Counts("shared_pupil_numbers", y => y.Numbers.Count),
            Flags("broken_between_years", ContinuityFlags.BetweenYears),
            Flags("broken_within_year", ContinuityFlags.WithinYear),
        ]);
    }
}
