namespace Caseload.MixedModels.Fits;

/// <summary>What the variance of one grouping's random intercepts says, where all random effects are intercepts.</summary>
/// <param name="Group">The grouping.</param>
/// <param name="PartitionCoefficient">
/// The variance partition coefficient: this variance's share of the sum of all variances and that of an observation, which belongs to the
/// link (Goldstein, Browne and Rasbash 2002): pi^2/3 for logit, 1 for probit, pi^2/6 for cloglog, the residual variance of the Gaussian
/// family. Not-a-number with the log link, which has no latent scale.
/// </param>
/// <param name="MedianOddsRatio">
/// The median ratio of the odds in the higher and the lower of two randomly drawn groups, in all else equal:
/// exp(sqrt(2 variance) 0.6745) (Larsen and Merlo 2005). Not-a-number with any link but logit.
/// </param>
public sealed record VarianceShare(string Group, double PartitionCoefficient, double MedianOddsRatio)
{
    // The 75% quantile of the standard normal distribution.
    private const double UpperQuartile = 0.6744897501960817;

    internal static VarianceShare Of(string group, double variance, double whole, Link link) => new(group, variance / whole,
        link == Link.Logit ? Math.Exp(Math.Sqrt(2 * variance) * UpperQuartile) : double.NaN);
}
