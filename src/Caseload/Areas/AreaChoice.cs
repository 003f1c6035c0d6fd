using System.Globalization;
using System.Text.Json.Serialization;

namespace Caseload.Areas;

/// <summary>Which referrals the rate of an authority counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RateChoice>))]
public enum RateChoice
{
    /// <summary>All referrals in the year: the study's rate.</summary>
    All,

    /// <summary>Referrals with none within the 12 months before: the rate does not hold the re-referrals that it is to explain.</summary>
    First,
}

/// <summary>What a cohort takes from an area table that may hold several years.</summary>
/// <param name="Rate">Which referrals the rate counts.</param>
/// <param name="RateYear">The year of the rate; null for the rule of <see cref="AreaSelection.Choose"/>.</param>
/// <param name="WorkforceYear">The year of CIN per social worker; null for the same rule.</param>
public sealed record AreaChoice(RateChoice Rate = RateChoice.All, int? RateYear = null, int? WorkforceYear = null);

/// <summary>What was taken: to be printed wherever the figures are used.</summary>
/// <param name="Rate">Which referrals the rate counts.</param>
/// <param name="RateYear">The year of the rate.</param>
/// <param name="WorkforceYear">The year of CIN per social worker.</param>
public sealed record AreaFigures(RateChoice Rate, int RateYear, int WorkforceYear)
{
    /// <summary>In a sentence, such as "Referral rate per 10,000 of 2010-11 (all referrals); CIN per social worker of 2016-17."</summary>
    public override string ToString() =>
        $"Referral rate per 10,000 of {Label(RateYear)} ({Words(Rate)}); CIN per social worker of {Label(WorkforceYear)}.";

    /// <summary>A choice in words.</summary>
    /// <param name="rate">The choice.</param>
    public static string Words(RateChoice rate) =>
        rate == RateChoice.All ? "all referrals" : "without re-referrals within 12 months";

    /// <summary>A reporting year as it is written: 2011 is 2010-11.</summary>
    internal static string Label(int year) => string.Create(CultureInfo.InvariantCulture, $"{year - 1}-{year % 100:00}");
}
