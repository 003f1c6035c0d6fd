using Caseload.Areas;
using Caseload.Cohorts.Cleaning;
using Caseload.Cohorts.Linkage;
using Caseload.Cohorts.Variables;
using Caseload.Frames;
using Caseload.Returns;

namespace Caseload.Cohorts;

/// <summary>Makes the cohort of a set of returns: cleans the rows, links the years, finds first referrals and what followed.</summary>
public static class CohortBuilder
{
    /// <summary>Makes the cohort.</summary>
    /// <param name="returns">The returns.</param>
    /// <param name="areas">The figures of the authorities.</param>
    /// <param name="settings">Which children, followed how long, cleaned and linked how.</param>
    /// <exception cref="ProblemException">The returns lack the cohort year, or no referral falls in it.</exception>
    public static Cohort Build(ReturnSet returns, AreaTable areas, CohortSettings settings)
    {
        ArgumentNullException.ThrowIfNull(returns);
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentNullException.ThrowIfNull(settings);
        var cleaning = new CleaningTally(settings.Cleaning);
        var referrals = new ReferralRows(returns.Rows, cleaning);
        if (!returns.Years.Contains(settings.CohortYear)) throw NoCohort.Problem(returns, referrals, settings);
        var followed = Followed(returns, settings);
        var within = LinkedHistories.Link(referrals, followed, cleaning);
        var linked = followed.Linkage == LinkageKey.National ? NationalLinks.Join(within, followed) : within;

        // Moves are counted beside the making of the cohort: neither looks at the other.
        var moves = Task.Run(() => MoveCount.Of(within, followed));
        var tally = new CohortTally();
        var columns = new CohortColumns(linked, followed, cleaning, tally);
        AddChildren(linked, followed, columns, tally);
        if (columns.Count == 0) throw NoCohort.Problem(returns, referrals, settings);
        var children = ModelStatus.AddAreas(columns.Build(returns.IsSimulated), areas, followed.Modelled);
        var truncation = LeftTruncated(returns, children, followed);
        var account = new LinkageAccount(
            followed.Linkage, within.Evidence, within.Counts.PupilNumbers, moves.GetAwaiter().GetResult(), truncation);
        var cleaned = cleaning.Account();
        return new Cohort(
            children, followed, CohortFlow.Of(returns, linked, tally, (cleaning, children)),
            [.. CohortFlow.Kept(cleaned), .. tally.Cases, .. CohortFlow.LinkageCases(account)], returns.IsSimulated)
        {
            Cleaning = cleaned,
            Linkage = account,
        };
    }

    // Follow-up cannot outlast the returns: with the years up to 2014 in hand, nobody knows who came back in 2015.
    private static CohortSettings Followed(ReturnSet returns, CohortSettings settings)
    {
        var last = returns.Years.Count == 0 ? settings.CohortYear : Math.Max(settings.CohortYear, returns.Years[^1]);
        return last < settings.LastYear ? settings with { FollowUpYears = last - settings.CohortYear + 1 } : settings;
    }

    private static void AddChildren(LinkedHistories linked, CohortSettings settings, CohortColumns columns, CohortTally tally)
    {
        var broken = settings.ExcludeBrokenLinks ? linked.Evidence.Flagged.Select(a => a.Key).ToHashSet() : [];
        foreach (var authority in linked.Authorities)
        {
            if (broken.Contains(linked.Rows.Authorities[authority.Authority]))
            {
                tally.InBrokenAuthorities += authority.Children.Length;
                continue;
            }

            foreach (var child in authority.Children)
            {
                var episodes = authority.Of(child);
                var first = settings.FirstOf(episodes);
                if (first >= 0) columns.Add(child, episodes, first);
                else if (episodes[0].Referral > settings.End.DayNumber) tally.Later++;
                else if (IsDatedInYear(episodes, settings)) tally.ReturnedLater++;
                else tally.Earlier++;
            }
        }
    }

    private static bool IsDatedInYear(ReadOnlySpan<Episode> episodes, CohortSettings settings)
    {
        foreach (var episode in episodes)
        {
            if (episode.Referral >= settings.Start.DayNumber && episode.Referral <= settings.End.DayNumber) return true;
        }

        return false;
    }

    // Without a return of the year before, only cases that were still open in the cohort year tell of earlier referrals.
    private static LeftTruncation LeftTruncated(ReturnSet returns, Frame children, CohortSettings settings)
    {
        var lea = returns.Rows.Text("LEA");
        var year = returns.Rows.Integer("Year").Values;
        var held = new HashSet<string>(StringComparer.Ordinal);
        var seen = new bool[lea.Levels.Count];
        for (var row = 0; row < year.Length; row++)
        {
            if (year[row] != settings.CohortYear - 1 || seen[lea.Codes[row]]) continue;
            seen[lea.Codes[row]] = true;
            held.Add(lea[row]!);
        }

        var authority = children.Text("authority");
        var earlier = children.Flag("earlier_12_months").Values;
        var holds = authority.Levels.Select(held.Contains).ToArray();
        var (count, with) = (0, 0);
        for (var row = 0; row < earlier.Length; row++)
        {
            if (!holds[authority.Codes[row]]) continue;
            count++;
            with += earlier[row];
        }

        return new LeftTruncation(count, with);
    }
}
