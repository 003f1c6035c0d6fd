using Caseload.Descriptives;
using Caseload.MixedModels.Fits;
using Caseload.Models;

namespace Caseload.Effects;

/// <summary>How much 250 more referrals per 10,000 change the log-odds of re-referral, at a number of CIN per social worker.</summary>
/// <param name="CinPerSocialWorker">CIN per social worker.</param>
/// <param name="Slope">The change in the log-odds.</param>
/// <param name="StandardError">Its standard error.</param>
public sealed record RateSlope(double CinPerSocialWorker, double Slope, double StandardError)
{
    /// <summary>Lower end of the 95% Wald interval.</summary>
    public double Lower => Slope - (Normal.Quantile975 * StandardError);

    /// <summary>Upper end of the 95% Wald interval.</summary>
    public double Upper => Slope + (Normal.Quantile975 * StandardError);

    /// <summary>The standard deviation between authorities, on the log-odds.</summary>
    public double AreaDeviation { get; init; } = double.NaN;

    /// <summary>
    /// The 80% interval odds ratio of 250 more referrals between two authorities with this number of CIN per social worker.
    /// </summary>
    public IntervalOddsRatio Interval => IntervalOddsRatio.Of(ModelTerms.Rate, Slope, AreaDeviation);

    /// <summary>
    /// The slope at a number of CIN per social worker: b_rate + c b_interaction, where c is its scaled value; variance by the delta
    /// method.
    /// </summary>
    /// <param name="fit">The interaction model.</param>
    /// <param name="cinPerSocialWorker">CIN per social worker.</param>
    /// <returns>The slope, or null where the model has no estimate of the two terms.</returns>
    public static RateSlope? At(MixedModelFit fit, double cinPerSocialWorker)
    {
        if (Parts(fit) is not { } p) return null;
        var c = (cinPerSocialWorker - ModelData.CinCentre) / ModelData.CinUnit;
        var variance = p.VarRate + (2 * c * p.Covariance) + (c * c * p.VarInteraction);
        return new RateSlope(cinPerSocialWorker, p.Rate + (c * p.Interaction), Math.Sqrt(variance))
        {
            AreaDeviation = fit.RandomEffects[0].StandardDeviations[0],
        };
    }

    /// <summary>The sign of the slope where its 95% interval leaves 0 out, else 0.</summary>
    public int Sign => Lower > 0 ? 1 : Upper < 0 ? -1 : 0;

    /// <summary>Where in a range the slope is distinguishable from 0, and with which sign.</summary>
    /// <param name="fit">The interaction model.</param>
    /// <param name="least">The least number of CIN per social worker.</param>
    /// <param name="most">The greatest.</param>
    public static IReadOnlyList<SlopeRegion> Regions(MixedModelFit fit, double least, double most)
    {
        double[] ends = [least, .. Boundaries(fit).Where(b => b > least && b < most), most];
        var regions = new List<SlopeRegion>();
        for (var i = 1; i < ends.Length; i++)
        {
            if (At(fit, (ends[i - 1] + ends[i]) / 2) is { Sign: not 0 and var sign })
                regions.Add(new SlopeRegion(ends[i - 1], ends[i], sign));
        }

        return regions;
    }

    /// <summary>
    /// The numbers of CIN per social worker at which an end of the slope's 95% interval is 0, ascending (Johnson and Neyman 1936; Bauer and
    /// Curran 2005). None where it is distinguishable from 0 everywhere or nowhere.
    /// </summary>
    /// <param name="fit">The interaction model.</param>
    public static IReadOnlyList<double> Boundaries(MixedModelFit fit)
    {
        if (Parts(fit) is not { } p) return [];
        var z2 = Normal.Quantile975 * Normal.Quantile975;
        var a = (p.Interaction * p.Interaction) - (z2 * p.VarInteraction);
        var b = 2 * ((p.Rate * p.Interaction) - (z2 * p.Covariance));
        var c = (p.Rate * p.Rate) - (z2 * p.VarRate);
        var discriminant = (b * b) - (4 * a * c);
        if (discriminant < 0 || a == 0) return [];
        double[] roots = [(-b - Math.Sqrt(discriminant)) / (2 * a), (-b + Math.Sqrt(discriminant)) / (2 * a)];
        return [.. roots.Select(root => ModelData.CinCentre + (ModelData.CinUnit * root)).Order()];
    }

    private static SlopeParts? Parts(MixedModelFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var (rate, interaction) = (IndexOf(fit, ModelTerms.Rate), IndexOf(fit, ModelTerms.Interaction));
        if (rate < 0 || interaction < 0) return null;
        var v = fit.Covariance;
        return !double.IsFinite(v[rate, rate] + v[interaction, interaction])
            ? null
            : new SlopeParts(
                fit.FixedEffects[rate].Estimate, fit.FixedEffects[interaction].Estimate,
                v[rate, rate], v[interaction, interaction], v[rate, interaction]);
    }

    private static int IndexOf(MixedModelFit fit, string term) => fit.FixedEffects.ToList().FindIndex(e => e.Term == term);

    private readonly record struct SlopeParts(double Rate, double Interaction, double VarRate, double VarInteraction, double Covariance);
}

/// <summary>A range of CIN per social worker in which the slope of the referral rate is distinguishable from 0.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Sign">1 where the slope is positive, -1 where it is negative.</param>
public sealed record SlopeRegion(double From, double To, int Sign)
{
    /// <summary>The region in words.</summary>
    public override string ToString() => FormattableString.Invariant($"{(Sign > 0 ? "positive" : "negative")} from {From:0.0} to {To:0.0}");
}
