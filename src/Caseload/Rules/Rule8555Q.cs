using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8555Q: no child is referred after the date of death.</summary>
internal sealed class Rule8555Q() : EpisodeRule(
    "8555Q", "the referral lies after the date of death", nameof(CensusEpisode.CINreferralDate), nameof(CensusPerson.PersonDeathDate))
{
    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.CINreferralDate.Date is { } referral && episode.Person.PersonDeathDate.Date is { } death && referral > death)
            places.Add(episode.CINreferralDate, nameof(episode.CINreferralDate), episode.Line);
    }
}
