using Caseload.Frames;

namespace Caseload.Cohorts.Linkage;

/// <summary>
/// One referral of a child and the case that it opened. A case that is open over a year's end stands in several returns; they are one
/// episode because they share the referral date. Codes are places in the lists of <see cref="Cleaning.ReferralRows"/>, -1 where missing.
/// </summary>
internal struct Episode
{
    /// <summary>The referral date, as a day number.</summary>
    internal int Referral;

    /// <summary>The closure date of the latest return that has one, or <see cref="DateColumn.Missing"/>.</summary>
    internal int Closure;

    /// <summary>Where its rows begin among the linked rows.</summary>
    internal int FirstRow;

    /// <summary>How many rows it has.</summary>
    internal int RowCount;

    /// <summary>1 where it ended in no further action, 0 where not.</summary>
    internal short Nfa;

    internal short Need;

    internal short Source;

    internal short ClosureReason;

    /// <summary>1 where a disability is recorded, 0 where none is.</summary>
    internal short Disabled;

    /// <summary>Whether the return of the cohort year holds it.</summary>
    internal bool InCohortReturn;

    /// <summary>The place of the authority that was referred to.</summary>
    internal short Authority;
}
