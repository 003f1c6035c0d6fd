namespace Caseload.Cohorts.Linkage;

/// <summary>What makes rows of several returns those of one child.</summary>
public enum LinkageKey
{
    /// <summary>The identifier that the authority gives, within the authority. Default: as in the study.</summary>
    ChildIdentifier,

    /// <summary>
    /// The identifier or the unique pupil number, current or former, within the authority. Children without one stay by identifier.
    /// </summary>
    PupilNumber,

    /// <summary>
    /// As <see cref="PupilNumber"/>, and children who share one in several authorities are one child, counted in the authority of the first
    /// referral in the cohort year: a later referral elsewhere counts.
    /// </summary>
    National,
}
