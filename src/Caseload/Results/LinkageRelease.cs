using Caseload.Cohorts.Linkage;
using Caseload.Disclosure;

namespace Caseload.Results;

/// <summary>How well the identifiers of one authority carry over from one return to the next, as it may be shown.</summary>
/// <param name="Authority">The authority's code.</param>
/// <param name="Year">The census year of the return.</param>
/// <param name="OpenCases">Cases open at the end of the year; null where hidden, or without a next return.</param>
/// <param name="FoundAgain">Of these, those that the next return holds; null likewise.</param>
/// <param name="Score">Their share, 0 to 1; null likewise, and where there are too few open cases for one.</param>
/// <param name="IsHidden">Whether the policy hides the counts and the score.</param>
/// <param name="BrokenBetweenYears">Whether the authority is flagged for its score; null where hidden.</param>
/// <param name="BrokenWithinYear">Whether it is flagged for several identifiers of one child; null where hidden.</param>
public sealed record ReleasedContinuity(
    string Authority, int Year, int? OpenCases, int? FoundAgain, double? Score, bool IsHidden, bool? BrokenBetweenYears,
    bool? BrokenWithinYear);

/// <summary>An authority whose identifiers do not carry over.</summary>
/// <param name="Authority">The authority's code.</param>
/// <param name="Flags">How they fail.</param>
/// <param name="LowestScore">The lowest score that may be shown; null where none may.</param>
public sealed record FlaggedAuthority(string Authority, ContinuityFlags Flags, double? LowestScore)
{
    /// <summary>How the identifiers fail, in words.</summary>
    public string How => Words(Flags);

    /// <summary>How identifiers fail, in words.</summary>
    /// <param name="flags">How they fail.</param>
    public static string Words(ContinuityFlags flags) => flags switch
    {
        ContinuityFlags.None => "they carry over",
        ContinuityFlags.BetweenYears => "between years",
        ContinuityFlags.WithinYear => "within a year",
        _ => "between years and within a year",
    };
}

/// <summary>A count as it may be shown; null is hidden.</summary>
/// <param name="What">What is counted.</param>
/// <param name="Count">How many.</param>
public sealed record ReleasedCount(string What, int? Count);

/// <summary>
/// What linking the years met, as it may be shown. Found and lost cases are hidden together, so that no hidden one follows from a total
/// (<c>docs/disclosure.md</c>); counts of real data are rounded to 10 at least, and scores to whole percents.
/// </summary>
public sealed class LinkageRelease
{
    // A flag says that more than a tenth of the cases look double: of so many, a few are no news.
    private const int CasesPerDouble = 10;

    private LinkageRelease(LinkageKey key, IReadOnlyList<ReleasedContinuity> years, IReadOnlyList<ReleasedCount> moves)
    {
        (Key, Years, Moves) = (key, years, moves);
        Scores = [.. years.Select(y => y.Score).OfType<double>().Order()];
        Flagged =
        [
            .. years.GroupBy(y => y.Authority)
                .Select(g => new FlaggedAuthority(
                    g.Key, g.Aggregate(ContinuityFlags.None, (flags, y) => flags | FlagsOf(y)), g.Min(y => y.Score)))
                .Where(a => a.Flags != ContinuityFlags.None),
        ];
    }

    /// <summary>What made rows those of one child.</summary>
    public LinkageKey Key { get; }

    /// <summary>One record an authority that may be named and year.</summary>
    public IReadOnlyList<ReleasedContinuity> Years { get; }

    /// <summary>The scores that may be shown, ascending: one a pair of years of an authority.</summary>
    public IReadOnlyList<double> Scores { get; }

    /// <summary>The median of the scores that may be shown; null where there are none.</summary>
    public double? Median => Scores.Count == 0 ? null : (Scores[(Scores.Count - 1) / 2] + Scores[Scores.Count / 2]) / 2;

    /// <summary>The authorities whose identifiers do not carry over, as far as they may be named.</summary>
    public IReadOnlyList<FlaggedAuthority> Flagged { get; }

    /// <summary>Children in several authorities, and first referrals that are known not to be the first.</summary>
    public IReadOnlyList<ReleasedCount> Moves { get; }

    internal static LinkageRelease? Of(StudyResults results, Func<string, bool> isNamed)
    {
        if (results.Linkage is not { } linkage) return null;
        var (evidence, policy) = (linkage.Continuity.Years, results.Policy);
        var hidden = Hidden([.. evidence.Where(y => y.HasNext).Select(y => new[] { y.FoundAgain, y.OpenCases - y.FoundAgain })], policy);
        var pair = 0;
        var years = new List<ReleasedContinuity>();
        foreach (var year in evidence)
        {
            var isHidden = year.HasNext && hidden[pair++];
            if (policy.ShowsAll || isNamed(year.Authority)) years.Add(Release(year, isHidden, policy));
        }

        return new LinkageRelease(linkage.Key, years, MovesOf(results));
    }

    private static bool[] Hidden(int[][] cells, DisclosurePolicy policy)
    {
        bool[]? hidden = new bool[cells.Length];
        for (var threshold = 1; threshold <= policy.SmallestCount && hidden is not null; threshold++)
            hidden = HiddenRows.Hide(cells, hidden, new Sensitivity(threshold, false, policy.Secondary));
        if (!policy.ShowZeros && hidden is not null)
            hidden = HiddenRows.Hide(cells, hidden, new Sensitivity(policy.SmallestCount, true, policy.Secondary));
        return hidden ?? [.. cells.Select(_ => true)];
    }

    // A flag of a hidden score says that fewer than half were found again: from twice the threshold on, any few could be.
    private static ReleasedContinuity Release(YearEvidence year, bool isHidden, DisclosurePolicy policy)
    {
        var isShown = year.HasNext && !isHidden;
        var isManyOpen = year.HasNext && (policy.ShowsAll || year.OpenCases > 2 * policy.SmallestCount);
        bool Many(int cases) => policy.ShowsAll || cases > CasesPerDouble * policy.SmallestCount;
        return new ReleasedContinuity(
            year.Authority, year.Year,
            isShown ? Coarse(year.OpenCases, policy) : null,
            isShown ? Coarse(year.FoundAgain, policy) : null,
            isShown && year.Score is { } score ? policy.ShowsAll ? score : Math.Round(score, 2, MidpointRounding.AwayFromZero) : null,
            isHidden,
            isManyOpen ? year.Flags.HasFlag(ContinuityFlags.BetweenYears) : null,
            Many(year.Cases) && (year.PupilNumbers == 0 || Many(year.PupilNumbers))
                ? year.Flags.HasFlag(ContinuityFlags.WithinYear)
                : null);
    }

    private static ReleasedCount[] MovesOf(StudyResults results)
    {
        var (linkage, policy) = (results.Linkage!, results.Policy);
        int? Part(int count, int of) => policy.IsSafe(of) && policy.IsSafe(of - count) && policy.Release(count) is not null
            ? Coarse(count, policy)
            : null;
        var (children, notRereferred) = (results.Outcomes.All.Of, results.Outcomes.All.Of - results.Outcomes.All.Count);
        var truncation = linkage.LeftTruncation;
        var withReturn = Part(truncation.Children, children);
        ReleasedCount[] first = truncation.Children == 0 ? [] :
        [
            new("Children of the cohort in authorities with a return of the year before", withReturn),
            new("Of these, with a referral in the 12 months before their first of the cohort year",
                withReturn is null ? null : Part(truncation.EarlierWithin12Months, truncation.Children)),
        ];
        if (linkage.Moves is not { } moves) return first;
        var once = Part(moves.NotRereferred, Math.Max(moves.NotRereferred, notRereferred));
        return
        [
            .. first,
            new("Children of all returns, as linked within an authority", Part(moves.Children, moves.Children)),
            new("Of these, with a pupil number", Part(moves.WithNumber, moves.Children)),
            new("Children whom a pupil number shows in several authorities", Part(moves.Moved, moves.WithNumber)),
            new("Children of the cohort with a pupil number and no re-referral in their authority", once),
            new("Of these, referred to another authority later", once is null ? null : Part(moves.ReferredElsewhere, moves.NotRereferred)),
        ];
    }

    private static ContinuityFlags FlagsOf(ReleasedContinuity year) =>
        (year.BrokenBetweenYears == true ? ContinuityFlags.BetweenYears : ContinuityFlags.None)
        | (year.BrokenWithinYear == true ? ContinuityFlags.WithinYear : ContinuityFlags.None);

    /// <summary>A count of real data rounded to 10 at least: what it adds up to elsewhere is counted in other ways.</summary>
    internal static int Coarse(int count, DisclosurePolicy policy)
    {
        if (policy.ShowsAll) return count;
        var step = Math.Max(10, policy.RoundTo);
        return (int)Math.Round((double)count / step, MidpointRounding.AwayFromZero) * step;
    }
}
