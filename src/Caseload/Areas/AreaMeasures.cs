namespace Caseload.Areas;

/// <summary>The figures of an area in words.</summary>
public static class AreaMeasures
{
    /// <summary>A figure's name for a reader.</summary>
    /// <param name="measure">The figure.</param>
    public static string Words(AreaMeasure measure) => measure switch
    {
        AreaMeasure.ReferralRatePer10000 => "referral rate per 10,000",
        AreaMeasure.FirstReferralRatePer10000 => "first-referral rate per 10,000",
        AreaMeasure.ReReferrals => "number of re-referrals",
        AreaMeasure.Deprivation => "deprivation",
        AreaMeasure.Referrals => "number of referrals",
        AreaMeasure.ReReferralPercent => "re-referrals, percent",
        AreaMeasure.NfaPercent => "no further action, percent",
        AreaMeasure.CinStock => "CIN on 31 March",
        AreaMeasure.SocialWorkersFte => "social workers, full-time equivalents",
        AreaMeasure.CaseloadFte => "caseload of the workforce census",
        _ => "CIN per social worker",
    };
}
