using static Caseload.Cohorts.Cleaning.CleaningStep;

namespace Caseload.Cohorts.Cleaning;

/// <summary>
/// A child referred up to 217 days before birth is unborn. Further before birth one of the dates is wrong: the age at the referral is then
/// missing; whether the child is under 18 at the end of follow-up is not in doubt and still follows from the date of birth.
/// </summary>
public static class UnbornLimit
{
    /// <summary>The longest time before birth, in days.</summary>
    public const int Days = 217;

    /// <summary>The step in words.</summary>
    public static CleaningStep Step { get; } = new(
        CleaningSteps.UnbornLimit, "unborn-limit",
        "The age at a first referral more than 217 days before birth is missing. Left out, every child referred before birth is unborn.",
        "No pregnancy is known of so early: one of the two dates is wrong.",
        [Count(CleaningCase.LongBeforeBirth, "First referral more than 217 days before birth: the age is missing")]);

    internal static bool Exceeds(int birth, int referral, CleaningTally tally)
    {
        if (birth - referral <= Days || !tally.Takes(CleaningSteps.UnbornLimit)) return false;
        tally.Add(CleaningCase.LongBeforeBirth);
        return true;
    }
}
