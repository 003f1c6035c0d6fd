using Caseload.Cohorts.Linkage;

namespace Caseload.Cohorts;

/// <summary>What linking the years met.</summary>
/// <param name="Key">What made rows those of one child.</param>
/// <param name="Continuity">Whether the identifiers carry over.</param>
/// <param name="PupilNumbers">Joins by pupil number within authorities; all zero where they were not asked for.</param>
/// <param name="Moves">Children who moved between authorities; null where no return holds a pupil number.</param>
/// <param name="LeftTruncation">How many first referrals of the cohort year are known not to be the first.</param>
public sealed record LinkageAccount(
    LinkageKey Key, Continuity Continuity, PupilNumberCounts PupilNumbers, Moves? Moves, LeftTruncation LeftTruncation);

/// <summary>Children whom pupil numbers show in several authorities.</summary>
/// <param name="Children">Children of all authorities, as linked within them.</param>
/// <param name="WithNumber">Of these, those with a pupil number.</param>
/// <param name="Moved">Children who stand in more than one authority, each counted once.</param>
/// <param name="Across">What joining across authorities met.</param>
/// <param name="NotRereferred">Children of the cohort with a pupil number and no re-referral in their own authority.</param>
/// <param name="ReferredElsewhere">Of these, those referred to another authority after their first referral.</param>
public sealed record Moves(int Children, int WithNumber, int Moved, PupilNumberCounts Across, int NotRereferred, int ReferredElsewhere);

/// <summary>How many first referrals of the cohort year are known not to be the child's first.</summary>
/// <param name="Children">Children of the cohort in authorities that made a return of the year before.</param>
/// <param name="EarlierWithin12Months">Of these, those with a referral in the 12 months before the first of the cohort year.</param>
public sealed record LeftTruncation(int Children, int EarlierWithin12Months);
