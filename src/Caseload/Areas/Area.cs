namespace Caseload.Areas;

/// <summary>One local authority in one year: a row of the area table.</summary>
/// <param name="Authority">The three-digit code of the Department for Education; it joins to a return's <c>LEA</c>.</param>
/// <param name="Name">The authority's name.</param>
/// <param name="Region">The region as published, or null where it is not known.</param>
/// <param name="ReferralRatePer10000">Referrals in the year to 31 March per 10,000 children aged 0 to 17; null where missing.</param>
/// <param name="CinPerSocialWorker">
/// Children in need on 31 March per in-post full-time equivalent of children's social workers; null where missing. It is the study's
/// measure and not the workforce census's own <see cref="CaseloadFte"/>.
/// </param>
/// <param name="Year">The year in which the reporting year ends: 2011 is 1 April 2010 to 31 March 2011.</param>
public sealed record Area(string Authority, string Name, string? Region, double? ReferralRatePer10000, double? CinPerSocialWorker, int Year)
{
    /// <summary>
    /// Referrals that had none within the 12 months before, per 10,000 children aged 0 to 17: the rate without the re-referrals that it is
    /// to explain; null where missing.
    /// </summary>
    public double? FirstReferralRatePer10000 { get; init; }

    /// <summary>A score of deprivation from a file of the person's own, such as an average score of an index; null where missing.</summary>
    public double? Deprivation { get; init; }

    /// <summary>The code of the Office for National Statistics (E06, E08, E09 or E10), or null.</summary>
    public string? OnsCode { get; init; }

    /// <summary>Referrals in the year to 31 March.</summary>
    public double? Referrals { get; init; }

    /// <summary>Referrals within 12 months of an earlier one.</summary>
    public double? ReReferrals { get; init; }

    /// <summary>Children in need on 31 March.</summary>
    public double? CinStock { get; init; }

    /// <summary>
    /// In-post full-time equivalents of children's social workers on 30 September, over all the authorities of
    /// <see cref="WorkforceCovers"/>.
    /// </summary>
    public double? SocialWorkersFte { get; init; }

    /// <summary>How the workforce figure belongs to this authority; null where there is none.</summary>
    public WorkforceBasis? WorkforceBasis { get; init; }

    /// <summary>The codes of the authorities that the workforce figure counts, joined by <c> / </c>; null where there is none.</summary>
    public string? WorkforceCovers { get; init; }

    /// <summary>The workforce census's own measure: cases per full-time equivalent of case holders.</summary>
    public double? CaseloadFte { get; init; }

    /// <summary>Referrals within 12 months of an earlier one, percent of all referrals.</summary>
    public double? ReReferralPercent { get; init; }

    /// <summary>Referrals that ended in no further action, percent of all referrals.</summary>
    public double? NfaPercent { get; init; }

    /// <summary>Where the figures come from; null where the table does not say, and then they count as real.</summary>
    public AreaSourceKind? SourceKind { get; init; }
}

/// <summary>Where the figures of an area come from.</summary>
public enum AreaSourceKind
{
    /// <summary>Published by the Department for Education.</summary>
    Published,

    /// <summary>Made up by the kit.</summary>
    Simulated,

    /// <summary>A person's own figures.</summary>
    Own,
}

/// <summary>How a row of the workforce file belongs to an authority.</summary>
public enum WorkforceBasis
{
    /// <summary>The row is the authority's own.</summary>
    Own,

    /// <summary>The row counts several authorities together; all of them take the ratio of their joint stock to it.</summary>
    Joint,

    /// <summary>The authority was divided between 31 March and the workforce count: the rows of all its successors together.</summary>
    Successors,
}

/// <summary>A figure of an authority.</summary>
public enum AreaMeasure
{
    /// <summary>Referrals per 10,000 children aged 0 to 17.</summary>
    ReferralRatePer10000,

    /// <summary>Referrals with none within the 12 months before, per 10,000 children aged 0 to 17.</summary>
    FirstReferralRatePer10000,

    /// <summary>Referrals in the year.</summary>
    Referrals,

    /// <summary>Referrals within 12 months of an earlier one.</summary>
    ReReferrals,

    /// <summary>Referrals within 12 months of an earlier one, percent.</summary>
    ReReferralPercent,

    /// <summary>Referrals that ended in no further action, percent.</summary>
    NfaPercent,

    /// <summary>Children in need on 31 March.</summary>
    CinStock,

    /// <summary>In-post full-time equivalents of children's social workers on 30 September.</summary>
    SocialWorkersFte,

    /// <summary>The workforce census's own cases per case holder.</summary>
    CaseloadFte,

    /// <summary>Children in need per in-post full-time equivalent: <see cref="CinStock"/> / <see cref="SocialWorkersFte"/>.</summary>
    CinPerSocialWorker,

    /// <summary>A score of deprivation, from a file of the person's own.</summary>
    Deprivation,
}

/// <summary>Why a figure of an authority is missing.</summary>
public enum GapReason
{
    /// <summary>Withheld so that no child can be recognised.</summary>
    Suppressed,

    /// <summary>The publisher had no figure of sufficient quality.</summary>
    NotAvailable,

    /// <summary>The authority did not submit the figure.</summary>
    NotSubmitted,

    /// <summary>The figure makes no sense for the authority.</summary>
    NotApplicable,

    /// <summary>Withheld because it is unreliable.</summary>
    LowReliability,

    /// <summary>Above zero, but rounds to it: the size is not known.</summary>
    RoundsToZero,

    /// <summary>The cell is neither a number nor a known mark; a finding tells its line.</summary>
    NotReadable,

    /// <summary>The cell is empty.</summary>
    EmptyCell,

    /// <summary>Boundaries changed between the two counts, and no row covers the same ground.</summary>
    BoundaryChange,

    /// <summary>The authority has no row of its own in the file.</summary>
    NotInFile,

    /// <summary>The workforce count is zero: a ratio to it does not exist.</summary>
    NoSocialWorkers,

    /// <summary>The workforce count is joint, and a partner's stock is missing.</summary>
    PartnerMissing,

    /// <summary>No workforce file was given.</summary>
    NoWorkforceFile,
}
