namespace Caseload.Areas;

/// <summary>
/// The rate of referrals without re-referrals: (referrals - referrals within 12 months of an earlier one) / children aged 0 to 17 x 10,000.
/// The published rate is scaled by the share of referrals that are none, so that no other count of children comes in.
/// </summary>
internal static class FirstReferrals
{
    /// <summary>The rate, or null where the file's figures do not give it.</summary>
    /// <param name="rate">Referrals per 10,000.</param>
    /// <param name="referrals">Referrals.</param>
    /// <param name="reReferrals">Referrals within 12 months of an earlier one.</param>
    /// <param name="percent">The same, percent of referrals: used where a count is missing.</param>
    internal static double? Rate(double? rate, double? referrals, double? reReferrals, double? percent) =>
        referrals > 0 && reReferrals <= referrals ? rate * (1 - (reReferrals / referrals))
        : referrals == 0 ? rate
        : rate * (1 - (percent / 100));
}
