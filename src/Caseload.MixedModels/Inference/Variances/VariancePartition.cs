using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Variances;

/// <summary>One part of the variance at some covariates.</summary>
/// <param name="At">The covariates.</param>
/// <param name="Part">A grouping, all groupings together, or the observation with the source of its latent variance.</param>
/// <param name="LatentVariance">The variance on the scale of the linear predictor.</param>
/// <param name="LatentShare">Its share: of a grouping the variance partition coefficient.</param>
/// <param name="ResponseVariance">The variance on the scale of the response, of one trial where it is binomial.</param>
/// <param name="ResponseShare">
/// Its share of the whole: of a grouping the correlation of two responses that share its group and no other.
/// </param>
public sealed record VariancePartitionRow(string At, string Part, double LatentVariance, double LatentShare, double ResponseVariance,
    double ResponseShare);

/// <summary>How the variance divides between the groupings and the observation, on two scales.</summary>
/// <param name="Rows">The parts, at each set of covariates.</param>
public sealed record VariancePartition(IReadOnlyList<VariancePartitionRow> Rows) : InferenceResult
{
    internal override IEnumerable<FitTable> Tables()
    {
        var latent = AlignedNumbers.Of(Rows.Select(row => row.LatentVariance), 4);
        var response = AlignedNumbers.Of(Rows.Select(row => row.ResponseVariance), 4);
        yield return new FitTable("Variance partition: variances and their shares on the latent scale and on that of the response",
            ["at", "part", "latent", "share", "response", "share"], 2,
            Excerpt.Of(Rows, row =>
            [
                row.At, row.Part, latent.Text(row.LatentVariance), FitTable.Decimals(row.LatentShare, 4),
                response.Text(row.ResponseVariance), FitTable.Decimals(row.ResponseShare, 4),
            ]));
    }
}
