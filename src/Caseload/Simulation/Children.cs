namespace Caseload.Simulation;

/// <summary>
/// The identifiers that an authority gives to children first referred in 2010-11, as columns: a child behind each, and what the first
/// referral says. Elsewhere than in the authority with broken identifiers an identifier is a child.
/// </summary>
/// <param name="count">How many there are.</param>
internal sealed class Children(int count)
{
    /// <summary>The age group of children who age out.</summary>
    internal const byte AgedOut = 5;

    /// <summary>The number of identifiers.</summary>
    internal int Count => count;

    /// <summary>The day of the first referral.</summary>
    internal int[] Referral { get; } = new int[count];

    /// <summary>The day of birth; after the referral for an unborn child.</summary>
    internal int[] Birth { get; } = new int[count];

    /// <summary>The place of the age group among unborn, 0, 1-4, 5-9, 10-12, and <see cref="AgedOut"/>.</summary>
    internal byte[] AgeGroup { get; } = new byte[count];

    /// <summary>The primary need, 0 for N1.</summary>
    internal byte[] Need { get; } = new byte[count];

    /// <summary>The ethnicity, a place in <see cref="CensusCodes.Ethnicities"/>.</summary>
    internal byte[] Ethnicity { get; } = new byte[count];

    /// <summary>The disabilities, a place in <see cref="CensusCodes.Disabilities"/>; 0 for none.</summary>
    internal byte[] Disability { get; } = new byte[count];

    /// <summary>Whether the child is under 18 at the end of follow-up.</summary>
    internal bool[] Eligible { get; } = new bool[count];

    /// <summary>Whether everything that the model needs is recorded, by plan.</summary>
    internal bool[] Complete { get; } = new bool[count];

    /// <summary>Whether the child is a girl.</summary>
    internal bool[] Female { get; } = new bool[count];

    /// <summary>Whether the sex is recorded.</summary>
    internal bool[] SexKnown { get; } = new bool[count];

    /// <summary>Whether disability is recorded.</summary>
    internal bool[] DisabilityKnown { get; } = new bool[count];

    /// <summary>Whether the need of the first referral is recorded.</summary>
    internal bool[] NeedKnown { get; } = new bool[count];

    /// <summary>Whether the first referral ends in no further action.</summary>
    internal bool[] Nfa { get; } = new bool[count];

    /// <summary>Whether a pupil number is known once the child is of school age.</summary>
    internal bool[] HasUpn { get; } = new bool[count];

    /// <summary>The day of a referral before 1 April 2010, or 0 for none.</summary>
    internal int[] Earlier { get; } = new int[count];

    /// <summary>The day on which that earlier case was closed.</summary>
    internal int[] EarlierClosure { get; } = new int[count];

    /// <summary>The identifier that has the pupil number: the child's own, elsewhere than with broken identifiers.</summary>
    internal int[] Person { get; } = new int[count];

    /// <summary>Whether the child is re-referred.</summary>
    internal bool[] Returns { get; } = new bool[count];

    /// <summary>The day of the first re-referral, or 0.</summary>
    internal int[] FirstReturn { get; } = new int[count];

    /// <summary>The last day on which the child can be referred: before the 18th birthday, within follow-up.</summary>
    internal int LastDay(int child) => Eligible[child]
        ? StudyYears.LastDay
        : Math.Min(StudyYears.LastDay, StudyYears.Birthday(Birth[child], 18) - 1);

    /// <summary>What the child's own circumstances add to the log-odds of re-referral.</summary>
    internal double Effect(int child, Truth truth) =>
        (AgeGroup[child] < AgedOut ? truth.AgeEffects[AgeGroup[child]] : 0)
        + (Female[child] ? truth.FemaleEffect : 0)
        + (Disability[child] > 0 && Need[child] != CensusCodes.ChildsDisability ? truth.DisabledEffect : 0)
        + (Nfa[child] ? truth.NfaEffect : 0)
        + (Earlier[child] > 0 ? truth.EarlierReferralEffect : 0)
        + truth.NeedEffects[Need[child]];
}
