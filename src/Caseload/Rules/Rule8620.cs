using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8620: a closure date, where there is one, lies in the census year.</summary>
internal sealed class Rule8620() : EpisodeRule(
    "8620", "the closure date is no date, or lies outside the census year (1 April to 31 March)", nameof(CensusEpisode.CINclosureDate))
{
    public override string? WhyNotJudged(CensusHeader header) => CensusYearReason.For(header);

    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (!episode.CINclosureDate.IsPresent) return;
        if (episode.CINclosureDate.Date is not { } closure || closure < header.PeriodStart || closure > header.PeriodEnd)
            places.Add(episode.CINclosureDate, nameof(episode.CINclosureDate), episode.Line);
    }
}
