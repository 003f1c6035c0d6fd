using MathNet.Numerics.Statistics;

namespace Caseload.Areas;

/// <summary>
/// How a figure lies across authorities. Quantiles interpolate linearly between the ordered values (type 7 of Hyndman and Fan 1996, the
/// default of R); all are not-a-number where no value is present.
/// </summary>
/// <param name="Count">How many values are present.</param>
/// <param name="Missing">How many are missing.</param>
/// <param name="Points">The minimum, the quantiles at 0.05, 0.25, 0.5, 0.75 and 0.95, and the maximum.</param>
public sealed record Distribution(int Count, int Missing, IReadOnlyList<double> Points)
{
    /// <summary>The names of <see cref="Points"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["min", "p5", "p25", "median", "p75", "p95", "max"];

    private static readonly double[] Shares = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

    /// <summary>The distribution of values, of which some may be missing.</summary>
    /// <param name="values">The values; null where missing.</param>
    public static Distribution Of(IEnumerable<double?> values)
    {
        var all = values.ToArray();
        var present = all.OfType<double>().Order().ToArray();
        return new Distribution(present.Length, all.Length - present.Length,
            [.. Shares.Select(p => SortedArrayStatistics.QuantileCustom(present, p, QuantileDefinition.R7))]);
    }
}
