using Caseload.Cohorts.Cleaning;

namespace Caseload.Cohorts.Linkage;

/// <summary>All children of all authorities, and what linking them met.</summary>
/// <param name="Referrals">The cleaned rows.</param>
/// <param name="Rows">The linked rows; episodes say where theirs begin.</param>
/// <param name="Authorities">The children, authority after authority.</param>
/// <param name="Evidence">What the returns say of the identifiers.</param>
/// <param name="Counts">Rows that were put together, and joins by pupil number.</param>
internal sealed record LinkedHistories(
    ReferralRows Referrals, LinkedRows Rows, AuthorityHistories[] Authorities, Continuity Evidence, LinkCounts Counts)
{
    /// <summary>The number of children.</summary>
    internal int Children => Authorities.Sum(a => a.Children.Length);

    /// <summary>The number of episodes.</summary>
    internal int Episodes => Authorities.Sum(a => a.Children.Sum(c => c.EpisodeCount));

    /// <summary>The rows of an episode.</summary>
    internal ReadOnlySpan<int> RowsOf(in Episode episode) => Rows.Rows.AsSpan(episode.FirstRow, episode.RowCount);

    /// <summary>Links the years, authorities side by side: which processor links which does not show in the result.</summary>
    internal static LinkedHistories Link(ReferralRows referrals, CohortSettings settings, CleaningTally tally)
    {
        var rows = LinkedRows.Sort(referrals);
        var linked = new LinkedAuthority[rows.Authorities.Length];
        Parallel.For(0, linked.Length, authority => linked[authority] = AuthorityLinker.Link(referrals, rows, authority, settings));
        var counts = default(LinkCounts);
        foreach (var authority in linked)
        {
            tally.Add(authority.Tally);
            counts = new LinkCounts(
                counts.InOtherYear + authority.Counts.InOtherYear, counts.InSameYear + authority.Counts.InSameYear,
                counts.PupilNumbers + authority.Counts.PupilNumbers);
        }

        return new LinkedHistories(
            referrals, rows, [.. linked.Select(a => a.Histories)], new Continuity([.. linked.SelectMany(a => a.Evidence)]), counts);
    }
}
