namespace Caseload.MixedModels.Inference;

/// <summary>What an interval is of.</summary>
public enum IntervalKind
{
    /// <summary>A coefficient, on the scale of the linear predictor.</summary>
    FixedEffect,

    /// <summary>The standard deviation of a random effect.</summary>
    StandardDeviation,

    /// <summary>The variance of a random effect.</summary>
    Variance,

    /// <summary>The correlation of two random effects.</summary>
    Correlation,

    /// <summary>The standard deviation of the residuals.</summary>
    ResidualStandardDeviation,

    /// <summary>A grouping's share of the variance: the intraclass correlation, on the latent scale where there is one.</summary>
    PartitionCoefficient,

    /// <summary>The median odds ratio.</summary>
    MedianOddsRatio,

    /// <summary>The dispersion of the negative binomial family.</summary>
    Dispersion,

    /// <summary>A number that the caller computes from a fit.</summary>
    Statistic,
}

/// <summary>An estimate and its interval.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Group">The grouping of a random effect; empty of others.</param>
/// <param name="Term">The coefficient, the random effect, or the two that are correlated; empty where there is no choice.</param>
/// <param name="Estimate">The estimate, in the unit of the kind; infinite or not-a-number where none exists.</param>
/// <param name="Lower">The lower limit; minus infinity or the end of the range where there is none, not-a-number where it was not
/// found.</param>
/// <param name="Upper">The upper limit, likewise.</param>
public sealed record IntervalEstimate(IntervalKind Kind, string Group, string Term, double Estimate, double Lower, double Upper)
{
    /// <summary>
    /// The estimate of a coefficient as a ratio: its exponential, with the logit link the odds ratio, with log the rate ratio, with cloglog
    /// the hazard ratio.
    /// </summary>
    public double Ratio => Math.Exp(Estimate);

    /// <summary>The lower limit of the ratio.</summary>
    public double RatioLower => Math.Exp(Lower);

    /// <summary>The upper limit of the ratio.</summary>
    public double RatioUpper => Math.Exp(Upper);

    /// <summary>What it is, in words.</summary>
    internal string Words => Kind switch
    {
        IntervalKind.FixedEffect or IntervalKind.Statistic => Term,
        IntervalKind.StandardDeviation => "SD of " + Term,
        IntervalKind.Variance => "variance of " + Term,
        IntervalKind.Correlation => "correlation of " + Term,
        IntervalKind.ResidualStandardDeviation => "SD",
        IntervalKind.PartitionCoefficient => "variance partition coefficient",
        IntervalKind.MedianOddsRatio => "median odds ratio",
        _ => "dispersion",
    };
}
