using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Rule 8815: a child has one open episode at most, apart from referrals that ended in no further action.</summary>
internal sealed class Rule8815() : Rule(
    "8815", "the child has more than one open episode that led to further action",
    nameof(CensusEpisode.CINclosureDate), nameof(CensusEpisode.ReferralNFA))
{
    public override void Judge(CensusChild child, RulePlaces places)
    {
        if (child.Episodes.Count(OpenEpisode.IsOpen) < 2) return;
        foreach (var episode in child.Episodes.Where(OpenEpisode.IsOpen)) places.Add(episode.Line, nameof(episode.CINclosureDate));
    }
}
