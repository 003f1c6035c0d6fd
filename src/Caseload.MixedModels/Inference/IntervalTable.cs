using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference;

/// <summary>Intervals of the quantities of a fit, all by one method and of one level.</summary>
/// <param name="Method">What kind of intervals they are, in words.</param>
/// <param name="Level">The probability with which each holds the truth, such as 0.95.</param>
/// <param name="Intervals">The intervals: of the fixed effects, then of what the random effects are described by.</param>
public sealed record IntervalTable(string Method, double Level, IReadOnlyList<IntervalEstimate> Intervals) : InferenceResult
{
    /// <summary>What the exponential of a coefficient is, or null where it has no meaning.</summary>
    internal string? Ratio { get; init; }

    /// <summary>The interval of a coefficient.</summary>
    /// <param name="term">The coefficient's name.</param>
    /// <exception cref="ProblemException">There is none of that name.</exception>
    public IntervalEstimate this[string term] => Find(IntervalKind.FixedEffect, term: term);

    /// <summary>An interval by what it is of.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="group">The grouping; null where there is one interval of the kind and term only.</param>
    /// <param name="term">The term; null likewise.</param>
    /// <exception cref="ProblemException">There is none, or more than one.</exception>
    public IntervalEstimate Find(IntervalKind kind, string? group = null, string? term = null)
    {
        var found = Intervals.Where(interval => interval.Kind == kind && (group is null || interval.Group == group)
            && (term is null || interval.Term == term)).ToArray();
        return found.Length == 1 ? found[0] : throw new ProblemException(new Problem(ProblemKind.WrongUsage,
            $"{(found.Length == 0 ? "no interval" : $"{found.Length} intervals")} of {Key(kind, group, term)}",
            "one of " + string.Join("; ", Intervals.Select(interval => Key(interval.Kind, interval.Group, interval.Term))),
            "", "Name the kind, the group and the term."));
    }

    private static string Key(IntervalKind kind, string? group, string? term) =>
        string.Join(' ', new[] { kind.ToString(), group, term }.Where(part => !string.IsNullOrEmpty(part)));

    internal override IEnumerable<FitTable> Tables()
    {
        var (fixedEffects, others) = (Intervals.Where(IsFixed).ToArray(), Intervals.Where(interval => !IsFixed(interval)).ToArray());
        if (fixedEffects.Length > 0) yield return Fixed(fixedEffects);
        if (others.Length > 0) yield return Others(others);
    }

    private static bool IsFixed(IntervalEstimate interval) => interval.Kind == IntervalKind.FixedEffect;

    private FitTable Fixed(IntervalEstimate[] intervals)
    {
        var number = AlignedNumbers.Of(intervals.Select(interval => (interval.Upper - interval.Lower) / 4), 3);
        string[] header = ["term", "estimate", From, "to"];
        return new FitTable($"Fixed effects, {Method}", Ratio is null ? header : [.. header, Ratio, From, "to"], 1,
            [.. intervals.Select(interval => (string[])
            [
                interval.Term, number.Text(interval.Estimate), number.Text(interval.Lower), number.Text(interval.Upper),
                .. Ratio is null ? [] : new[] { interval.Ratio, interval.RatioLower, interval.RatioUpper }
                    .Select(value => FitTable.Decimals(value, 3)),
            ])]);
    }

    private FitTable Others(IntervalEstimate[] intervals) => new(
        $"{(intervals.All(interval => interval.Kind == IntervalKind.Statistic) ? "Statistics" : "Random part")}, {Method}",
        ["group", "quantity", "estimate", From, "to"], 2, [.. intervals.Select(Row)]);

    private static string[] Row(IntervalEstimate interval)
    {
        var number = AlignedNumbers.Of([(interval.Upper - interval.Lower) / 4, interval.Estimate], 3);
        return [interval.Group, interval.Words, number.Text(interval.Estimate), number.Text(interval.Lower), number.Text(interval.Upper)];
    }

    private string From => (100 * Level).ToString("0.##", CultureInfo.InvariantCulture) + "% from";
}
