using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>An estimate with sampling weights.</summary>
/// <param name="Name">The fixed effect, or what it says of the random effects or residuals.</param>
/// <param name="Unweighted">The estimate of the same model without weights.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its sandwich standard error; not-a-number of a standard deviation of 0.</param>
public sealed record WeightedEstimate(string Name, double Unweighted, double Estimate, double StandardError)
{
    /// <summary>The lower end of the 95% interval.</summary>
    public required double Lower { get; init; }

    /// <summary>The upper end of the 95% interval.</summary>
    public required double Upper { get; init; }
}

/// <summary>A model with one grouping by weighted pseudo-likelihood (Rabe-Hesketh and Skrondal 2006).</summary>
/// <param name="Group">The grouping.</param>
/// <param name="Groups">The number of groups sampled.</param>
/// <param name="Scaling">How the weights of rows were scaled.</param>
/// <param name="FixedEffects">The fixed effects.</param>
/// <param name="RandomEffects">The standard deviations of the random effects, their correlations and, of a linear model, the standard
/// deviation of the residuals.</param>
public sealed record WeightedEstimates(string Group, int Groups, WeightScaling Scaling, IReadOnlyList<WeightedEstimate> FixedEffects,
    IReadOnlyList<WeightedEstimate> RandomEffects) : InferenceResult
{
    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(FixedEffects.Concat(RandomEffects).Select(row => row.StandardError), 3);
        yield return new FitTable(FormattableString.Invariant($"Estimates with sampling weights: {Groups} groups of {Group}"),
            ["estimate of", "unweighted", "weighted", "sandwich SE", "z", "p", "95% from", "to"], 1,
            [
                .. FixedEffects.Select(row => Row(row, row.Estimate / row.StandardError)),

                // Whether a standard deviation is 0 is not told by its standard error.
                .. RandomEffects.Select(row => Row(row, double.NaN)),
            ]);

        string[] Row(WeightedEstimate row, double z) =>
        [
            row.Name, number.Text(row.Unweighted), number.Text(row.Estimate), number.Text(row.StandardError),
            FitTable.Decimals(z, 2), FitTable.Probability(StandardNormal.Beyond(z)), number.Text(row.Lower), number.Text(row.Upper),
        ];
    }
}
