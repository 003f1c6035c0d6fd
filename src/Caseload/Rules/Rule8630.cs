using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8630: no case is closed before it is referred.</summary>
internal sealed class Rule8630() : EpisodeRule(
    "8630", "the closure date lies before the referral date", nameof(CensusEpisode.CINclosureDate), nameof(CensusEpisode.CINreferralDate))
{
    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.CINclosureDate.Date is { } closure && episode.CINreferralDate.Date is { } referral && closure < referral)
            places.Add(episode.CINclosureDate, nameof(episode.CINclosureDate), episode.Line);
    }
}
