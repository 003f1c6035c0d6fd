using Caseload.MixedModels.Factorisations;

namespace Caseload.MixedModels.LinearModels;

/// <summary>The estimates of a linear model at given covariance factors.</summary>
/// <param name="Beta">The coefficients of the standardised columns.</param>
/// <param name="Unscaled">Their covariance matrix over the residual variance: (X'V^-1 X)^-1.</param>
/// <param name="Deviation">The residual standard deviation: its estimate in the likelihood.</param>
internal sealed record LinearSolution(double[] Beta, double[,] Unscaled, double Deviation)
{
    /// <summary>The degrees of freedom that the residual variance is estimated from.</summary>
    internal required double Freedom { get; init; }

    /// <summary>The random effects b = Lambda u.</summary>
    internal required double[] Effects { get; init; }

    /// <summary>Their conditional covariances over the residual variance, on the pattern: Lambda H^-1 Lambda'.</summary>
    internal required BlockMatrix Conditional { get; init; }

    /// <summary>The derivatives of the logarithm of the residual standard deviation by the free elements of Lambda.</summary>
    internal required double[] DeviationSlopes { get; init; }

    /// <summary>
    /// The covariance matrix of the free elements times the residual standard deviation, which are the covariance factors themselves. The
    /// logarithm of the latter, t, is profiled out: it has the covariances C d and the variance 1/(2 Freedom) + d'C d (Patefield 1977).
    /// </summary>
    /// <param name="theta">The free elements.</param>
    /// <param name="covariance">Their covariance matrix C, from the profiled likelihood.</param>
    internal double[,] ElementCovariance(double[] theta, double[,] covariance)
    {
        var size = theta.Length;
        var moved = new double[size];
        var variance = 1 / (2 * Freedom);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++) moved[i] += covariance[i, j] * DeviationSlopes[j];
            variance += DeviationSlopes[i] * moved[i];
        }

        var result = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                result[i, j] = Deviation * Deviation
                    * (covariance[i, j] + theta[i] * moved[j] + moved[i] * theta[j] + theta[i] * theta[j] * variance);
        }

        return result;
    }
}
