using MathNet.Numerics.Distributions;

namespace Caseload.Models.MissingData;

/// <summary>An estimate pooled over completed data sets by Rubin's rules.</summary>
/// <param name="Estimate">The mean of the estimates.</param>
/// <param name="Within">The mean of the squared standard errors.</param>
/// <param name="Between">The variance of the estimates between data sets.</param>
/// <param name="Imputations">The number of data sets.</param>
/// <param name="DegreesOfFreedom">Of the t distribution of the estimate; infinite where nothing lies between the data sets.</param>
public sealed record PooledEstimate(double Estimate, double Within, double Between, int Imputations, double DegreesOfFreedom)
{
    // With more degrees of freedom the t distribution is normal to eight digits, and its own functions lose theirs.
    internal const double LargeSample = 1e8;

    /// <summary>The total variance: that within, that between, and what so few data sets leave open.</summary>
    public double Total => Within + (1 + 1.0 / Imputations) * Between;

    /// <summary>The standard error.</summary>
    public double StandardError => Math.Sqrt(Total);

    /// <summary>The relative increase of the variance due to the missing values.</summary>
    public double RelativeIncrease => (1 + 1.0 / Imputations) * Between / Within;

    /// <summary>The share of the total variance that is due to the missing values.</summary>
    public double ShareOfVariance => (1 + 1.0 / Imputations) * Between / Total;

    /// <summary>The fraction of missing information, corrected for the degrees of freedom (Rubin 1987, 3.3.8).</summary>
    public double FractionMissing => RelativeIncrease == 0 ? 0
        : (RelativeIncrease + 2 / (DegreesOfFreedom + 3)) / (RelativeIncrease + 1);

    /// <summary>The variance of infinitely many imputations over that of these (Rubin 1987, page 114).</summary>
    public double RelativeEfficiency => 1 / (1 + FractionMissing / Imputations);

    /// <summary>The lower end of the 95% interval.</summary>
    public double Lower => Estimate - Quantile * StandardError;

    /// <summary>The upper end of the 95% interval.</summary>
    public double Upper => Estimate + Quantile * StandardError;

    /// <summary>The two-sided p value of the test that the true value is 0.</summary>
    public double P => !double.IsFinite(Estimate / StandardError) ? double.NaN
        : 2 * (DegreesOfFreedom > LargeSample
            ? Normal.CDF(0, 1, -Math.Abs(Estimate) / StandardError)
            : StudentT.CDF(0, 1, DegreesOfFreedom, -Math.Abs(Estimate) / StandardError));

    private double Quantile => !double.IsFinite(StandardError) ? double.NaN
        : DegreesOfFreedom > LargeSample
            ? Normal.InvCDF(0, 1, 0.975)
            : StudentT.InvCDF(0, 1, DegreesOfFreedom, 0.975);
}

/// <summary>Rubin's rules: how estimates of several completed data sets become one.</summary>
public static class RubinsRules
{
    /// <summary>Pools an estimate.</summary>
    /// <param name="estimates">The estimate of each completed data set, two or more.</param>
    /// <param name="standardErrors">Its standard error in each.</param>
    /// <param name="completeDegreesOfFreedom">
    /// The degrees of freedom that the estimate would have without missing values (Barnard and Rubin 1999). Infinite, the default, gives
    /// the degrees of freedom of Rubin (1987), as goes with inference that is Wald's by the normal distribution.
    /// </param>
    /// <returns>The pooled estimate; not-a-number throughout where one of the estimates does not exist.</returns>
    public static PooledEstimate Pool(
        IReadOnlyList<double> estimates, IReadOnlyList<double> standardErrors, double completeDegreesOfFreedom = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        ArgumentNullException.ThrowIfNull(standardErrors);
        if (estimates.Count < 2 || estimates.Count != standardErrors.Count)
            throw new ArgumentException("Two estimates or more, each with its standard error.", nameof(estimates));
        var m = estimates.Count;
        var mean = estimates.Average();
        var within = standardErrors.Average(error => error * error);

        // Equal estimates have a mean that may differ from them by rounding; nothing lies between them all the same.
        var between = estimates.All(e => e.Equals(estimates[0])) ? 0 : estimates.Sum(e => (e - mean) * (e - mean)) / (m - 1);
        var share = (1 + 1.0 / m) * between / (within + (1 + 1.0 / m) * between);
        return new PooledEstimate(
            between == 0 && double.IsFinite(mean) ? estimates[0] : mean, within, between, m, Freedom(m, share, completeDegreesOfFreedom));
    }

    private static double Freedom(int m, double share, double complete)
    {
        var large = share == 0 ? double.PositiveInfinity : (m - 1) / (share * share);
        if (double.IsInfinity(complete)) return large;
        var observed = (complete + 1) / (complete + 3) * complete * (1 - share);
        return double.IsInfinity(large) ? observed : large * observed / (large + observed);
    }
}
