using static Caseload.Cohorts.Cleaning.CleaningStep;

namespace Caseload.Cohorts.Cleaning;

/// <summary>The needs A2 to A5 count as N2 to N5; left as they are, they are needs of their own.</summary>
public static class NeedSubcodes
{
    /// <summary>The step in words.</summary>
    public static CleaningStep Step { get; } = new(
        CleaningSteps.NeedSubcodes, "need-subcodes",
        "The needs A2 to A5 count as N2 to N5.",
        "They are sub-codes (adoption) of those needs.",
        [Count(CleaningCase.NeedSubcode, "Need A2 to A5: taken as N2 to N5")]);

    internal static void Apply(ReferralRows rows, CleaningTally tally) =>
        tally.Add(CleaningCase.NeedSubcode, rows.Need.Replace(code => code is ['A', var digit] ? "N" + digit : code));
}
