using Caseload.MixedModels.Fits;
using Caseload.Models;

namespace Caseload.Effects;

/// <summary>How much 250 more referrals per 10,000 change the log-odds of re-referral, at a number of CIN per social worker.</summary>
/// <param name="CinPerSocialWorker">CIN per social worker.</param>
/// <param name="Slope">The change in the log-odds.</param>
/// <param name="StandardError">Its standard error.</param>
public sealed record RateSlope(double CinPerSocialWorker, double Slope, double StandardError)
{
    // The 97.5% point of the standard normal distribution.
    private const double Quantile = 1.959963984540054;

    /// <summary>Lower end of the 95% Wald interval.</summary>
    public double Lower => Slope - (Quantile * StandardError);

    /// <summary>Upper end of the 95% Wald interval.</summary>
    public double Upper => Slope + (Quantile * StandardError);

    /// <summary>The slope at a number of CIN per social worker: b_rate + c b_interaction, where c is its scaled value; variance by the delta method.</summary>
    /// <param name="fit">The interaction model.</param>
    /// <param name="cinPerSocialWorker">CIN per social worker.</param>
    /// <returns>The slope, or null where the model has no estimate of the two terms.</returns>
    public static RateSlope? At(MixedModelFit fit, double cinPerSocialWorker)
    {
        if (Parts(fit) is not { } p) return null;
        var c = (cinPerSocialWorker - ModelData.CinCentre) / ModelData.CinUnit;
        var variance = p.VarRate + (2 * c * p.Covariance) + (c * c * p.VarInteraction);
        return new RateSlope(cinPerSocialWorker, p.Rate + (c * p.Interaction), Math.Sqrt(variance));
    }

    /// <summary>
    /// Where the slope is told from 0: the numbers of CIN per social worker at which an end of its 95% interval is 0, ascending (Johnson and
    /// Neyman 1936; Bauer and Curran 2005). None where it is told from 0 everywhere or nowhere.
    /// </summary>
    /// <param name="fit">The interaction model.</param>
    public static IReadOnlyList<double> Boundaries(MixedModelFit fit)
    {
        if (Parts(fit) is not { } p) return [];
        var z2 = Quantile * Quantile;
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
        return new SlopeParts(fit.FixedEffects[rate].Estimate, fit.FixedEffects[interaction].Estimate, v[rate, rate], v[interaction, interaction], v[rate, interaction]);
    }

    private static int IndexOf(MixedModelFit fit, string term) => fit.FixedEffects.ToList().FindIndex(e => e.Term == term);

    private readonly record struct SlopeParts(double Rate, double Interaction, double VarRate, double VarInteraction, double Covariance);
}
