using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8610: a referral that led to further action has a primary need.</summary>
internal sealed class Rule8610() : EpisodeRule(
    "8610", "the primary need is missing and the referral led to further action",
    nameof(CensusEpisode.PrimaryNeedCode), nameof(CensusEpisode.ReferralNFA))
{
    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.ReferralNFA.Flag == false && !episode.PrimaryNeedCode.IsPresent)
            places.Add(episode.PrimaryNeedCode, nameof(episode.PrimaryNeedCode), episode.Line);
    }
}
