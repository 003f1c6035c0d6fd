using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>Rows of similar fitted means.</summary>
/// <param name="Weight">The trials, or the weights of counts and numbers.</param>
/// <param name="Fitted">The mean of the fitted means, in the rows' own groups.</param>
/// <param name="Observed">The mean response.</param>
/// <param name="StandardError">The standard error of the observed mean where the fitted ones hold.</param>
public sealed record ResidualBin(double Weight, double Fitted, double Observed, double StandardError)
{
    /// <summary>The mean residual.</summary>
    public double Residual => Observed - Fitted;

    /// <summary>Whether it lies within two standard errors of 0.</summary>
    public bool IsWithin => Math.Abs(Residual) <= 2 * StandardError;
}

/// <summary>Mean residuals over bins of the fitted mean, with limits of two standard errors (Gelman and Hill 2007, section 5.6).</summary>
/// <param name="Bins">The bins, from the smallest fitted mean.</param>
public sealed record BinnedResiduals(IReadOnlyList<ResidualBin> Bins) : InferenceResult
{
    internal static BinnedResiduals Of(MixedModelFit fit, int bins)
    {
        var means = FittedMeans.Of(fit);
        if (bins < 2 || bins > means.Fitted.Length)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, FormattableString.Invariant($"{bins} bins"),
                FormattableString.Invariant($"from 2 to the number of rows, {means.Fitted.Length}"), "bins", "Ask for 20, for example."));
        var rows = means.Binned(bins).Select(rows =>
        {
            var weight = rows.Sum(row => means.Weights[row]);
            var variance = rows.Sum(row => means.Weights[row] * FittedMeans.Variance(fit, means.Fitted[row]));
            return new ResidualBin(weight, rows.Sum(row => means.Weights[row] * means.Fitted[row]) / weight,
                rows.Sum(row => means.Sums[row]) / weight, Math.Sqrt(variance) / weight);
        }).ToArray();
        return new BinnedResiduals(rows)
        {
            Remarks =
            [
                FormattableString.Invariant($"{rows.Count(bin => bin.IsWithin)} of {rows.Length} bins lie within two standard errors; ")
                    + "about 95% should. Fitted means hold the modes of the rows' own groups, so that residuals are a little small.",
            ],
        };
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(Bins.Select(bin => bin.StandardError), 3);
        yield return new FitTable("Binned residuals", ["bin", "", "weight", "fitted", "observed", "residual", "2 SE"], 2,
            [.. Bins.Select((bin, i) => (string[])
            [
                FormattableString.Invariant($"{i + 1}"), bin.IsWithin ? "" : "outside", FitTable.Decimals(bin.Weight, 0),
                number.Text(bin.Fitted), number.Text(bin.Observed), number.Text(bin.Residual), number.Text(2 * bin.StandardError),
            ])]);
    }
}
