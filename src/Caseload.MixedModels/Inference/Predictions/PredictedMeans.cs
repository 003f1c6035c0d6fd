using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>A predicted mean of the response.</summary>
/// <param name="At">The covariates of the row.</param>
/// <param name="LinearPredictor">The linear predictor: the fixed part, for known groups with their modes.</param>
/// <param name="LinearError">
/// Its standard error; of an unseen group the standard deviation of its linear predictor, the random effects included.
/// </param>
/// <param name="Mean">The mean of the response.</param>
/// <param name="Error">Its standard error; of an unseen group the standard deviation of its mean.</param>
/// <param name="Lower">The lower end of the interval.</param>
/// <param name="Upper">The upper end.</param>
public sealed record PredictedMean(string At, double LinearPredictor, double LinearError, double Mean, double Error, double Lower,
    double Upper);

/// <summary>Predicted means of the response with intervals.</summary>
/// <param name="Groups">Which groups they are for.</param>
/// <param name="Level">The level of the intervals.</param>
/// <param name="Rows">One prediction a row of the data.</param>
public sealed record PredictedMeans(GroupsAs Groups, double Level, IReadOnlyList<PredictedMean> Rows) : InferenceResult
{
    internal override IEnumerable<FitTable> Tables()
    {
        var linear = AlignedNumbers.Of(Rows.Select(row => row.LinearError), 3);
        var mean = AlignedNumbers.Of(Rows.Select(row => row.Error), 3);
        var from = FormattableString.Invariant($"{100 * Level:0.#}% from");
        yield return new FitTable("Predicted means " + Groups switch
        {
            GroupsAs.Averaged => "averaged over the random effects",
            GroupsAs.AtZero => "where the random effects are 0",
            GroupsAs.Known => "in the groups of the data",
            _ => "in a group that the fit has not seen",
        }, ["at", "linear predictor", "SE", "mean", "SE", from, "to"], 1, Excerpt.Of(Rows, row =>
        [
            row.At, linear.Text(row.LinearPredictor), linear.Text(row.LinearError), mean.Text(row.Mean), mean.Text(row.Error),
            mean.Text(row.Lower), mean.Text(row.Upper),
        ]));
    }
}
