using Caseload.Frames;

namespace Caseload.Cohorts.Linkage;

/// <summary>Whether the identifiers of each authority carry over from year to year; the formula stands in <c>docs/cohort.md</c>.</summary>
/// <param name="Years">One record an authority and census year, in the order of both.</param>
public sealed record Continuity(IReadOnlyList<YearEvidence> Years)
{
    /// <summary>The authorities whose identifiers fail in any year, in the order of their codes, with how they fail.</summary>
    public IReadOnlyList<KeyValuePair<string, ContinuityFlags>> Flagged { get; } =
    [
        .. Years.GroupBy(y => y.Authority)
            .Select(g => KeyValuePair.Create(g.Key, g.Aggregate(ContinuityFlags.None, (flags, year) => flags | year.Flags)))
            .Where(a => a.Value != ContinuityFlags.None),
    ];

    /// <summary>
    /// One row an authority and year: the counts of <see cref="YearEvidence"/>, the score, the share of the next return's identifiers that
    /// this return holds with the median of all authorities beside it (what is expected), and the flag.
    /// </summary>
    public Frame ToFrame()
    {
        var medians = Years.Where(y => y.HasNext && y.ChildrenNext > 0).GroupBy(y => y.Year)
            .ToDictionary(g => g.Key, g => Median([.. g.Select(Back)]));
        NumberColumn Shares(string name, Func<YearEvidence, double?> value) =>
            new(name, [.. Years.Select(y => value(y) ?? double.NaN)]);
        IntegerColumn Counts(string name, Func<YearEvidence, int?> value) =>
            new(name, [.. Years.Select(y => value(y) ?? IntegerColumn.Missing)]);
        return new Frame([
            TextColumn.Of("authority", Years.Select(y => y.Authority)),
            Counts("year", y => y.Year),
            Counts("open_cases", y => y.OpenCases),
            Counts("found_again", y => y.HasNext ? y.FoundAgain : null),
            Shares("score", y => y.Score),
            Counts("children_next", y => y.HasNext ? y.ChildrenNext : null),
            Counts("matched_back", y => y.HasNext ? y.MatchedBack : null),
            Shares("matched_back_share", y => y.HasNext && y.ChildrenNext > 0 ? Back(y) : null),
            Shares("matched_back_median", y => y.HasNext && y.ChildrenNext > 0 ? medians[y.Year] : null),
            Counts("cases", y => y.Cases),
            Counts("double_cases", y => y.DoubleCases),
            Counts("pupil_numbers", y => y.PupilNumbers),
            Counts("shared_pupil_numbers", y => y.SharedPupilNumbers),
            new FlagColumn("broken_between_years", [.. Years.Select(y => Flag(y, ContinuityFlags.BetweenYears))]),
            new FlagColumn("broken_within_year", [.. Years.Select(y => Flag(y, ContinuityFlags.WithinYear))]),
        ]);
    }

    private static double Back(YearEvidence year) => (double)year.MatchedBack / year.ChildrenNext;

    private static sbyte Flag(YearEvidence year, ContinuityFlags flag) => year.Flags.HasFlag(flag) ? (sbyte)1 : (sbyte)0;

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
