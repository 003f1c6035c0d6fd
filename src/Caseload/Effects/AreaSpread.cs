using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;

namespace Caseload.Effects;

/// <summary>What lies between authorities in one of the models, with profile-likelihood intervals.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Variance">The variance of the authorities' effects, in squared log-odds.</param>
/// <param name="Deviation">Its square root, in log-odds.</param>
/// <param name="Partition">
/// The variance partition coefficient, which is the intraclass correlation, on the latent scale: the share of the variance that lies
/// between authorities, 0 to 1.
/// </param>
/// <param name="MedianOddsRatio">
/// The median ratio of the odds between the higher and the lower of two authorities drawn at random (Larsen and Merlo 2005).
/// </param>
public sealed record AreaSpread(string Model, Limits Variance, Limits Deviation, Limits Partition, Limits MedianOddsRatio)
{
    /// <summary>
    /// The variance of one child on the latent scale: that of the logistic distribution, pi^2/3 (Goldstein, Browne and Rasbash 2002).
    /// </summary>
    public double ChildVariance { get; init; } = double.NaN;

    /// <summary>
    /// The share of the variance between authorities on the scale of the outcome itself, at the mean of the linear predictor: the
    /// correlation of two children of one authority. 0 to 1.
    /// </summary>
    public double ResponseShare { get; init; } = double.NaN;

    /// <summary>The likelihood-ratio statistic against the same model without differences between authorities.</summary>
    public double ChiSquare { get; init; } = double.NaN;

    /// <summary>
    /// Its p value. A variance cannot lie below 0, so the statistic is, without differences, a mixture of chi-square with 0 and with 1
    /// degree of freedom in equal parts (Self and Liang 1987; Stram and Lee 1994).
    /// </summary>
    public double P { get; init; } = double.NaN;

    /// <summary>Reads it from a fit.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="profile">Its profile-likelihood intervals.</param>
    /// <param name="without">The same model without a random effect.</param>
    public static AreaSpread Of(string model, MixedModelFit fit, IntervalTable profile, MixedModelFit without)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(without);
        Limits Of(IntervalKind kind)
        {
            var found = profile.Find(kind);
            return new Limits(found.Estimate, found.Lower, found.Upper);
        }

        var spread = new AreaSpread(model, Of(IntervalKind.Variance), Of(IntervalKind.StandardDeviation),
            Of(IntervalKind.PartitionCoefficient), Of(IntervalKind.MedianOddsRatio));

        // Of a separated model the fixed part is not whole, and neither a likelihood ratio nor a mean of the predictor exists.
        if (fit.Obstacle is not null || without.Obstacle is not null) return spread;
        var (between, within) = fit.PartitionVariance().Rows is [var first, var last]
            ? (first, last) : throw new InvalidOperationException("The study's models have one random effect.");
        var test = LikelihoodRatio.Compare(("One level", without), (model, fit)).Rows[^1];
        return spread with
        {
            ChildVariance = within.LatentVariance, ResponseShare = between.ResponseShare, ChiSquare = test.ChiSquare, P = test.P,
        };
    }
}
