namespace Caseload.Cohorts.Cleaning;

/// <summary>A step of cleaning in words: what the command line calls it, what it does, why, and what it counts.</summary>
/// <param name="Flag">The step.</param>
/// <param name="Name">Its name on the command line.</param>
/// <param name="What">What it does, in a sentence.</param>
/// <param name="Why">Why, in a sentence.</param>
/// <param name="Counts">What it counts, each with the words under which it is shown.</param>
public sealed record CleaningStep(
    CleaningSteps Flag, string Name, string What, string Why, IReadOnlyList<KeyValuePair<CleaningCase, string>> Counts)
{
    /// <summary>Every step, in the order in which they are taken.</summary>
    public static IReadOnlyList<CleaningStep> All { get; } =
    [
        ImplausibleDates.Step, ClosureOrder.Step, NeedSubcodes.Step, NeedNotStated.Step, SourceUnknown.Step, EpisodeMode.Step,
        MissingNfa.Step, AdultReferrals.Step, ReferralsAfterDeath.Step, UnbornLimit.Step,
    ];

    /// <summary>A step by its name on the command line, or null.</summary>
    /// <param name="name">The name, case sensitive.</param>
    public static CleaningStep? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    internal static KeyValuePair<CleaningCase, string> Count(CleaningCase counted, string words) => new(counted, words);
}

/// <summary>What a step of cleaning did.</summary>
/// <param name="Step">The step.</param>
/// <param name="IsTaken">Whether it was taken.</param>
/// <param name="Counts">What it counted, zeros included; all zero where it was not taken.</param>
public sealed record CleaningCount(CleaningStep Step, bool IsTaken, IReadOnlyList<CountedCase> Counts);

/// <summary>What the steps of cleaning count.</summary>
public enum CleaningCase
{
    /// <summary>Rows with a referral before 1930.</summary>
    EarlyReferral,

    /// <summary>Rows with a referral after the end of the census year.</summary>
    LateReferral,

    /// <summary>Closure dates before 1930.</summary>
    EarlyClosure,

    /// <summary>Closure dates after the end of the census year.</summary>
    LateClosure,

    /// <summary>Birth dates before 1930, expected ones included.</summary>
    EarlyBirth,

    /// <summary>Birth dates after the end of the census year; an expected one may be.</summary>
    LateBirth,

    /// <summary>Dates of death before 1930.</summary>
    EarlyDeath,

    /// <summary>Dates of death after the end of the census year.</summary>
    LateDeath,

    /// <summary>Rows whose closure came before the referral.</summary>
    ClosureBeforeReferral,

    /// <summary>Rows with the needs A2 to A5.</summary>
    NeedSubcode,

    /// <summary>Rows with the need N0.</summary>
    NeedNotStated,

    /// <summary>Rows with the source 10.</summary>
    SourceUnknown,

    /// <summary>Episodes whose returns differ in the flag for no further action.</summary>
    NfaDiffers,

    /// <summary>Episodes whose returns differ in the primary need.</summary>
    NeedDiffers,

    /// <summary>Episodes whose returns differ in the reason for closure.</summary>
    ReasonDiffers,

    /// <summary>Episodes whose returns differ in the source of referral.</summary>
    SourceDiffers,

    /// <summary>Episodes whose returns differ in disability.</summary>
    DisabilityDiffers,

    /// <summary>Episodes without a flag for no further action.</summary>
    NfaMissing,

    /// <summary>Episodes that begin on or after the 18th birthday.</summary>
    AdultReferral,

    /// <summary>Episodes that begin after the recorded death.</summary>
    ReferralAfterDeath,

    /// <summary>First referrals more than 217 days before birth.</summary>
    LongBeforeBirth,
}
