using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.Models.MissingData;

/// <summary>
/// A test that several coefficients are all 0, pooled over completed data sets: the statistic D1 of Li, Raghunathan and Rubin (1991),
/// Wald's test with one relative increase of variance for all the coefficients.
/// </summary>
/// <param name="Statistic">D1, compared with an F distribution.</param>
/// <param name="Terms">The numerator's degrees of freedom: how many coefficients.</param>
/// <param name="DegreesOfFreedom">The denominator's; infinite where nothing lies between the data sets.</param>
/// <param name="RelativeIncrease">The mean relative increase of the variance due to the missing values.</param>
public sealed record PooledTest(double Statistic, int Terms, double DegreesOfFreedom, double RelativeIncrease)
{
    /// <summary>The p value.</summary>
    public double P => !double.IsFinite(Statistic) ? double.NaN
        : DegreesOfFreedom > PooledEstimate.LargeSample
            ? 1 - ChiSquared.CDF(Terms, Terms * Statistic)
            : 1 - FisherSnedecor.CDF(Terms, DegreesOfFreedom, Statistic);

    /// <summary>Pools the test.</summary>
    /// <param name="estimates">The coefficients of each completed data set, two sets or more.</param>
    /// <param name="covariances">Their covariance matrix in each.</param>
    public static PooledTest Of(IReadOnlyList<double[]> estimates, IReadOnlyList<double[,]> covariances)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        ArgumentNullException.ThrowIfNull(covariances);
        if (estimates.Count < 2 || estimates.Count != covariances.Count)
            throw new ArgumentException("Two sets or more, each with its covariance matrix.", nameof(estimates));
        var (m, k) = (estimates.Count, estimates[0].Length);
        var vectors = estimates.Select(Vector<double>.Build.DenseOfArray).ToArray();
        var mean = vectors.Aggregate((a, b) => a + b) / m;
        var within = covariances.Select(Matrix<double>.Build.DenseOfArray).Aggregate((a, b) => a + b) / m;
        var between = vectors.Select(v => (v - mean).OuterProduct(v - mean)).Aggregate((a, b) => a + b) / (m - 1);
        if (k == 0 || !within.Enumerate().All(double.IsFinite)) return new PooledTest(double.NaN, k, double.NaN, double.NaN);
        var increase = (1 + 1.0 / m) * within.Solve(between).Trace() / k;
        return new PooledTest(mean * within.Solve(mean) / (k * (1 + increase)), k, Freedom(k * (m - 1), k, increase, m), increase);
    }

    private static double Freedom(double t, int k, double increase, int m)
    {
        if (increase <= 0) return double.PositiveInfinity;
        return t > 4
            ? 4 + (t - 4) * Math.Pow(1 + (1 - 2 / t) / increase, 2)
            : (m - 1) * (k + 1) * Math.Pow(1 + 1 / increase, 2) / 2;
    }
}
