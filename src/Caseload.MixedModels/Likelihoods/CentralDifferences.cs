namespace Caseload.MixedModels.Likelihoods;

/// <summary>The second derivatives of a log-likelihood by central differences of its exact gradient.</summary>
internal static class CentralDifferences
{
    // In standard errors: far above rounding, and so short that third derivatives contribute some 1e-7 of a second one.
    private const double Step = 3e-3;

    /// <summary>The Hessian at a point, symmetric.</summary>
    /// <param name="gradient">The exact gradient at a point.</param>
    /// <param name="point">The parameters.</param>
    /// <param name="rough">Second derivatives there, roughly: their diagonal tells the length of the steps.</param>
    internal static double[,] Hessian(Func<double[], double[]> gradient, double[] point, double[,] rough)
    {
        var hessian = new double[point.Length, point.Length];
        for (var k = 0; k < point.Length; k++)
        {
            var step = Step / Math.Sqrt(Math.Max(Math.Abs(rough[k, k]), 1e-8));
            var (above, below) = (gradient(Moved(point, k, step)), gradient(Moved(point, k, -step)));
            for (var i = 0; i < point.Length; i++)
            {
                var second = (above[i] - below[i]) / (2 * step);
                hessian[i, k] += second / 2;
                hessian[k, i] += second / 2;
            }
        }

        return hessian;
    }

    private static double[] Moved(double[] point, int parameter, double step)
    {
        var moved = (double[])point.Clone();
        moved[parameter] += step;
        return moved;
    }
}
