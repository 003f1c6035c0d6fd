namespace Caseload.Cohorts.Linkage;

/// <summary>Puts children who moved between authorities together; see <see cref="LinkageKey.National"/>.</summary>
internal static class NationalLinks
{
    /// <summary>The histories with each moved child in one authority, with the episodes of all.</summary>
    /// <param name="linked">The histories of each authority alone.</param>
    /// <param name="settings">Which year is the cohort's.</param>
    internal static LinkedHistories Join(LinkedHistories linked, CohortSettings settings)
    {
        var homeOf = new Dictionary<(int Authority, int Child), (int Authority, int Child)>();
        var episodesOf = new Dictionary<(int Authority, int Child), Episode[]>();
        foreach (var group in MovedChildren.Find(linked).Groups())
        {
            var episodes = Episodes(linked, group);
            var home = Home(linked, group, episodes, settings);
            episodesOf[home] = episodes;
            foreach (var child in group) homeOf[child] = home;
        }

        return linked with
        {
            Authorities = [.. linked.Authorities.Select(authority => Rebuild(authority, homeOf, episodesOf))],
        };
    }

    // Referred to two authorities on one day, a child has one referral, that of the authority whose code comes first.
    private static Episode[] Episodes(LinkedHistories linked, (int Authority, int Child)[] group) =>
    [
        .. group.SelectMany(c => linked.Authorities[c.Authority].Of(linked.Authorities[c.Authority].Children[c.Child]).ToArray())
            .OrderBy(e => e.Referral).ThenBy(e => e.Authority).DistinctBy(e => e.Referral),
    ];

    private static (int Authority, int Child) Home(
        LinkedHistories linked, (int Authority, int Child)[] group, Episode[] episodes, CohortSettings settings)
    {
        var first = episodes[Math.Max(0, settings.FirstOf(episodes))].FirstRow;
        return group.First(c =>
        {
            foreach (var episode in linked.Authorities[c.Authority].Of(linked.Authorities[c.Authority].Children[c.Child]))
            {
                if (episode.FirstRow == first) return true;
            }

            return false;
        });
    }

    private static AuthorityHistories Rebuild(
        AuthorityHistories authority, Dictionary<(int, int), (int Authority, int Child)> homeOf,
        Dictionary<(int, int), Episode[]> episodesOf)
    {
        var (episodes, children) = (new List<Episode>(), new List<LinkedChild>());
        for (var c = 0; c < authority.Children.Length; c++)
        {
            var child = authority.Children[c];
            var first = episodes.Count;
            if (!homeOf.TryGetValue((authority.Authority, c), out var home)) episodes.AddRange(authority.Of(child));
            else if (home == (authority.Authority, c)) episodes.AddRange(episodesOf[home]);
            else continue;
            children.Add(child with { FirstEpisode = first, EpisodeCount = episodes.Count - first });
        }

        return authority with { Episodes = [.. episodes], Children = [.. children] };
    }
}
