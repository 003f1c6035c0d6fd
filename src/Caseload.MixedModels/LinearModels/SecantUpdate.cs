using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.LinearModels;

/// <summary>
/// Second derivatives after a step, from those before it and the gradients at both ends: the symmetric update of rank one (Nocedal and
/// Wright 2006, section 6.2), which does not depend on the scale of the parameters.
/// </summary>
internal static class SecantUpdate
{
    // Below this share of the largest it can be, the denominator is rounding, and the second derivatives stay as they were.
    private const double Smallest = 1e-8;

    /// <summary>The second derivatives after the step.</summary>
    /// <param name="before">The likelihood before it.</param>
    /// <param name="gradient">The gradient after it.</param>
    /// <param name="step">The step.</param>
    internal static double[,] Of(LikelihoodPoint before, double[] gradient, double[] step)
    {
        var size = step.Length;
        var hessian = (double[,])before.Hessian.Clone();
        var missing = new double[size];
        for (var i = 0; i < size; i++)
        {
            missing[i] = gradient[i] - before.Gradient[i];
            for (var j = 0; j < size; j++) missing[i] -= hessian[i, j] * step[j];
        }

        var along = Vectors.Dot(missing, step);
        if (!(Math.Abs(along) > Smallest * Math.Sqrt(Vectors.Dot(missing, missing) * Vectors.Dot(step, step)))) return hessian;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++) hessian[i, j] += missing[i] * missing[j] / along;
        }

        return hessian;
    }
}
