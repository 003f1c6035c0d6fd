using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8568: every referral says whether it ended in no further action.</summary>
internal sealed class Rule8568() : EpisodeRule(
    "8568", "the mark of no further action is missing or none of true, false, 1, 0", nameof(CensusEpisode.ReferralNFA))
{
    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.ReferralNFA.Flag is null) places.Add(episode.ReferralNFA, nameof(episode.ReferralNFA), episode.Line);
    }
}
