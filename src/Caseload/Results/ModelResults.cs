using Caseload.Cohorts;
using Caseload.Effects;
using Caseload.Frames;
using Caseload.Models;

namespace Caseload.Results;

/// <summary>The models and what follows from them.</summary>
/// <param name="Fits">The four models.</param>
/// <param name="Curves">Predicted probabilities along the referral rate, one list a number of CIN per social worker, ascending.</param>
/// <param name="Slopes">The slope of the referral rate at the same numbers of CIN per social worker.</param>
/// <param name="SlopeBoundaries">Where that slope is told from 0.</param>
/// <param name="AreaRates">The referral rates of the modelled authorities.</param>
/// <param name="AreaCins">The CIN per social worker of the modelled authorities.</param>
/// <param name="Residuals">What is left of each authority.</param>
public sealed record ModelResults(
    StudyModels Fits,
    IReadOnlyList<IReadOnlyList<PredictedProbability>> Curves,
    IReadOnlyList<RateSlope> Slopes,
    IReadOnlyList<double> SlopeBoundaries,
    IReadOnlyList<double> AreaRates,
    IReadOnlyList<double> AreaCins,
    IReadOnlyList<AuthorityResidual> Residuals)
{
    // The report speaks of 10 CIN per social worker; beside it the curves stand at the 5, 50 and 95% points of the authorities.
    private static readonly double[] Quantiles = [0.05, 0.5, 0.95];

    /// <summary>Fits the models and works out what follows.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <exception cref="ProblemException">No estimate exists.</exception>
    public static ModelResults Of(Cohort cohort)
    {
        var data = ModelData.Of(cohort);
        var fits = StudyModels.Fit(data);
        var areas = cohort.ModelledChildren.Select("authority", "cin_per_social_worker", "referral_rate_per_10000").GroupBy("authority");
        double[] Figures(string name) => [.. areas.Mean(name).Number(name).Values];
        var (rates, cins) = (Figures("referral_rate_per_10000"), Figures("cin_per_social_worker"));
        double[] shown = [.. Quantiles.Select(q => Math.Round(Quantile(cins, q), MidpointRounding.AwayFromZero)).Append(ModelData.CinCentre).Distinct().Order()];
        var slopes = shown.Select(cin => RateSlope.At(fits.Interaction, cin)).OfType<RateSlope>().ToArray();
        var surface = new InteractionSurface(fits.Interaction, data);
        return new ModelResults(
            fits,
            slopes.Length == 0 ? [] : [.. shown.Select(cin => surface.Along(cin, Quantile(rates, 0.01), Quantile(rates, 0.99)))],
            slopes,
            RateSlope.Boundaries(fits.Interaction),
            rates,
            cins,
            AuthorityResidual.Of(fits.Interaction, data));
    }

    private static double Quantile(double[] values, double p)
    {
        var sorted = values.Order().ToArray();
        var at = (sorted.Length - 1) * p;
        var below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
