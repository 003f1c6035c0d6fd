using static Caseload.Cohorts.Cleaning.CleaningStep;

namespace Caseload.Cohorts.Cleaning;

/// <summary>An episode none of whose returns has a flag for no further action counts as one with further action.</summary>
public static class MissingNfa
{
    /// <summary>The step in words.</summary>
    public static CleaningStep Step { get; } = new(
        CleaningSteps.MissingNfa, "missing-nfa",
        "A missing flag for no further action counts as false.",
        "The census asks for the flag where there was none; left as it is, the child lacks a covariate.",
        [Count(CleaningCase.NfaMissing, "No flag for no further action: taken as false")]);

    internal static short Apply(short nfa, CleaningTally tally)
    {
        if (nfa >= 0 || !tally.Takes(CleaningSteps.MissingNfa)) return nfa;
        tally.Add(CleaningCase.NfaMissing);
        return 0;
    }
}
