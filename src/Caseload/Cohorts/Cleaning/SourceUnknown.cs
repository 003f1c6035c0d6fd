using static Caseload.Cohorts.Cleaning.CleaningStep;

namespace Caseload.Cohorts.Cleaning;

/// <summary>The source of referral 10 (unknown) becomes missing.</summary>
public static class SourceUnknown
{
    /// <summary>The step in words.</summary>
    public static CleaningStep Step { get; } = new(
        CleaningSteps.SourceUnknown, "source-unknown",
        "The source of referral 10 (unknown) becomes missing.",
        "It names no source; left as it is, it is a category of its own.",
        [Count(CleaningCase.SourceUnknown, "Source 10 (unknown): taken as missing")]);

    internal static void Apply(ReferralRows rows, CleaningTally tally) =>
        tally.Add(CleaningCase.SourceUnknown, rows.Source.Replace(code => code == "10" ? null : code));
}
