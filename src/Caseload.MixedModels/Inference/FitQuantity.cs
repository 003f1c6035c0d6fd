using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference;

/// <summary>A number that a fit gives.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Group">The grouping, or nothing.</param>
/// <param name="Term">The term, or nothing.</param>
/// <param name="Of">Takes it from a fit of the same model.</param>
internal sealed record FitQuantity(IntervalKind Kind, string Group, string Term, Func<MixedModelFit, double> Of)
{
    /// <summary>Everything that intervals are given of: coefficients, then what describes the random part.</summary>
    internal static IEnumerable<FitQuantity> All(MixedModelFit fit) =>
        [.. Coefficients(fit), .. Enumerable.Range(0, fit.RandomEffects.Count).SelectMany(block => Block(fit, block)), .. Others(fit)];

    private static IEnumerable<FitQuantity> Coefficients(MixedModelFit fit) => fit.FixedEffects.Select((effect, k) =>
        new FitQuantity(IntervalKind.FixedEffect, "", effect.Term, other => other.FixedEffects[k].Estimate));

    private static IEnumerable<FitQuantity> Block(MixedModelFit fit, int block)
    {
        var (group, terms) = (fit.RandomEffects[block].Group, fit.RandomEffects[block].Terms);
        for (var k = 0; k < terms.Count; k++)
        {
            var effect = k;
            yield return new(IntervalKind.StandardDeviation, group, terms[k],
                other => other.RandomEffects[block].StandardDeviations[effect]);
            yield return new(IntervalKind.Variance, group, terms[k], other => other.RandomEffects[block].Covariance[effect][effect]);
        }

        for (var second = 1; second < terms.Count; second++)
        {
            for (var first = 0; first < second; first++)
            {
                var (one, two) = (first, second);
                yield return new(IntervalKind.Correlation, group, $"{terms[one]} and {terms[two]}",
                    other => other.RandomEffects[block].Correlation[one][two]);
            }
        }
    }

    private static IEnumerable<FitQuantity> Others(MixedModelFit fit)
    {
        var shares = fit.VarianceShares;
        for (var g = 0; g < shares.Count; g++)
        {
            var share = g;
            if (double.IsFinite(shares[g].PartitionCoefficient))
                yield return new(IntervalKind.PartitionCoefficient, shares[g].Group, "",
                    other => other.VarianceShares[share].PartitionCoefficient);
            if (double.IsFinite(shares[g].MedianOddsRatio))
                yield return new(IntervalKind.MedianOddsRatio, shares[g].Group, "", other => other.VarianceShares[share].MedianOddsRatio);
        }

        if (fit.ResidualStandardDeviation is not null)
            yield return new(IntervalKind.ResidualStandardDeviation, "residual", "",
                static other => other.ResidualStandardDeviation!.Value);
        if (fit.Family == Family.NegativeBinomial && double.IsFinite(fit.Dispersion))
            yield return new(IntervalKind.Dispersion, "", "", static other => other.Dispersion);
    }
}
