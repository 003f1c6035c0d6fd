using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8600: every referral has a date, on or before 31 March of the census year.</summary>
internal sealed class Rule8600() : EpisodeRule(
    "8600", "the referral date is missing, is no date, or lies after 31 March of the census year", nameof(CensusEpisode.CINreferralDate))
{
    public override string? WhyNotJudged(CensusHeader header) => CensusYearReason.For(header);

    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.CINreferralDate.Date is not { } referral || referral > header.PeriodEnd)
            places.Add(episode.CINreferralDate, nameof(episode.CINreferralDate), episode.Line);
    }
}
