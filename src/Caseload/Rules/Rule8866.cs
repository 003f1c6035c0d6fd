using Caseload.Returns.Census;
using Caseload.Schemas;

namespace Caseload.Rules;

/// <summary>Rule 8866: a referral of 1 April 2013 or later has its source, given by one of its codes.</summary>
internal sealed class Rule8866(CodeList sources) : EpisodeRule(
    "8866", "the source of a referral of 1 April 2013 or later is missing or none of its codes",
    nameof(CensusEpisode.ReferralSource), nameof(CensusEpisode.CINreferralDate))
{
    private const int FirstCensusYear = 2014;
    private static readonly DateOnly FirstDay = new(2013, 4, 1);
    private readonly HashSet<string> codes = sources.Codes.Select(code => code.Key).ToHashSet(StringComparer.Ordinal);

    public override int? FirstYear => FirstCensusYear;

    public override string? WhyNotJudged(CensusHeader header) => CensusYearReason.For(header)
        ?? (header.CensusYear < FirstCensusYear ? "the source of referral was first collected in 2013-14" : null);

    protected override void Judge(CensusEpisode episode, CensusHeader header, RulePlaces places)
    {
        if (episode.CINreferralDate.Date >= FirstDay && !codes.Contains(episode.ReferralSource.Text))
            places.Add(episode.ReferralSource, nameof(episode.ReferralSource), episode.Line);
    }
}
