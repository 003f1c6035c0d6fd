using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Fits;

/// <summary>Maximises the Laplace log-likelihood in the fixed effects and the standard deviation of the random intercept.</summary>
internal sealed class RandomInterceptSearch(Design design, FitSettings settings)
{
    // Standard deviations to begin from: on the logit scale they span what data hold.
    private static readonly double[] Starts = [0.1, 0.4, 1, 3];

    // Conditional on the random effect, logistic coefficients are larger than without it by about sqrt(1 + c^2 sigma^2), with
    // c = 16 sqrt(3) / (15 pi) (Zeger, Liang and Albert 1988).
    private const double Attenuation = 0.345_843;

    // Below this a standard deviation is 0 for every purpose.
    private const double SmallestDeviation = 1e-4;

    private readonly LaplaceLikelihood likelihood = new(design);

    /// <summary>The maximum, which may lie at a variance of 0.</summary>
    /// <param name="glm">The maximum without the random effect, which is the one at a variance of 0.</param>
    internal Estimates Maximise(Optimum glm)
    {
        // The log-likelihood is even in sigma, so 0 is always stationary; it is a minimum along sigma where the curvature there is above 0.
        var rises = glm.At.Hessian[design.Width, design.Width] > 0;
        var (start, value) = Starts.Select(sigma => From(glm, sigma)).Select(point => (Point: point, Value: likelihood.Value(point))).MaxBy(s => s.Value);
        if (!rises && value <= glm.At.LogLikelihood) return AtZero(glm);
        var optimum = new NewtonOptimiser(likelihood, settings).Maximise(start, withSigma: true);
        var above = optimum.At.LogLikelihood > glm.At.LogLikelihood + 1e-12 * Math.Abs(glm.At.LogLikelihood);
        return above && Math.Abs(optimum.Point[^1]) >= SmallestDeviation ? Estimates.Of(design, optimum, withSigma: true) : AtZero(glm);
    }

    private Estimates AtZero(Optimum glm) => Estimates.Of(design, glm, withSigma: false) with { Singular = true };

    private static double[] From(Optimum glm, double sigma)
    {
        var larger = Math.Sqrt(1 + Attenuation * sigma * sigma);
        return [.. glm.Point[..^1].Select(beta => beta * larger), sigma];
    }
}
