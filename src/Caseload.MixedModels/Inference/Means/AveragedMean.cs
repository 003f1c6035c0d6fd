namespace Caseload.MixedModels.Inference.Means;

/// <summary>The mean of the response averaged over random effects, which bring a normal number to the linear predictor.</summary>
/// <param name="Value">E[g(eta + sqrt(v) Z)], where g is the inverse of the link and Z standard normal.</param>
/// <param name="Slope">Its derivative by eta.</param>
/// <param name="VarianceSlope">Its derivative by v.</param>
internal readonly record struct AveragedMean(double Value, double Slope, double VarianceSlope)
{
    /// <summary>At a linear predictor and the variance that random effects bring to it.</summary>
    internal static AveragedMean At(Link link, double eta, double variance)
    {
        if (variance == 0)
        {
            var at = InverseLink.At(link, eta);
            return new AveragedMean(at.Value, at.Slope, at.Curve / 2);
        }

        // The mean of a lognormal number, and a normal distribution function averaged over its argument.
        switch (link)
        {
            case Link.Identity:
                return new AveragedMean(eta, 1, 0);
            case Link.Log:
                var mean = Math.Exp(eta + variance / 2);
                return new AveragedMean(mean, mean, mean / 2);
            case Link.Probit:
                var scale = Math.Sqrt(1 + variance);
                var probit = InverseLink.At(link, eta / scale);
                return new AveragedMean(probit.Value, probit.Slope / scale, probit.Curve / (2 * scale * scale));
        }

        var (rule, deviation) = (NormalRule.For(variance), Math.Sqrt(variance));
        var (value, slope, curve) = (0.0, 0.0, 0.0);
        for (var k = 0; k < rule.Nodes.Length; k++)
        {
            var at = InverseLink.At(link, eta + deviation * rule.Nodes[k]);
            value += rule.Weights[k] * at.Value;
            slope += rule.Weights[k] * at.Slope;
            curve += rule.Weights[k] * at.Curve;
        }

        // By Stein's lemma the derivative by the variance is half the mean of the second derivative.
        return new AveragedMean(value, slope, curve / 2);
    }
}
