using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Optimisation;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Fits;

/// <summary>Maximises the approximated log-likelihood in the fixed effects and the covariance matrices of any random effects.</summary>
internal sealed class RandomEffectsSearch(Design design, RandomLayout layout, FitSettings settings)
{
    // Standard deviations of all effects to begin from, for columns of root mean square 1.
    private static readonly double[] Starts = [0.1, 0.4, 1, 3];

    /// <summary>The maximum, which may be singular.</summary>
    /// <param name="rough">A rough maximum without random effects.</param>
    internal Estimates Maximise(Optimum rough)
    {
        var likelihood = new SparseLaplaceLikelihood(design, layout);
        var start = Starts.Select(deviation => From(rough, likelihood, deviation)).MaxBy(likelihood.Value)!;
        var optimum = new NewtonOptimiser(settings).Maximise(Optimum.Start(likelihood, start, new double[likelihood.ModeCount]), likelihood.Parameters,
            settings.StepTolerance);
        optimum = AtTheEdge(optimum);
        RandomEstimates? random = null;
        var estimates = Estimates.Joint(design, optimum, [.. likelihood.Factors.Elements.Select(element => element.Name)],
            (again, covariance) => (random = RandomEstimates.Of(likelihood, optimum.Next, again, covariance)).Part);
        return estimates with { Singular = random!.Singular };
    }

    // The log-likelihood is even in every column of Lambda, so that a vanishing diagonal element is 0 for every purpose.
    private Optimum AtTheEdge(Optimum optimum)
    {
        var (point, elements) = ((double[])optimum.Next.Clone(), new CovarianceFactors(layout).Elements);
        for (var k = 0; k < elements.Count; k++)
        {
            if (elements[k].Row == elements[k].Column && Math.Abs(point[design.Width + k]) < FitChecks.SingularTolerance)
                point[design.Width + k] = 0;
        }

        return optimum with { Next = point };
    }

    private double[] From(Optimum glm, SparseLaplaceLikelihood likelihood, double deviation)
    {
        var larger = Math.Sqrt(1 + design.Kernel.Attenuation * deviation * deviation);
        return [.. glm.Point.Take(design.Width).Select(beta => beta * larger), .. likelihood.Factors.Diagonal(deviation)];
    }
}
