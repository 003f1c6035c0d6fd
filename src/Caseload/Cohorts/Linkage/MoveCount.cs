namespace Caseload.Cohorts.Linkage;

/// <summary>Counts children who moved between authorities, and what of their later referrals one authority alone does not see.</summary>
internal static class MoveCount
{
    /// <summary>The account; null where no return holds a pupil number.</summary>
    /// <param name="linked">The histories of each authority alone.</param>
    /// <param name="settings">The cohort's year and the last day of follow-up.</param>
    internal static Moves? Of(LinkedHistories linked, CohortSettings settings)
    {
        if (!linked.Referrals.PupilNumbers.Any) return null;
        var moved = MovedChildren.Find(linked);
        var groups = moved.Groups();
        return new Moves(
            linked.Children, moved.WithNumber, groups.Count, moved.Counts, NotRereferred(linked, moved, settings),
            groups.Sum(group => group.Count(child => IsReferredElsewhere(linked, group, child, settings))));
    }

    private static int NotRereferred(LinkedHistories linked, MovedChildren moved, CohortSettings settings)
    {
        var count = 0;
        foreach (var authority in linked.Authorities)
        {
            for (var c = 0; c < authority.Children.Length; c++)
                count += moved.HasNumber(authority.Authority, c) && OnlyReferral(authority, c, settings) is not null ? 1 : 0;
        }

        return count;
    }

    private static bool IsReferredElsewhere(
        LinkedHistories linked, (int Authority, int Child)[] group, (int Authority, int Child) child, CohortSettings settings)
    {
        if (OnlyReferral(linked.Authorities[child.Authority], child.Child, settings) is not { } index) return false;
        foreach (var other in group)
        {
            var authority = linked.Authorities[other.Authority];
            if (other.Authority == child.Authority) continue;
            foreach (var episode in authority.Of(authority.Children[other.Child]))
            {
                if (episode.Referral > index && episode.Referral <= settings.FollowUpEnd.DayNumber) return true;
            }
        }

        return false;
    }

    // The day of the first referral in the cohort year of a child who was not referred again to the same authority; else null.
    private static int? OnlyReferral(AuthorityHistories authority, int child, CohortSettings settings)
    {
        var episodes = authority.Of(authority.Children[child]);
        var first = settings.FirstOf(episodes);
        return first >= 0 && !(first + 1 < episodes.Length && episodes[first + 1].Referral <= settings.FollowUpEnd.DayNumber)
            ? episodes[first].Referral
            : null;
    }
}
