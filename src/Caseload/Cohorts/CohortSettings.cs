using Caseload.Cohorts.Cleaning;
using Caseload.Cohorts.Linkage;

namespace Caseload.Cohorts;

/// <summary>Which children make the cohort, how long they are followed, and how their returns are cleaned and linked.</summary>
public sealed record CohortSettings
{
    /// <summary>
    /// The census year of the first referral, named by the calendar year in which it ends. Default: 2011, which is 2010-11.
    /// </summary>
    public int CohortYear { get; init; } = 2011;

    /// <summary>How many census years are followed, the cohort year included. Default: 6, as in the study.</summary>
    public int FollowUpYears { get; init; } = 6;

    /// <summary>The age at which a child can no longer be referred, in years. Default: 18.</summary>
    public int AgeLimit { get; init; } = 18;

    /// <summary>The steps of cleaning that are taken. Default: all.</summary>
    public CleaningSteps Cleaning { get; init; } = CleaningSteps.All;

    /// <summary>What makes rows of several returns those of one child. Default: the authority's identifier.</summary>
    public LinkageKey Linkage { get; init; } = LinkageKey.ChildIdentifier;

    /// <summary>Whether authorities whose identifiers do not carry over are left out. Default: they stay in and are named.</summary>
    public bool ExcludeBrokenLinks { get; init; }

    /// <summary>Which children enter the model. Default: complete cases.</summary>
    public ModelSelection Modelled { get; init; } = new();

    /// <summary>The first day of the cohort year.</summary>
    public DateOnly Start => new(CohortYear - 1, 4, 1);

    /// <summary>The last day of the cohort year.</summary>
    public DateOnly End => new(CohortYear, 3, 31);

    /// <summary>The last census year that is followed.</summary>
    public int LastYear => CohortYear + FollowUpYears - 1;

    /// <summary>The last day of follow-up.</summary>
    public DateOnly FollowUpEnd => new(LastYear, 3, 31);

    /// <summary>The cohort year as it is written in prose: 2010-11.</summary>
    public string CohortLabel => $"{CohortYear - 1}-{CohortYear % 100:00}";

    /// <summary>The census year of a date.</summary>
    /// <param name="date">The date.</param>
    public static int CensusYear(DateOnly date) => date.Month >= 4 ? date.Year + 1 : date.Year;

    /// <summary>
    /// The place of the first referral of the cohort year among a child's episodes, or -1. The return of that year must hold it: what only
    /// a later return holds was returned late or under a new identifier, and of such cases only those that stayed open are seen at all.
    /// </summary>
    internal int FirstOf(ReadOnlySpan<Episode> episodes)
    {
        var (start, end) = (Start.DayNumber, End.DayNumber);
        for (var i = 0; i < episodes.Length; i++)
        {
            if (episodes[i].Referral > end) return -1;
            if (episodes[i].Referral >= start && episodes[i].InCohortReturn) return i;
        }

        return -1;
    }
}
