using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Optimisation;

/// <summary>
/// Maximises the likelihood without the random effect, as if all groups were one. Beside being an estimate of its own it is where the
/// search with the random effect begins and what separation is judged by; for those a rough maximum does.
/// </summary>
internal sealed class PooledSearch(FitSettings settings)
{
    // In standard errors. The proof that nothing is separated holds at this distance from the maximum already, as a rule.
    private const double Rough = 1e-2;

    /// <summary>The start: all coefficients 0 but the intercept.</summary>
    internal static Optimum Start(Design design)
    {
        var point = new double[design.Width + 1];
        if (design.HasIntercept) point[0] = design.Kernel.StartingIntercept(design.Cells, design.Offsets);
        var likelihood = new LaplaceLikelihood(design);
        return Optimum.Start(likelihood, point, new double[likelihood.GroupCount]);
    }

    /// <summary>A rough maximum.</summary>
    internal Optimum Approach(Optimum start) =>
        new NewtonOptimiser(settings).Maximise(start, start.Point.Length - 1, Math.Max(Rough, settings.StepTolerance));

    /// <summary>The maximum from a rough one.</summary>
    internal Optimum Refine(Optimum rough) => new NewtonOptimiser(settings).Maximise(rough, rough.Point.Length - 1, settings.StepTolerance);
}
