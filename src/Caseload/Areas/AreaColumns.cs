namespace Caseload.Areas;

/// <summary>The names of the columns of the area table, in their order.</summary>
public static class AreaColumns
{
    /// <summary>Three-digit code.</summary>
    public const string Authority = "authority";

    /// <summary>Name.</summary>
    public const string Name = "authority_name";

    /// <summary>Region.</summary>
    public const string Region = "region";

    /// <summary>Referrals per 10,000 children aged 0 to 17.</summary>
    public const string ReferralRatePer10000 = "referral_rate_per_10000";

    /// <summary>Children in need per in-post full-time equivalent.</summary>
    public const string CinPerSocialWorker = "cin_per_social_worker";

    /// <summary>The year in which the reporting year ends.</summary>
    public const string Year = "year";

    /// <summary>First referrals per 10,000 children aged 0 to 17.</summary>
    public const string FirstReferralRatePer10000 = "first_referral_rate_per_10000";

    /// <summary>A score of deprivation.</summary>
    public const string Deprivation = "deprivation";

    /// <summary>ONS code.</summary>
    public const string OnsCode = "ons_code";

    /// <summary>Referrals in the year.</summary>
    public const string Referrals = "referrals";

    /// <summary>Re-referrals within 12 months.</summary>
    public const string ReReferrals = "rereferrals";

    /// <summary>Children in need on 31 March.</summary>
    public const string CinStock = "cin_stock";

    /// <summary>In-post full-time equivalents.</summary>
    public const string SocialWorkersFte = "social_workers_fte";

    /// <summary>How the workforce figure belongs to the authority.</summary>
    public const string WorkforceBasis = "workforce_basis";

    /// <summary>Whom the workforce figure counts.</summary>
    public const string WorkforceCovers = "workforce_covers";

    /// <summary>The workforce census's own cases per case holder.</summary>
    public const string CaseloadFte = "caseload_fte";

    /// <summary>Re-referrals within 12 months, percent of referrals.</summary>
    public const string ReReferralPercent = "rereferral_percent";

    /// <summary>No further action, percent of referrals.</summary>
    public const string NfaPercent = "nfa_percent";

    /// <summary>Where the figures come from.</summary>
    public const string SourceKind = "source_kind";

    /// <summary>The columns that an area table must have; their cells may be empty in the two measures only.</summary>
    public static IReadOnlyList<string> Required { get; } = [Authority, Name, ReferralRatePer10000, CinPerSocialWorker, Year];

    /// <summary>All columns that the kit knows, in the order in which it writes them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Authority, Name, Region, ReferralRatePer10000, CinPerSocialWorker, Year, FirstReferralRatePer10000, Deprivation, OnsCode,
        Referrals, ReReferrals, CinStock, SocialWorkersFte, WorkforceBasis, WorkforceCovers, CaseloadFte, ReReferralPercent, NfaPercent,
        SourceKind,
    ];
}
