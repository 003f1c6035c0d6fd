using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Means;

/// <summary>The variance of a response (of one trial) on its own scale, at a linear predictor.</summary>
/// <param name="fit">The fit, for its family, link and dispersion.</param>
/// <param name="eta">The fixed part of the linear predictor.</param>
/// <param name="variance">The variance that all random effects together bring to it.</param>
internal sealed class ResponseVariance(MixedModelFit fit, double eta, double variance)
{
    /// <summary>The mean over the random effects.</summary>
    internal double Mean => AveragedMean.At(fit.Link, eta, variance).Value;

    /// <summary>The variance of an observation about the mean of its own groups, averaged over the random effects.</summary>
    internal double Within() => Average(variance, shift =>
    {
        var mean = InverseLink.At(fit.Link, eta + shift).Value;
        return fit.Family switch
        {
            Family.Binomial => mean * (1 - mean),
            Family.Poisson => mean,
            Family.NegativeBinomial => mean + mean * mean / fit.Dispersion,
            _ => fit.Dispersion,
        };
    });

    /// <summary>The variance of the mean given some of the random effects, averaged over the others.</summary>
    /// <param name="part">The variance that those bring to the linear predictor.</param>
    internal double Between(double part)
    {
        var mean = Mean;
        return Average(part, shift => Math.Pow(AveragedMean.At(fit.Link, eta + shift, Math.Max(variance - part, 0)).Value - mean, 2));
    }

    private static double Average(double variance, Func<double, double> function)
    {
        if (variance == 0) return function(0);
        var (rule, sum) = (NormalRule.For(variance), 0.0);
        for (var k = 0; k < rule.Nodes.Length; k++) sum += rule.Weights[k] * function(Math.Sqrt(variance) * rule.Nodes[k]);
        return sum;
    }
}
