using Caseload.Returns.Census;
using Caseload.Schemas;

namespace Caseload.Rules;

/// <summary>Rule 8640: a reason for closure, where there is one, is given by one of its codes; RC9 (early help) came in 2022-23.</summary>
internal sealed class Rule8640(CodeList reasons) : EpisodeRule(
    "8640", "the reason for closure is none of the codes of its year", nameof(CensusEpisode.ReasonForClosure))
{
    private const int FirstYearOfEarlyHelp = 2023;
    private readonly HashSet<string> codes = reasons.Codes.Select(code => code.Key).ToHashSet(StringComparer.Ordinal);

    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (!episode.ReasonForClosure.IsPresent) return;
        var code = episode.ReasonForClosure.Text;
        if (!codes.Contains(code) || (code == "RC9" && header.CensusYear < FirstYearOfEarlyHelp))
            places.Add(episode.ReasonForClosure, nameof(episode.ReasonForClosure), episode.Line);
    }
}
