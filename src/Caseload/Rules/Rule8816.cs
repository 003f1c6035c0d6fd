using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8816: an open episode, apart from referrals that ended in no further action, is the latest of its child.</summary>
internal sealed class Rule8816() : Rule(
    "8816", "an open episode that led to further action is not the latest of the child",
    nameof(CensusEpisode.CINreferralDate), nameof(CensusEpisode.CINclosureDate), nameof(CensusEpisode.ReferralNFA))
{
    public override void Judge(CensusChild child, RulePlaces places)
    {
        if (child.Episodes.Count < 2) return;
        var latest = child.Episodes.Max(episode => episode.CINreferralDate.Date);
        foreach (var episode in child.Episodes.Where(OpenEpisode.IsOpen))
        {
            if (episode.CINreferralDate.Date < latest)
                places.Add(episode.CINreferralDate, nameof(episode.CINreferralDate), episode.Line);
        }
    }
}
