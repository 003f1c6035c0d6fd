namespace Caseload.Areas;

/// <summary>The layouts of the Department for Education's files that the kit knows.</summary>
public static class PublishedLayouts
{
    // A mark's meaning belongs to the file: x hides a small count in 2010-11 and 2011-12, and says "not available" from 2013 on.
    // Sources: "Rounding and Suppression" in the meta data documents of OSR26/2011 and SFR27/2012.
    private static readonly CellMark[] EarlyMarks =
    [
        new("x", GapReason.Suppressed, "suppressed: a count of 1 to 5, or one that would give such a count away"),
        new("..", GapReason.NotSubmitted, "not submitted by the authority"),
        new("", GapReason.EmptyCell, "an empty cell"),
    ];

    // Source: the department's open data standards for underlying data files; ":" is what releases before 2020 wrote for "x".
    private static readonly CellMark[] Marks =
    [
        new("c", GapReason.Suppressed, "suppressed to protect confidentiality: a count of 1 to 5, or one that would give it away"),
        new("x", GapReason.NotAvailable, "not available: not returned, or not of sufficient quality"),
        new(":", GapReason.NotAvailable, "not available"),
        new("..", GapReason.NotAvailable, "not available"),
        new("z", GapReason.NotApplicable, "not applicable"),
        new("u", GapReason.LowReliability, "withheld for low reliability"),
        new("low", GapReason.RoundsToZero, "above zero, but rounds to it"),
        new("", GapReason.EmptyCell, "an empty cell"),
    ];

    private static readonly PlaceColumns EarlyPlace = new("geog_l", "geog_c", "geog_n") { AuthorityLevel = "LA" };

    private static readonly PlaceColumns Place = new("geographic_level", "old_la_code", "la_name")
    {
        AuthorityLevel = "Local authority",
        OnsCode = "new_la_code",
        Region = "region_name",
    };

    /// <summary>Children in need 2010-11, final (OSR26/2011): the cohort year.</summary>
    public static PublishedLayout ChildrenInNeed2011 { get; } = new("children in need 2010-11 (OSR26/2011)", EarlyPlace,
        [
            new(PublishedRole.Rates, AreaMeasure.ReferralRatePer10000, "Referrals1011Rate", Essential: true),
            new(PublishedRole.Rates, AreaMeasure.Referrals, "Referrals1011"),
            new(PublishedRole.Rates, AreaMeasure.ReReferrals, "ReferralsWithin12mths1011"),
            new(PublishedRole.Rates, AreaMeasure.ReReferralPercent, "%ReferralsWithin12mths1011"),
            new(PublishedRole.Stock, AreaMeasure.CinStock, "CINAt310311", Essential: true),
        ], EarlyMarks)
        { Year = 2011 };

    /// <summary>Children in need 2011-12, final (SFR27/2012).</summary>
    public static PublishedLayout ChildrenInNeed2012 { get; } = new("children in need 2011-12 (SFR27/2012)", EarlyPlace,
        [
            new(PublishedRole.Rates, AreaMeasure.ReferralRatePer10000, "Referrals1112Rate", Essential: true),
            new(PublishedRole.Rates, AreaMeasure.Referrals, "Referrals1112"),
            new(PublishedRole.Rates, AreaMeasure.ReReferrals, "ReferralsWithin12mths1112"),
            new(PublishedRole.Rates, AreaMeasure.ReReferralPercent, "%ReferralsWithin12mths1112"),
            new(PublishedRole.Rates, AreaMeasure.NfaPercent, "%ReferralsNFA1112"),
            new(PublishedRole.Stock, AreaMeasure.CinStock, "CINAt310312", Essential: true),
        ], EarlyMarks)
        { Year = 2012 };

    /// <summary>Referrals and re-referrals, table c1 of the releases from 2013 on.</summary>
    public static PublishedLayout Referrals { get; } = new("children in need, c1 referrals and re-referrals (2013 on)", Place,
        [
            new(PublishedRole.Rates, AreaMeasure.ReferralRatePer10000, "Referrals_rate", Essential: true),
            new(PublishedRole.Rates, AreaMeasure.Referrals, "Referrals"),
            new(PublishedRole.Rates, AreaMeasure.ReReferrals, "Re_referrals"),
            new(PublishedRole.Rates, AreaMeasure.ReReferralPercent, "Re_referrals_percent"),
            new(PublishedRole.Rates, AreaMeasure.NfaPercent, "No_Further_Action_percent"),
        ], Marks)
        { YearColumn = "time_period" };

    /// <summary>Children in need, table b1 of the releases from 2013 on.</summary>
    public static PublishedLayout Stock { get; } = new("children in need, b1 stock (2013 on)", Place,
        [new(PublishedRole.Stock, AreaMeasure.CinStock, "At31_episodes", Essential: true)], Marks)
        { YearColumn = "time_period" };

    /// <summary>Children's social work workforce, indicators of the releases from 2017 on.</summary>
    public static PublishedLayout Workforce { get; } = new("children's social work workforce, indicators (2017 on)", Place,
        [
            new(PublishedRole.Workforce, AreaMeasure.SocialWorkersFte, "inpost_fte", Essential: true),
            new(PublishedRole.Workforce, AreaMeasure.CaseloadFte, "caseload_fte"),
        ], Marks)
        { YearColumn = "time_period" };

    /// <summary>All of them, in the order of their years.</summary>
    public static IReadOnlyList<PublishedLayout> All { get; } = [ChildrenInNeed2011, ChildrenInNeed2012, Referrals, Stock, Workforce];

    /// <summary>The layout that a header has for a use, or null.</summary>
    /// <param name="header">The names of the columns.</param>
    /// <param name="role">The use.</param>
    public static PublishedLayout? Find(IReadOnlyList<string> header, PublishedRole role) => All.FirstOrDefault(l => l.Fits(header, role));

    /// <summary>The layout that a header has for any use, or null.</summary>
    /// <param name="header">The names of the columns.</param>
    public static PublishedLayout? Find(IReadOnlyList<string> header) => All.FirstOrDefault(l => l.Roles.Any(role => l.Fits(header, role)));
}
