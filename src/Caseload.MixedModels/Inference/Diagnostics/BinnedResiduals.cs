using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>Rows that are alike in what the bins are made of.</summary>
/// <param name="At">What they are alike in: the mean of the fitted means or of the column; not-a-number of a level.</param>
/// <param name="Weight">The trials, or the weights of counts and numbers.</param>
/// <param name="Fitted">The mean of the fitted means, in the rows' own groups.</param>
/// <param name="Observed">The mean response.</param>
/// <param name="StandardError">The standard error of the observed mean where the fitted ones hold.</param>
public sealed record ResidualBin(double At, double Weight, double Fitted, double Observed, double StandardError)
{
    /// <summary>The level, where the bins are the levels of a column of text or flags.</summary>
    public string? Level { get; init; }

    /// <summary>The mean residual.</summary>
    public double Residual => Observed - Fitted;

    /// <summary>Whether it lies within two standard errors of 0.</summary>
    public bool IsWithin => Math.Abs(Residual) <= 2 * StandardError;
}

/// <summary>
/// Mean residuals over bins of the fitted mean or of a column, with limits of two standard errors (Gelman and Hill 2007, section 5.6).
/// </summary>
/// <param name="Column">The column that the bins are made of; null where they are made of the fitted mean.</param>
/// <param name="Bins">The bins, from the smallest number, or the levels in their order.</param>
public sealed record BinnedResiduals(string? Column, IReadOnlyList<ResidualBin> Bins) : InferenceResult
{
    internal static BinnedResiduals Of(MixedModelFit fit, int bins)
    {
        var means = FittedMeans.Of(fit);
        Require(bins, means.Fitted.Length);
        var binned = ColumnBins.OfEqualWeight(means.Fitted, means.Weights, bins);
        return Of(null, [.. binned.Select(rows => Bin(fit, means, rows, means.Fitted))], fit, "");
    }

    internal static BinnedResiduals Of(MixedModelFit fit, Frame data, string column, int bins)
    {
        var (rows, values) = (DataMeans.Of(fit, data, GroupsAs.Known, column), data[column]);
        Require(bins, rows.Numbers.Length);
        var means = rows.Means;
        var leftOut = data.RowCount - rows.Numbers.Length;
        var said = leftOut == 0 ? "" : FormattableString.Invariant($" Rows with a missing cell or without trials, left out: {leftOut:N0}.");
        var binned = ColumnBins.Of(values, rows.Numbers, means.Weights, bins);
        var numbers = values.Type is ColumnType.Text or ColumnType.Flag ? null : ColumnBins.Numbers(values, rows.Numbers);
        return Of(column, [.. binned.Select(bin => Bin(fit, means, bin.Rows, numbers) with { Level = bin.Label })], fit, said);
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var (number, at) = (AlignedNumbers.Of(Bins.Select(bin => bin.StandardError), 3), AlignedNumbers.Of(Bins.Select(bin => bin.At), 3));
        var caption = "Binned residuals" + (Column is null ? "" : " by " + Column);
        yield return new FitTable(caption, [Column ?? "bin", "", "weight", "fitted", "observed", "residual", "2 SE"], 2,
            [.. Bins.Select((bin, i) => (string[])
            [
                Column is null ? FormattableString.Invariant($"{i + 1}") : bin.Level ?? at.Text(bin.At), bin.IsWithin ? "" : "outside",
                FitTable.Decimals(bin.Weight, 0), number.Text(bin.Fitted), number.Text(bin.Observed), number.Text(Rounded(bin.Residual)),
                number.Text(2 * bin.StandardError),
            ])]);
    }

    private static BinnedResiduals Of(string? column, ResidualBin[] bins, MixedModelFit fit, string leftOut) => new(column, bins)
    {
        Remarks =
        [
            FormattableString.Invariant($"{bins.Count(bin => bin.IsWithin)} of {bins.Length} bins lie within two standard errors; ")
                + "about 95% should where the model holds." + leftOut + (fit.RandomEffects.Count == 0 ? ""
                    : " Fitted means hold the modes of the rows' own groups, which are drawn towards 0 and to the rows' own responses: "
                        + "residuals are a little small" + (column is null
                            ? ", and the lowest bins lie below and the highest above 0, the more so the smaller the groups." : ".")),
        ],
    };

    private static ResidualBin Bin(MixedModelFit fit, FittedMeans means, int[] rows, double[]? by)
    {
        var weight = rows.Sum(row => means.Weights[row]);
        var variance = rows.Sum(row => means.Weights[row] * FittedMeans.Variance(fit, means.Fitted[row]));
        return new ResidualBin(by is null ? double.NaN : rows.Sum(row => means.Weights[row] * by[row]) / weight, weight,
            rows.Sum(row => means.Weights[row] * means.Fitted[row]) / weight, rows.Sum(row => means.Sums[row]) / weight,
            Math.Sqrt(variance) / weight);
    }

    // A residual of 0 but for rounding is 0.
    private static double Rounded(double residual) => Math.Round(residual, 12) + 0.0;

    private static void Require(int bins, int rows)
    {
        if (bins < 2 || bins > rows)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, FormattableString.Invariant($"{bins} bins"),
                FormattableString.Invariant($"from 2 to the number of rows, {rows}"), "bins", "Ask for 20, for example."));
    }
}
