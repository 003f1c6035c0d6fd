using Caseload.Returns.Census;
using Caseload.Schemas;

namespace Caseload.Rules;

/// <summary>Rule 8650: a primary need, where there is one, is given by one of its codes.</summary>
internal sealed class Rule8650(CodeList needs) : EpisodeRule(
    "8650", "the primary need is none of its codes", nameof(CensusEpisode.PrimaryNeedCode))
{
    private readonly HashSet<string> codes = needs.Codes.Select(code => code.Key).ToHashSet(StringComparer.Ordinal);

    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.PrimaryNeedCode.IsPresent && !codes.Contains(episode.PrimaryNeedCode.Text))
            places.Add(episode.PrimaryNeedCode, nameof(episode.PrimaryNeedCode), episode.Line);
    }
}
