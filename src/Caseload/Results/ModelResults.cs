using Caseload.Cohorts;
using Caseload.Effects;
using Caseload.Frames;
using Caseload.Models;
using MathNet.Numerics.Statistics;

namespace Caseload.Results;

/// <summary>The models and what follows from them.</summary>
/// <param name="Fits">The four models.</param>
/// <param name="Curves">Predicted probabilities along the referral rate, one list a number of CIN per social worker, ascending.</param>
/// <param name="Slopes">The slope of the referral rate at the same numbers of CIN per social worker.</param>
/// <param name="SlopeRegions">Where among the authorities that slope is distinguishable from 0.</param>
/// <param name="AreaRates">The referral rates of the modelled authorities.</param>
/// <param name="AreaCins">The CIN per social worker of the modelled authorities.</param>
/// <param name="Residuals">What is left of each authority.</param>
public sealed record ModelResults(
    StudyModels Fits,
    IReadOnlyList<IReadOnlyList<PredictedProbability>> Curves,
    IReadOnlyList<RateSlope> Slopes,
    IReadOnlyList<SlopeRegion> SlopeRegions,
    IReadOnlyList<double> AreaRates,
    IReadOnlyList<double> AreaCins,
    IReadOnlyList<AuthorityResidual> Residuals)
{
    /// <summary>The 80% interval odds ratios of the two area figures.</summary>
    public IReadOnlyList<IntervalOddsRatio> IntervalOddsRatios { get; init; } = [];

    /// <summary>Observed over expected of each authority.</summary>
    public AuthorityFunnel Funnel { get; init; } = AuthorityFunnel.Empty;

    /// <summary>The modelled children whom each coefficient tells from the others.</summary>
    public IReadOnlyList<LevelCount> Levels { get; init; } = [];

    /// <summary>The coefficients of the interaction model that disclosure control withholds: they are not numbers.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];

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
        double Quantile(double[] values, double p) => SortedArrayStatistics.QuantileCustom([.. values.Order()], p, QuantileDefinition.R7);
        var (rates, cins) = (Figures("referral_rate_per_10000"), Figures("cin_per_social_worker"));
        double[] shown =
        [
            .. Quantiles.Select(q => Math.Round(Quantile(cins, q), MidpointRounding.AwayFromZero))
                .Append(ModelData.CinCentre).Distinct().Order(),
        ];
        var slopes = shown.Select(cin => RateSlope.At(fits.Interaction, cin)).OfType<RateSlope>().ToArray();
        var surface = new InteractionSurface(fits.Interaction, data);
        var canPredict = slopes.Length > 0 && fits.Interaction.Obstacle is null;
        return new ModelResults(
            fits,
            !canPredict ? [] : [.. shown.Select(cin => surface.Along(cin, Quantile(rates, 0.01), Quantile(rates, 0.99)))],
            slopes,
            RateSlope.Regions(fits.Interaction, cins.Min(), cins.Max()),
            rates,
            cins,
            AuthorityResidual.Of(fits.Interaction, data))
        {
            Levels = LevelCount.Of(data),
            IntervalOddsRatios = IntervalOddsRatio.Of(fits.Interaction),
            Funnel = AuthorityFunnel.Of(fits.Interaction),
        };
    }
}
