namespace Caseload.Cohorts.Cleaning;

/// <summary>The steps of cleaning that are taken, in the order in which they are taken. Each can be left out on its own.</summary>
[Flags]
public enum CleaningSteps
{
    /// <summary>No step: the rows as they were read.</summary>
    None = 0,

    /// <summary>See <see cref="Cleaning.ImplausibleDates"/>.</summary>
    ImplausibleDates = 1 << 0,

    /// <summary>See <see cref="Cleaning.ClosureOrder"/>.</summary>
    ClosureOrder = 1 << 1,

    /// <summary>See <see cref="Cleaning.NeedSubcodes"/>.</summary>
    NeedSubcodes = 1 << 2,

    /// <summary>See <see cref="Cleaning.NeedNotStated"/>.</summary>
    NeedNotStated = 1 << 3,

    /// <summary>See <see cref="Cleaning.SourceUnknown"/>.</summary>
    SourceUnknown = 1 << 4,

    /// <summary>See <see cref="Cleaning.EpisodeMode"/>.</summary>
    EpisodeMode = 1 << 5,

    /// <summary>See <see cref="Cleaning.MissingNfa"/>.</summary>
    MissingNfa = 1 << 6,

    /// <summary>See <see cref="Cleaning.AdultReferrals"/>.</summary>
    AdultReferrals = 1 << 7,

    /// <summary>See <see cref="Cleaning.ReferralsAfterDeath"/>.</summary>
    ReferralsAfterDeath = 1 << 8,

    /// <summary>See <see cref="Cleaning.UnbornLimit"/>.</summary>
    UnbornLimit = 1 << 9,

    /// <summary>Every step: the default.</summary>
    All = (1 << 10) - 1,
}
