namespace Caseload.Cohorts.Variables;

/// <summary>Children that do not enter the cohort, and cases in it that a reader should know of.</summary>
internal sealed class CohortTally
{
    internal int Earlier { get; set; }

    internal int Later { get; set; }

    internal int ReturnedLater { get; set; }

    internal int InBrokenAuthorities { get; set; }

    internal int OpenAtRereferral { get; set; }

    internal int ClosureAfterFollowUp { get; set; }

    internal int RereferredElsewhere { get; set; }

    internal int EarlierOnRecord { get; set; }

    internal int Died { get; set; }

    internal int Adopted { get; set; }

    internal int BirthFromLater { get; set; }

    /// <summary>The cases that stay in and are counted.</summary>
    internal IEnumerable<CountedCase> Cases => new CountedCase[]
    {
        new("First episode still open at the re-referral: the referral counts", OpenAtRereferral),
        new("First episode not closed when follow-up ended: no time from closure", ClosureAfterFollowUp),
        new("First re-referral in another authority", RereferredElsewhere),
        new("An earlier referral is on record: the first of the cohort year is not the child's first", EarlierOnRecord),
        new("Died by the end of follow-up", Died),
        new("Adopted by the end of follow-up (RC1): under a new name later referrals are not found", Adopted),
        new("Date of birth known from the return of a later referral only", BirthFromLater),
    }.Where(c => c.Count > 0);
}
