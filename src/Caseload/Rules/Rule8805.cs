using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8805: a closure date has a reason for closure beside it.</summary>
internal sealed class Rule8805() : EpisodeRule(
    "8805", "there is a closure date and no reason for closure",
    nameof(CensusEpisode.CINclosureDate), nameof(CensusEpisode.ReasonForClosure))
{
    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.CINclosureDate.IsPresent && !episode.ReasonForClosure.IsPresent)
            places.Add(episode.CINclosureDate, nameof(episode.ReasonForClosure), episode.Line);
    }
}
