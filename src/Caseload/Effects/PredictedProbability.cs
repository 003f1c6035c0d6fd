using Caseload.Descriptives;
using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.Models;

namespace Caseload.Effects;

/// <summary>
/// The probability of re-referral that the model predicts at given area figures: the mean over the modelled children, each with the own
/// circumstances, in an authority whose own effect is 0. The interval is by the delta method on the logit scale, for the fixed effects.
/// </summary>
/// <param name="CinPerSocialWorker">CIN per social worker.</param>
/// <param name="ReferralRate">Referrals per 10,000.</param>
/// <param name="Probability">The mean probability.</param>
/// <param name="Lower">Lower end of the 95% interval.</param>
/// <param name="Upper">Upper end of the 95% interval.</param>
public sealed record PredictedProbability(double CinPerSocialWorker, double ReferralRate, double Probability, double Lower, double Upper);

/// <summary>Predicts the probability of re-referral over CIN per social worker and the referral rate.</summary>
public sealed class InteractionSurface
{
    private readonly MixedModelFit fit;
    private readonly Frame patterns;
    private readonly double[] weights;

    /// <summary>A surface of a model.</summary>
    /// <param name="fit">The interaction model.</param>
    /// <param name="data">The modelled children, as <see cref="ModelData.Of"/> gives them.</param>
    public InteractionSurface(MixedModelFit fit, Frame data)
    {
        ArgumentNullException.ThrowIfNull(data);
        this.fit = fit;

        // Children with the same circumstances are predicted once, with their number as the weight.
        var groups = data.GroupBy("age_group", "female", "disabled_other", "nfa", "need").Counts();
        patterns = groups;
        weights = groups.Number("count").Values.ToArray();
    }

    /// <summary>The prediction at one point.</summary>
    /// <param name="cinPerSocialWorker">CIN per social worker.</param>
    /// <param name="referralRate">Referrals per 10,000.</param>
    public PredictedProbability At(double cinPerSocialWorker, double referralRate)
    {
        NumberColumn Constant(string name, double value) => new(name, [.. Enumerable.Repeat(value, patterns.RowCount)]);
        var columns = fit.Recipe.DesignColumns(patterns
            .With(Constant(ModelTerms.Cin, (cinPerSocialWorker - ModelData.CinCentre) / ModelData.CinUnit))
            .With(Constant(ModelTerms.Rate, (referralRate - ModelData.RateCentre) / ModelData.RateUnit)));
        var (mean, total) = (0.0, 0.0);
        var gradient = new double[columns.Length];
        for (var row = 0; row < weights.Length; row++)
        {
            var eta = 0.0;
            for (var k = 0; k < gradient.Length; k++) eta += columns[k][row] * fit.FixedEffects[k].Estimate;
            var p = 1 / (1 + Math.Exp(-eta));
            mean += weights[row] * p;
            total += weights[row];
            for (var k = 0; k < gradient.Length; k++) gradient[k] += weights[row] * p * (1 - p) * columns[k][row];
        }

        mean /= total;
        var variance = 0.0;
        for (var k = 0; k < gradient.Length; k++)
        {
            for (var l = 0; l < gradient.Length; l++) variance += gradient[k] * gradient[l] * fit.Covariance[k, l] / (total * total);
        }

        var logit = Math.Log(mean / (1 - mean));
        var half = Normal.Quantile975 * Math.Sqrt(variance) / (mean * (1 - mean));
        return new PredictedProbability(
            cinPerSocialWorker, referralRate, mean, 1 / (1 + Math.Exp(half - logit)), 1 / (1 + Math.Exp(-half - logit)));
    }

    /// <summary>The predictions along the referral rate.</summary>
    /// <param name="cinPerSocialWorker">CIN per social worker.</param>
    /// <param name="from">The lowest referral rate.</param>
    /// <param name="to">The highest referral rate.</param>
    /// <param name="points">How many points, the ends included; 2 or more.</param>
    public IReadOnlyList<PredictedProbability> Along(double cinPerSocialWorker, double from, double to, int points = 25) =>
        [.. Enumerable.Range(0, points).Select(i => At(cinPerSocialWorker, from + ((to - from) * i / (points - 1))))];
}
