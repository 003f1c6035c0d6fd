using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>An estimate with sampling weights.</summary>
/// <param name="Name">The fixed effect, or the standard deviation and its grouping.</param>
/// <param name="Unweighted">The estimate of the same model without weights.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its sandwich standard error; not-a-number of a standard deviation of 0.</param>
public sealed record WeightedEstimate(string Name, double Unweighted, double Estimate, double StandardError)
{
    /// <summary>The lower end of the 95% interval.</summary>
    public double Lower => Estimate - StandardNormal.HalfWidth(0.95) * StandardError;

    /// <summary>The upper end of the 95% interval.</summary>
    public double Upper => Estimate + StandardNormal.HalfWidth(0.95) * StandardError;
}

/// <summary>A model with a random intercept by weighted pseudo-likelihood (Rabe-Hesketh and Skrondal 2006).</summary>
/// <param name="Group">The grouping.</param>
/// <param name="Groups">The number of groups sampled.</param>
/// <param name="Scaling">How the weights of rows were scaled.</param>
/// <param name="FixedEffects">The fixed effects.</param>
/// <param name="StandardDeviation">The standard deviation of the intercept between groups.</param>
public sealed record WeightedEstimates(string Group, int Groups, WeightScaling Scaling, IReadOnlyList<WeightedEstimate> FixedEffects,
    WeightedEstimate StandardDeviation) : InferenceResult
{
    internal override IEnumerable<FitTable> Tables()
    {
        WeightedEstimate[] rows = [.. FixedEffects, StandardDeviation];
        var number = AlignedNumbers.Of(rows.Select(row => row.StandardError), 3);
        yield return new FitTable(FormattableString.Invariant($"Estimates with sampling weights: {Groups} groups of {Group}"),
            ["estimate of", "unweighted", "weighted", "sandwich SE", "z", "p", "95% from", "to"], 1, [.. rows.Select(row =>
            {
                // Whether a standard deviation is 0 is not told by its standard error.
                var z = row == StandardDeviation ? double.NaN : row.Estimate / row.StandardError;
                return (string[])
                [
                    row.Name, number.Text(row.Unweighted), number.Text(row.Estimate), number.Text(row.StandardError),
                    FitTable.Decimals(z, 2), FitTable.Probability(StandardNormal.Beyond(z)), number.Text(row.Lower), number.Text(row.Upper),
                ];
            })]);
    }
}
