using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Optimisation;

namespace Caseload.MixedModels.Fits;

/// <summary>Maximises the approximated log-likelihood in the fixed effects and the standard deviation of the random intercept.</summary>
internal sealed class RandomInterceptSearch(Design design, CodedVariable groups, FitSettings settings)
{
    // Standard deviations to begin from: on the scale of every link they span what data hold.
    private static readonly double[] Starts = [0.1, 0.4, 1, 3];

    // In standard errors: how near to the maximum of the Laplace approximation quadrature begins.
    private const double Near = 0.05;

    // Below this a standard deviation is 0 for every purpose.
    private const double SmallestDeviation = 1e-4;

    /// <summary>The maximum, which may lie at a variance of 0.</summary>
    /// <param name="rough">A rough maximum without the random effect; the exact one is that at a variance of 0.</param>
    internal Estimates Maximise(Optimum rough)
    {
        // At sigma = 0 the approximations agree, derivatives included.
        var likelihood = settings.QuadraturePoints == 1
            ? rough.Likelihood
            : new QuadratureLikelihood(design, GaussHermite.Of(settings.QuadraturePoints));
        var sigma = VarianceScore.Maximum(rough.At);
        if (!RisesFromZero(rough))
        {
            (sigma, var value) = Starts.Select(s => (Sigma: s, Value: likelihood.Value(From(rough, s)))).MaxBy(s => s.Value);
            var glm = value > rough.At.LogLikelihood ? rough : new PooledSearch(settings).Refine(rough);
            if (glm != rough && !RisesFromZero(glm)) return AtZero(glm);
        }

        var optimum = Search(likelihood, rough, sigma);
        if (IsAbove(optimum, rough)) return Above(optimum);
        var exact = new PooledSearch(settings).Refine(rough);
        return IsAbove(optimum, exact) ? Above(optimum) : AtZero(exact);
    }

    // Quadrature begins near the maximum of the Laplace approximation, each of whose evaluations costs a fraction of its own.
    private Optimum Search(ILogLikelihood likelihood, Optimum rough, double sigma)
    {
        var newton = new NewtonOptimiser(settings);
        var start = Optimum.Start(rough.Likelihood, From(rough, sigma), VarianceScore.Modes(rough.At, sigma));
        if (likelihood == rough.Likelihood) return newton.Maximise(start, design.Width + 1, settings.StepTolerance);
        var near = newton.Maximise(start, design.Width + 1, Math.Max(Near, settings.StepTolerance));
        return newton.Maximise(near.Reason == StopReason.StepIsShort
            ? Optimum.Start(likelihood, near.Next, near.At.Modes)
            : Optimum.Start(likelihood, start.Point, start.At.Modes), design.Width + 1, settings.StepTolerance);
    }

    // The log-likelihood is even in sigma, so 0 is always stationary; it is a minimum along sigma where the curvature there is above 0.
    private bool RisesFromZero(Optimum glm) => glm.At.Hessian[design.Width, design.Width] > 0;

    // The maximum at a variance of 0 lies above a point near it by half the square of the step's length, or little more.
    private static bool IsAbove(Optimum optimum, Optimum glm) => Math.Abs(optimum.Point[^1]) >= SmallestDeviation
        && optimum.At.LogLikelihood > glm.At.LogLikelihood + glm.StepLength * glm.StepLength + 1e-12 * Math.Abs(glm.At.LogLikelihood);

    private Estimates Above(Optimum optimum)
    {
        var estimates = Estimates.Joint(design, optimum, [$"standard deviation of {groups.Name}"], (at, again, covariance) =>
            Random(groups, at[^1], again, covariance is null ? double.NaN : Math.Sqrt(covariance[design.Width, design.Width])));
        return estimates with
        {
            Finer = FinerQuadrature.Of(settings.QuadraturePoints, points =>
                new QuadratureGradient(design, GaussHermite.Of(points)).Evaluate(estimates.Optimum.Next, estimates.Again.Modes)),
        };
    }

    private Estimates AtZero(Optimum glm) => Estimates.Joint(design, glm, [], (_, again, _) => Random(groups, 0, again, double.NaN)) with
    {
        Singular = [new SingularDirection(groups.Name, DesignColumn.InterceptName, 0)],
    };

    /// <summary>
    /// What a fit says of the intercepts: the group adds sigma b to the linear predictor; b has the conditional standard deviation
    /// 1 / sqrt(H). The sign of sigma is free.
    /// </summary>
    internal static RandomPart Random(CodedVariable groups, double sigma, LikelihoodPoint at, double error) => new(
        [
            new RandomEffect(groups.Name, [DesignColumn.InterceptName], [Math.Abs(sigma)], [error], [[sigma * sigma]]),
        ],
        [
            .. groups.Levels!.Select((level, group) => new ConditionalMode(groups.Name, level, DesignColumn.InterceptName,
                sigma * at.Modes[group], Math.Abs(sigma) / Math.Sqrt(at.Precisions[group]))),
        ]);

    private double[] From(Optimum glm, double sigma)
    {
        var larger = Math.Sqrt(1 + design.Kernel.Attenuation * sigma * sigma);
        return [.. glm.Point[..^1].Select(beta => beta * larger), sigma];
    }
}
