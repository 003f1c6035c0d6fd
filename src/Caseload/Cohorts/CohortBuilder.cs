using Caseload.Areas;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Cohorts;

/// <summary>Makes the cohort of a set of returns: cleans the rows, links the years, finds first referrals and what followed.</summary>
public static class CohortBuilder
{
    /// <summary>Makes the cohort.</summary>
    /// <param name="returns">The returns.</param>
    /// <param name="areas">The figures of the authorities.</param>
    /// <param name="settings">Which children, followed how long.</param>
    /// <exception cref="ProblemException">The returns lack the cohort year, or no referral falls in it.</exception>
    public static Cohort Build(ReturnSet returns, AreaTable areas, CohortSettings settings)
    {
        ArgumentNullException.ThrowIfNull(returns);
        ArgumentNullException.ThrowIfNull(areas);
        ArgumentNullException.ThrowIfNull(settings);
        var referrals = new ReferralRows(returns.Rows);
        if (!returns.Years.Contains(settings.CohortYear)) throw NoReferral(returns, referrals, settings);
        var followed = Followed(returns, settings);
        var histories = ChildHistories.Link(referrals);
        var columns = new CohortColumns(followed, returns.IsSimulated);
        var tally = new HistoryTally();
        var episodes = new List<Episode>();
        foreach (var child in InOrder(histories, referrals))
        {
            Episode.Read(referrals, histories[child], episodes);
            tally.Episodes += episodes.Count;
            tally.Repeats += Repeats(referrals, histories[child]);
            var first = episodes.FindIndex(e => e.Referral >= followed.Start.DayNumber && e.Referral <= followed.End.DayNumber);
            if (first >= 0) columns.Add(ChildFacts.Of(referrals, histories[child]), episodes, first);
            else if (episodes[0].Referral > followed.End.DayNumber) tally.Later++;
            else tally.Earlier++;
        }

        if (columns.Count == 0) throw NoReferral(returns, referrals, settings);
        var children = ModelStatus.AddAreas(columns.Build(), areas);
        return new Cohort(
            children, followed, Flow(returns, referrals, tally, children), [.. referrals.Cases, .. columns.Cases()], returns.IsSimulated);
    }

    // Follow-up cannot outlast the returns: with the years up to 2014 in hand, nobody knows who came back in 2015.
    private static CohortSettings Followed(ReturnSet returns, CohortSettings settings)
    {
        var last = returns.Years.Count == 0 ? settings.CohortYear : Math.Max(settings.CohortYear, returns.Years[^1]);
        return last < settings.LastYear ? settings with { FollowUpYears = last - settings.CohortYear + 1 } : settings;
    }

    // The order of the rows in the files must not show in the cohort: children stand by authority and identifier.
    private static int[] InOrder(ChildHistories histories, ReferralRows referrals)
    {
        var authorityRank = Ranks(referrals.Authority.Levels);
        var childRank = Ranks(referrals.Child.Levels);
        var keys = new long[histories.Count];
        var order = new int[histories.Count];
        for (var child = 0; child < order.Length; child++)
        {
            var row = histories[child][0];
            order[child] = child;
            keys[child] = ((long)authorityRank[referrals.Authority.Codes[row]] << 32) | (uint)childRank[referrals.Child.Codes[row]];
        }

        Array.Sort(keys, order);
        return order;
    }

    private static int[] Ranks(IReadOnlyList<string> levels)
    {
        var order = Enumerable.Range(0, levels.Count).ToArray();
        Array.Sort(levels.ToArray(), order, StringComparer.Ordinal);
        var ranks = new int[order.Length];
        for (var i = 0; i < order.Length; i++) ranks[order[i]] = i;
        return ranks;
    }

    private static List<FlowStep> Flow(ReturnSet returns, ReferralRows referrals, HistoryTally tally, Frame children)
    {
        var usable = referrals.Usable.Count(u => u);
        var flow = new List<FlowStep>
        {
            new("Rows in the returns", returns.Reading.RowsRead, []),
            new("Referrals that can be used", usable, [.. returns.Reading.Exclusions, .. referrals.Excluded]),
            new("Episodes: one a child and referral date", tally.Episodes, Some(
                new Exclusion("The same referral in the return of another year", usable - tally.Episodes - tally.Repeats),
                new Exclusion("The same referral twice in the returns of one year", tally.Repeats))),
            new("Children", children.RowCount + tally.Earlier + tally.Later, []),
        };
        flow.Add(new FlowStep(ModelStatus.CohortStep, children.RowCount, Some(
            new Exclusion("Referred before the cohort year, not in it", tally.Earlier),
            new Exclusion("First referred after the cohort year", tally.Later))));
        flow.AddRange(ModelStatus.Flow(children));
        return flow;
    }

    private static Exclusion[] Some(params Exclusion[] exclusions) => [.. exclusions.Where(e => e.Rows > 0)];

    // Rows of one referral stand together, by census year.
    private static int Repeats(ReferralRows referrals, ReadOnlySpan<int> rows)
    {
        var repeats = 0;
        for (var i = 1; i < rows.Length; i++)
            repeats += referrals.Referral[rows[i]] == referrals.Referral[rows[i - 1]]
                && referrals.Year[rows[i]] == referrals.Year[rows[i - 1]] ? 1 : 0;
        return repeats;
    }

    // Old dates in a later return are cases that were still open then: they are no sample of the children referred in their year.
    private static ProblemException NoReferral(ReturnSet returns, ReferralRows referrals, CohortSettings settings)
    {
        var used = Enumerable.Range(0, referrals.Usable.Length)
            .Where(row => referrals.Usable[row]).Select(row => referrals.Referral[row]).ToArray();
        var dates = used.Length == 0
            ? "no usable referral"
            : $"usable referrals dated from {DateOnly.FromDayNumber(used.Min()).Year} to {DateOnly.FromDayNumber(used.Max()).Year}";
        var held = returns.Years.Count == 0
            ? "no census year"
            : $"the census {(returns.Years.Count == 1 ? "year" : "years")} {string.Join(", ", returns.Years)}";
        return new ProblemException(new Problem(
            ProblemKind.CheckFailed,
            $"no return with referrals of the cohort year; the returns hold {held}, with {dates}",
            FormattableString.Invariant(
                $"the census of {settings.CohortYear}, with referrals between {settings.Start:yyyy-MM-dd} and {settings.End:yyyy-MM-dd}"),
            string.Join(", ", returns.Files.Take(5)) + (returns.Files.Count > 5 ? $" and {returns.Files.Count - 5} more" : ""),
            "Choose another cohort year with --cohort-year, or add the returns of that year."));
    }

    private sealed class HistoryTally
    {
        internal int Episodes { get; set; }

        internal int Repeats { get; set; }

        internal int Earlier { get; set; }

        internal int Later { get; set; }
    }
}
