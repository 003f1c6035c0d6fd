using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8832: a referral that ended in no further action has no child protection plan.</summary>
internal sealed class Rule8832() : EpisodeRule(
    "8832", "the referral ended in no further action and has a child protection plan",
    nameof(CensusEpisode.ReferralNFA), nameof(CensusProtectionPlan.CPPstartDate))
{
    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.ReferralNFA.Flag == true && episode.ChildProtectionPlans.Count > 0)
            places.Add(episode.ChildProtectionPlans[0].Line, "ChildProtectionPlans");
    }
}
