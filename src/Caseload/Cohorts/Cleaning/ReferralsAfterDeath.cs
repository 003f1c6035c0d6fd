using Caseload.Frames;
using static Caseload.Cohorts.Cleaning.CleaningStep;

namespace Caseload.Cohorts.Cleaning;

/// <summary>A referral after the recorded death is left out (rule 8555Q asks about it).</summary>
public static class ReferralsAfterDeath
{
    /// <summary>The step in words.</summary>
    public static CleaningStep Step { get; } = new(
        CleaningSteps.ReferralsAfterDeath, "referrals-after-death",
        "A referral after the recorded death is left out.",
        "One of the two dates is wrong; a review after a death is no new referral of the child.",
        [Count(CleaningCase.ReferralAfterDeath, Reason)]);

    internal const string Reason = "Referred after the recorded death";

    /// <summary>Whether a referral is to be left out; counts it.</summary>
    internal static bool LeavesOut(int referral, int death, CleaningTally tally)
    {
        if (death == DateColumn.Missing || referral <= death || !tally.Takes(CleaningSteps.ReferralsAfterDeath)) return false;
        tally.Add(CleaningCase.ReferralAfterDeath);
        return true;
    }
}
