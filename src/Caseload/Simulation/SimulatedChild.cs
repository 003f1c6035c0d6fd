namespace Caseload.Simulation;

/// <summary>A child who does not exist, at the first referral.</summary>
/// <param name="Authority">The place of the authority.</param>
/// <param name="Referral">The day number of the first referral.</param>
/// <param name="Birth">The day number of birth; after the referral for an unborn child.</param>
/// <param name="AgeGroup">The place of the age group among unborn, 0, 1-4, 5-9, 10-12, and 5 for children who age out.</param>
/// <param name="Eligible">Whether the child is under 18 at the end of follow-up.</param>
/// <param name="Female">Whether the child is female.</param>
/// <param name="SexKnown">Whether the sex is recorded.</param>
/// <param name="Disabled">Whether the child is disabled.</param>
/// <param name="DisabilityKnown">Whether disability is recorded.</param>
/// <param name="Need">The primary need, 0 for N1.</param>
/// <param name="NeedKnown">Whether the primary need is recorded.</param>
/// <param name="Nfa">Whether the first referral ends in no further action.</param>
internal readonly record struct SimulatedChild(
    int Authority, int Referral, int Birth, int AgeGroup, bool Eligible, bool Female, bool SexKnown, bool Disabled, bool DisabilityKnown,
    int Need, bool NeedKnown, bool Nfa)
{
    /// <summary>The place of N2, the child's own disability, among the needs.</summary>
    private const int ChildsDisability = 1;

    /// <summary>What the child's own circumstances add to the log-odds of re-referral.</summary>
    internal double Effect(Truth truth) =>
        (AgeGroup < truth.AgeEffects.Count ? truth.AgeEffects[AgeGroup] : 0)
        + (Female ? truth.FemaleEffect : 0)
        + (Disabled && Need != ChildsDisability ? truth.DisabledEffect : 0)
        + (Nfa ? truth.NfaEffect : 0)
        + truth.NeedEffects[Need];
}

/// <summary>Draws children.</summary>
internal sealed class ChildDraws(Draws draws, Truth truth)
{
    private static readonly int FirstDay = new DateOnly(2010, 4, 1).DayNumber;
    private static readonly int LastDay = new DateOnly(2011, 3, 31).DayNumber;

    // Born on this day or later: under 18 on 31 March 2016.
    private static readonly int FirstEligibleBirth = new DateOnly(1998, 4, 1).DayNumber;

    // The shape of the national age mix of children in need, over the ages that stay eligible: unborn, under 1, 1-4, 5-9, 10-12.
    private static readonly double[] AgeShares = [0.03, 0.11, 0.32, 0.33, 0.21];
    private static readonly (int First, int Last)[] AgeDays = [(-200, -1), (0, 364), (366, 1825), (1827, 3651), (3654, 4747)];

    /// <summary>Draws a child.</summary>
    /// <param name="authority">The place of the authority.</param>
    /// <param name="eligible">Whether the child is to stay under 18.</param>
    /// <param name="complete">Whether everything that the model needs is to be recorded.</param>
    internal SimulatedChild Draw(int authority, bool eligible, bool complete)
    {
        var referral = draws.Between(FirstDay, LastDay);
        var (birth, group) = eligible ? Young(referral) : (Old(referral), AgeShares.Length);
        var need = draws.Among(truth.NeedShares);
        var nfa = draws.Chance(truth.NfaAtFirstReferral);
        var disabled = draws.Chance(need == 1 ? 0.75 : 0.08);
        return new SimulatedChild(
            authority, referral, birth, group, eligible,
            Female: draws.Chance(0.466),
            SexKnown: complete | draws.Chance(0.98),
            Disabled: disabled,

            // What is not recorded is what keeps an eligible child out of the model: in the study the reason was never published.
            DisabilityKnown: complete || (!eligible & draws.Chance(0.25)),
            Need: need,
            NeedKnown: complete | draws.Chance(nfa ? 0.5 : 0.9),
            Nfa: nfa);
    }

    private (int Birth, int Group) Young(int referral)
    {
        var group = draws.Among(AgeShares);
        var birth = referral - draws.Between(AgeDays[group].First, AgeDays[group].Last);
        return (Math.Max(birth, FirstEligibleBirth), group);
    }

    private int Old(int referral)
    {
        var eighteenYearsBefore = DateOnly.FromDayNumber(referral).AddYears(-18).DayNumber;
        return draws.Between(eighteenYearsBefore + 60, FirstEligibleBirth - 1);
    }
}
