using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8810: a reason for closure has a closure date beside it.</summary>
internal sealed class Rule8810() : EpisodeRule(
    "8810", "there is a reason for closure and no closure date",
    nameof(CensusEpisode.ReasonForClosure), nameof(CensusEpisode.CINclosureDate))
{
    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.ReasonForClosure.IsPresent && !episode.CINclosureDate.IsPresent)
            places.Add(episode.ReasonForClosure, nameof(episode.CINclosureDate), episode.Line);
    }
}
