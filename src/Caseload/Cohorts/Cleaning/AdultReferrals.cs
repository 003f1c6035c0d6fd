using Caseload.Cohorts.Variables;
using static Caseload.Cohorts.Cleaning.CleaningStep;

namespace Caseload.Cohorts.Cleaning;

/// <summary>A referral on or after the 18th birthday is left out: it is no referral of a child.</summary>
public static class AdultReferrals
{
    /// <summary>The step in words.</summary>
    public static CleaningStep Step { get; } = new(
        CleaningSteps.AdultReferrals, "adult-referrals",
        "A referral on or after the 18th birthday is left out.",
        "Whoever is 18 can no longer be referred as a child, and follow-up ends on that day.",
        [Count(CleaningCase.AdultReferral, Reason)]);

    internal const string Reason = "Referred on or after the 18th birthday";

    /// <summary>Whether a referral is to be left out; counts it.</summary>
    /// <param name="referral">The day of the referral.</param>
    /// <param name="limit">The birthday, or null where no date of birth is known.</param>
    /// <param name="tally">Counts it.</param>
    internal static bool LeavesOut(int referral, int? limit, CleaningTally tally)
    {
        if (!(referral >= limit) || !tally.Takes(CleaningSteps.AdultReferrals)) return false;
        tally.Add(CleaningCase.AdultReferral);
        return true;
    }

    /// <summary>The day on which a child reaches the age limit.</summary>
    internal static int? Birthday(int birth, int ageLimit) =>
        birth == Frames.DateColumn.Missing ? null : Age.Birthday(DateOnly.FromDayNumber(birth), ageLimit).DayNumber;
}
