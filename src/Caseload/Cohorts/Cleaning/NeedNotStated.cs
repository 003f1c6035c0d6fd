using static Caseload.Cohorts.Cleaning.CleaningStep;

namespace Caseload.Cohorts.Cleaning;

/// <summary>The need N0 (not stated) becomes missing; left as it is, it is a category of its own.</summary>
public static class NeedNotStated
{
    /// <summary>The step in words.</summary>
    public static CleaningStep Step { get; } = new(
        CleaningSteps.NeedNotStated, "need-not-stated",
        "The need N0 (not stated) becomes missing.",
        "It is no need; left as it is, it is a category of its own.",
        [Count(CleaningCase.NeedNotStated, "Need N0 (not stated): taken as missing")]);

    internal static void Apply(ReferralRows rows, CleaningTally tally) =>
        tally.Add(CleaningCase.NeedNotStated, rows.Need.Replace(code => code == "N0" ? null : code));
}
