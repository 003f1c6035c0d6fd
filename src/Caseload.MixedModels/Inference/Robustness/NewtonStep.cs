using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>One step of Newton's method.</summary>
internal static class NewtonStep
{
    /// <summary>The step from a point where the log-likelihood has these derivatives; null where it has no maximum that way.</summary>
    /// <param name="gradient">The first derivatives.</param>
    /// <param name="hessian">The second derivatives.</param>
    /// <param name="free">The parameters that may move.</param>
    internal static double[]? Of(double[] gradient, double[,] hessian, int[] free)
    {
        var information = new double[free.Length, free.Length];
        for (var row = 0; row < free.Length; row++)
        {
            for (var column = 0; column < free.Length; column++) information[row, column] = -hessian[free[row], free[column]];
        }

        if (Cholesky.Factor(information)?.Solve([.. free.Select(k => gradient[k])]) is not { } solution) return null;
        var step = new double[gradient.Length];
        for (var k = 0; k < free.Length; k++) step[free[k]] = solution[k];
        return step;
    }

    /// <summary>
    /// The step without a cluster. By the coefficients the second derivatives are those of the others; by the variances the cluster's own
    /// swing with its residuals, and an average cluster's are taken off in their place, as Fisher's scoring would.
    /// </summary>
    /// <param name="whole">All clusters, at their maximum.</param>
    /// <param name="own">The cluster there.</param>
    /// <param name="free">The parameters that may move.</param>
    /// <param name="at">The number of coefficients, and the share of an average cluster.</param>
    internal static double[]? Without(LikelihoodPoint whole, LikelihoodPoint own, int[] free, (int Width, double Share) at)
    {
        double[] gradient = [.. whole.Gradient.Zip(own.Gradient, (all, part) => all - part)];
        var hessian = Less(whole.Hessian, at.Share);
        for (var row = 0; row < at.Width; row++)
        {
            for (var column = 0; column < at.Width; column++) hessian[row, column] = whole.Hessian[row, column] - own.Hessian[row, column];
        }

        return Of(gradient, hessian, free);
    }

    /// <summary>A matrix less a share of it.</summary>
    internal static double[,] Less(double[,] matrix, double share)
    {
        var less = (double[,])matrix.Clone();
        for (var row = 0; row < less.GetLength(0); row++)
        {
            for (var column = 0; column < less.GetLength(1); column++) less[row, column] *= 1 - share;
        }

        return less;
    }
}
