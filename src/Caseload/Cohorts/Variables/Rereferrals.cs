using Caseload.Cohorts.Linkage;

namespace Caseload.Cohorts.Variables;

/// <summary>What followed a first referral until the end of follow-up.</summary>
/// <param name="Count">How many re-referrals: later referral dates.</param>
/// <param name="Years">How many census years hold one.</param>
internal readonly record struct Rereferrals(int Count, int Years)
{
    /// <summary>Counts what followed.</summary>
    /// <param name="later">The episodes after the first of the cohort year, by date.</param>
    /// <param name="lastDay">The last day of follow-up.</param>
    internal static Rereferrals Of(ReadOnlySpan<Episode> later, int lastDay)
    {
        var (count, years, lastYear) = (0, 0, 0);
        foreach (var episode in later)
        {
            if (episode.Referral > lastDay) break;
            count++;
            var year = CohortSettings.CensusYear(DateOnly.FromDayNumber(episode.Referral));
            years += year != lastYear ? 1 : 0;
            lastYear = year;
        }

        return new Rereferrals(count, years);
    }

    /// <summary>
    /// Whether the first re-referral came within 12 months, the same day of the next year included. Of a child who did not return it is
    /// known only where all 12 months were followed.
    /// </summary>
    /// <param name="index">The day of the first referral.</param>
    /// <param name="rereferral">The day of the first re-referral, or null.</param>
    /// <param name="followUpEnd">The last day of follow-up.</param>
    internal static bool? Within12Months(int index, int? rereferral, int followUpEnd)
    {
        var limit = DateOnly.FromDayNumber(index).AddYears(1).DayNumber;
        return rereferral is { } day ? day <= limit : limit <= followUpEnd ? false : null;
    }

    /// <summary>Whether a referral of the 12 months before a day is on record.</summary>
    /// <param name="earlier">The episodes before the first of the cohort year.</param>
    /// <param name="index">The day of the first of the cohort year.</param>
    internal static bool EarlierWithin12Months(ReadOnlySpan<Episode> earlier, int index) =>
        earlier.Length > 0 && earlier[^1].Referral >= DateOnly.FromDayNumber(index).AddYears(-1).DayNumber;
}
