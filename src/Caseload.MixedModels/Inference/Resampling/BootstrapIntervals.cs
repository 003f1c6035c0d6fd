using System.Globalization;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference;

/// <summary>A quantity in a bootstrap.</summary>
/// <param name="Percentile">The estimate with the quantiles of the draws as limits.</param>
/// <param name="BiasCorrected">
/// The estimate with quantiles moved by how often a draw lies below the estimate (Efron and Tibshirani 1993).
/// </param>
/// <param name="Mean">The mean of the draws; the estimate less it is the bias that the bootstrap shows.</param>
/// <param name="StandardError">The standard deviation of the draws.</param>
/// <param name="Draws">The draws in the order of replicates; not-a-number of a refit that failed.</param>
public sealed record BootstrapQuantity(IntervalEstimate Percentile, IntervalEstimate BiasCorrected, double Mean, double StandardError,
    IReadOnlyList<double> Draws);

/// <summary>Intervals by the parametric bootstrap: the model fitted to responses that were simulated from the fit.</summary>
/// <param name="Level">The probability with which an interval is to hold the truth.</param>
/// <param name="Replicates">How many responses were simulated.</param>
/// <param name="Failed">How many of them have no fit; the intervals rest on the others.</param>
/// <param name="Singular">How many fits were singular; they count.</param>
/// <param name="Quantities">The quantities: coefficients, the random part, then statistics of the caller's.</param>
public sealed record BootstrapIntervals(double Level, int Replicates, int Failed, int Singular, IReadOnlyList<BootstrapQuantity> Quantities)
    : InferenceResult
{
    /// <summary>What the exponential of a coefficient is, or null where it has no meaning.</summary>
    internal string? Ratio { get; init; }

    /// <summary>The percentile intervals.</summary>
    public IntervalTable Percentile => Table("percentile bootstrap", static quantity => quantity.Percentile);

    /// <summary>The bias-corrected percentile intervals.</summary>
    public IntervalTable BiasCorrected => Table("bias-corrected bootstrap", static quantity => quantity.BiasCorrected);

    internal override IEnumerable<FitTable> Tables()
    {
        yield return new FitTable(
            string.Create(CultureInfo.InvariantCulture, $"Parametric bootstrap, {Replicates:N0} refits, {Failed:N0} failed"),
            ["group", "quantity", "estimate", "mean", "SE", From, "to", "bias-corrected from", "to"], 2, [.. Quantities.Select(Row)]);
        foreach (var table in Ratio is null ? [] : Percentile.Tables().Take(1)) yield return table;
    }

    private static string[] Row(BootstrapQuantity quantity)
    {
        var (percentile, corrected) = (quantity.Percentile, quantity.BiasCorrected);
        var number = AlignedNumbers.Of([quantity.StandardError, percentile.Estimate], 3);
        return
        [
            percentile.Group, percentile.Words, .. new[]
            {
                percentile.Estimate, quantity.Mean, quantity.StandardError, percentile.Lower, percentile.Upper,
                corrected.Lower, corrected.Upper,
            }.Select(number.Text),
        ];
    }

    private IntervalTable Table(string method, Func<BootstrapQuantity, IntervalEstimate> interval) =>
        new(method, Level, [.. Quantities.Select(interval)]) { Ratio = Ratio, Remarks = Remarks };

    private string From => (100 * Level).ToString("0.##", CultureInfo.InvariantCulture) + "% from";
}
