namespace Caseload.Cohorts.Linkage;

/// <summary>What the return of one authority and year says of the authority's identifiers; see <c>docs/cohort.md</c>.</summary>
/// <param name="Authority">The authority's code.</param>
/// <param name="Year">The census year.</param>
public sealed record YearEvidence(string Authority, int Year)
{
    /// <summary>
    /// The fewest open cases for which a score is shown: with fewer, one case that was corrected moves it by more than 10 points.
    /// </summary>
    public const int FewestOpenCases = 10;

    /// <summary>
    /// Below this score an authority is flagged. A case that is open on 31 March must stand in the next return too; corrections of a date
    /// lose a few in a hundred, identifiers that were given anew lose all. Half lies far from both, and at half, half of all re-referrals
    /// across that year's end are lost.
    /// </summary>
    public const double LowestScore = 0.5;

    /// <summary>
    /// Above this share of doubles within a year an authority is flagged. Twins of one sex, of whom there are about two in a hundred
    /// children, look like doubles, and where birth dates are those of a month's first day a few more do by chance.
    /// </summary>
    public const double HighestDoubles = 0.1;

    /// <summary>Whether the authority made a return of the next year too; else nothing can be looked for in it.</summary>
    public bool HasNext { get; init; }

    /// <summary>Cases without a closure date by the end of the year, one an identifier and referral date.</summary>
    public int OpenCases { get; init; }

    /// <summary>Of these, those that the next return holds under the same identifier and referral date.</summary>
    public int FoundAgain { get; init; }

    /// <summary>Identifiers in the next return.</summary>
    public int ChildrenNext { get; init; }

    /// <summary>Of these, those that this return holds too.</summary>
    public int MatchedBack { get; init; }

    /// <summary>Cases of this return whose child's birth date and sex are recorded.</summary>
    public int Cases { get; init; }

    /// <summary>
    /// Of these, how many more than one there are of the same birth date, sex and referral date under another identifier.
    /// </summary>
    public int DoubleCases { get; init; }

    /// <summary>Pupil numbers in this return.</summary>
    public int PupilNumbers { get; init; }

    /// <summary>Of these, those that stand under more than one identifier.</summary>
    public int SharedPupilNumbers { get; init; }

    /// <summary>
    /// The continuity score: the share of open cases that were found again; null where there are too few, or no next return.
    /// </summary>
    public double? Score => HasNext && OpenCases >= FewestOpenCases ? (double)FoundAgain / OpenCases : null;

    /// <summary>What is wrong with the identifiers.</summary>
    public ContinuityFlags Flags =>
        (Score < LowestScore ? ContinuityFlags.BetweenYears : ContinuityFlags.None)
        | (Exceeds(DoubleCases, Cases) || Exceeds(SharedPupilNumbers, PupilNumbers) ? ContinuityFlags.WithinYear : ContinuityFlags.None);

    private static bool Exceeds(int count, int of) => of >= FewestOpenCases && count > HighestDoubles * of;
}

/// <summary>How an authority's identifiers fail to carry over.</summary>
[Flags]
public enum ContinuityFlags
{
    /// <summary>They do carry over, or too little is known.</summary>
    None = 0,

    /// <summary>Cases that are open over a year's end are not found again.</summary>
    BetweenYears = 1,

    /// <summary>One return holds the same child under several identifiers.</summary>
    WithinYear = 2,
}
