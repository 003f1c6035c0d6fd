using Caseload.Descriptives;
using Caseload.MixedModels.Fits;
using Caseload.Models;

namespace Caseload.Effects;

/// <summary>
/// The 80% interval odds ratio of an area-level term: of two authorities drawn at random, one with the term 1 higher and all else alike,
/// the ratio of their odds lies in it four times in five. No confidence interval: it says how the term compares with the differences
/// between authorities that the model leaves (Larsen and Merlo 2005).
/// </summary>
/// <param name="Term">The coefficient's name.</param>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
public sealed record IntervalOddsRatio(string Term, double Lower, double Upper)
{
    /// <summary>Whether a term has such an interval: those of the two area figures have.</summary>
    /// <param name="term">The coefficient's name.</param>
    public static bool HasOne(string term) => term is ModelTerms.Cin or ModelTerms.Rate;

    /// <summary>The interval of one coefficient.</summary>
    /// <param name="term">Its name.</param>
    /// <param name="estimate">The estimate, on the log-odds.</param>
    /// <param name="areaDeviation">The standard deviation between authorities, on the log-odds.</param>
    public static IntervalOddsRatio Of(string term, double estimate, double areaDeviation)
    {
        // The difference of two authorities' effects has twice the variance of one.
        var reach = Normal.Quantile90 * Math.Sqrt(2) * areaDeviation;
        return new IntervalOddsRatio(term, Math.Exp(estimate - reach), Math.Exp(estimate + reach));
    }

    /// <summary>
    /// Those of the two area figures, each where the other is at its centre. The interaction has none: its exponential is a ratio of two
    /// odds ratios, and no two authorities differ in it and in nothing else.
    /// </summary>
    /// <param name="fit">The interaction model.</param>
    /// <returns>One an area figure; none where the model has not every estimate.</returns>
    public static IReadOnlyList<IntervalOddsRatio> Of(MixedModelFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return fit.Obstacle is not null ? [] :
        [
            .. fit.FixedEffects.Where(effect => HasOne(effect.Term))
                .Select(effect => Of(effect.Term, effect.Estimate, fit.RandomEffects[0].StandardDeviations[0])),
        ];
    }
}
