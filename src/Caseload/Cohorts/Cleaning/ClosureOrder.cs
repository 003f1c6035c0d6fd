using Caseload.Frames;
using static Caseload.Cohorts.Cleaning.CleaningStep;

namespace Caseload.Cohorts.Cleaning;

/// <summary>A closure dated before its referral becomes the day of the referral.</summary>
public static class ClosureOrder
{
    /// <summary>The step in words.</summary>
    public static CleaningStep Step { get; } = new(
        CleaningSteps.ClosureOrder, "closure-order",
        "A closure dated before its referral becomes the day of the referral.",
        "A case cannot close before it opens; that it closed is believed, the day is not.",
        [Count(CleaningCase.ClosureBeforeReferral, "Closure dated before the referral: taken as the day of the referral")]);

    internal static void Apply(ReferralRows rows, CleaningTally tally)
    {
        var (referral, closure, count) = (rows.Referral, rows.Closure, 0);
        for (var row = 0; row < closure.Length; row++)
        {
            if (closure[row] == DateColumn.Missing || closure[row] >= referral[row]) continue;
            closure[row] = referral[row];
            count++;
        }

        tally.Add(CleaningCase.ClosureBeforeReferral, count);
    }
}
