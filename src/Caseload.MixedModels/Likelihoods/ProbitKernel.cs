using MathNet.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The binomial log-likelihood with a probit link. One trial that comes out at a distance t on the wrong side has the log-likelihood
/// log(1 - Phi(t)), whose derivatives by t are functions of the hazard of the normal distribution.
/// </summary>
/// <remarks>
/// With lambda = phi / (1 - Phi), delta = lambda - t and epsilon = 1/delta - t, the derivatives are l' = -lambda, w = lambda delta,
/// w' = w (2 delta - epsilon), w'' = w' (2 delta - epsilon) + w (2 delta' - epsilon'), where delta' = -delta (epsilon - delta) and
/// epsilon' = epsilon / delta - 2. In the far tail Laplace's continued fraction lambda = t + 1/(t + 2/(t + 3/...)) gives delta and epsilon
/// without cancellation (Abramowitz and Stegun 1964, 26.2.14).
/// </remarks>
internal sealed class ProbitKernel : ResponseKernel
{
    private const double Tail = 3;
    private const int Terms = 60;
    private static readonly double LogRootTwoPi = Math.Log(2 * Math.PI) / 2;

    internal static ProbitKernel Instance { get; } = new();

    internal override double Attenuation => 1;

    internal override double Mean(double eta) => SpecialFunctions.Erfc(-eta / Math.Sqrt(2)) / 2;

    internal override double MeanCurvature(double eta) => -eta;

    internal override KernelSums At(double successes, double trials, double eta)
    {
        var failures = trials - successes;
        var (f, s) = (failures == 0 ? default : Trial(eta), successes == 0 ? default : Trial(-eta));

        // A success is a failure seen from the other side: derivatives of odd order change their sign.
        return new KernelSums(failures * f.LogLikelihood + successes * s.LogLikelihood, failures * f.Score - successes * s.Score,
            failures * f.Weight + successes * s.Weight, failures * f.WeightSlope - successes * s.WeightSlope,
            failures * f.WeightCurve + successes * s.WeightCurve);
    }

    // log(1 - Phi(t)) and its derivatives.
    private static KernelSums Trial(double t)
    {
        double log, hazard, delta, epsilon;
        if (t < Tail)
        {
            var below = SpecialFunctions.Erfc(-t / Math.Sqrt(2)) / 2;
            log = t < 0 ? StableFunctions.LogOnePlus(-below) : Math.Log(SpecialFunctions.Erfc(t / Math.Sqrt(2)) / 2);
            hazard = Math.Exp(-t * t / 2 - LogRootTwoPi - log);
            delta = hazard - t;
            epsilon = 1 / delta - t;
        }
        else
        {
            var rest = 0.0;
            for (var k = Terms; k > 2; k--) rest = k / (t + rest);
            epsilon = 2 / (t + rest);
            delta = 1 / (t + epsilon);
            hazard = t + delta;
            log = -t * t / 2 - LogRootTwoPi - Math.Log(hazard);
        }

        var weight = hazard * delta;
        var ratio = 2 * delta - epsilon;
        var slope = weight * ratio;
        var curve = slope * ratio + weight * (2 - 2 * delta * (epsilon - delta) - epsilon / delta);
        return new KernelSums(log, -hazard, weight, slope, curve);
    }
}
