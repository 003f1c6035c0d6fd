using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>
/// Rule 8820: no referral falls inside another episode of the child. An episode runs from its referral date up to, and not including, its
/// closure date, so that one may begin on the day on which another ends; an open one that led to further action runs up to, and not
/// including, 31 March of the census year; an open one without further action has no length.
/// </summary>
internal sealed class Rule8820() : Rule(
    "8820", "the referral date falls inside another episode of the same child",
    nameof(CensusEpisode.CINreferralDate), nameof(CensusEpisode.CINclosureDate), nameof(CensusEpisode.ReferralNFA))
{
    public override string? WhyNotJudged(CensusHeader header) => CensusYearReason.For(header);

    public override void Judge(CensusChild child, RulePlaces places)
    {
        if (child.Episodes.Count < 2) return;
        var spans = new List<(DateOnly Start, DateOnly End, CensusEpisode Episode)>(child.Episodes.Count);
        foreach (var episode in child.Episodes)
        {
            if (episode.CINreferralDate.Date is { } start) spans.Add((start, EndOf(episode, start, child.Header), episode));
        }

        spans.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Episode.Line.CompareTo(b.Episode.Line));

        // Those of one day can lie inside one another; each is held against the longest of the others.
        var reach = DateOnly.MinValue;
        for (var first = 0; first < spans.Count;)
        {
            var start = spans[first].Start;
            var (longest, second, next) = (DateOnly.MinValue, DateOnly.MinValue, first);
            for (; next < spans.Count && spans[next].Start == start; next++)
            {
                var end = spans[next].End;
                (longest, second) = end > longest ? (end, longest) : (longest, end > second ? end : second);
            }

            for (var i = first; i < next; i++)
            {
                var episode = spans[i].Episode;
                if (reach > start || (spans[i].End == longest ? second : longest) > start)
                    places.Add(episode.CINreferralDate, nameof(episode.CINreferralDate), episode.Line);
            }

            reach = longest > reach ? longest : reach;
            first = next;
        }
    }

    private static DateOnly EndOf(CensusEpisode episode, DateOnly start, CensusHeader header) =>
        episode.CINclosureDate.IsPresent ? episode.CINclosureDate.Date ?? start
        : OpenEpisode.IsOpen(episode) ? header.PeriodEnd ?? start
        : start;
}
