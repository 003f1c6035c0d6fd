using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using MathNet.Numerics;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>The distribution function of a response about its mean.</summary>
internal static class ResponseProbabilities
{
    /// <summary>The probabilities of less than a response, and of no more than it.</summary>
    /// <param name="fit">The family and its dispersion.</param>
    /// <param name="value">The successes, the count or the number.</param>
    /// <param name="trials">The trials, or the weight.</param>
    /// <param name="mean">The mean of one trial, of the count or the number.</param>
    internal static (double Below, double NotAbove) Of(MixedModelFit fit, double value, double trials, double mean) => fit.Family switch
    {
        Family.Gaussian when StandardNormal.Below((value - mean) * Math.Sqrt(trials / fit.Dispersion)) is var at => (at, at),
        Family.Binomial => (Binomial(value - 1, trials, mean), Binomial(value, trials, mean)),
        Family.NegativeBinomial when double.IsFinite(fit.Dispersion) =>
            (NegativeBinomial(value - 1, fit.Dispersion, mean), NegativeBinomial(value, fit.Dispersion, mean)),
        _ => (Poisson(value - 1, mean), Poisson(value, mean)),
    };

    /// <summary>The probability of 0 of a count.</summary>
    internal static double Zero(MixedModelFit fit, double mean) => fit.Family == Family.NegativeBinomial && double.IsFinite(fit.Dispersion)
        ? Math.Exp(-fit.Dispersion * Math.Log(1 + mean / fit.Dispersion)) : Math.Exp(-mean);

    private static double Binomial(double value, double trials, double mean) =>
        value < 0 ? 0 : value >= trials ? 1 : trials == 1 ? 1 - mean
            : SpecialFunctions.BetaRegularized(trials - value, value + 1, 1 - mean);

    private static double Poisson(double value, double mean) =>
        value < 0 ? 0 : mean == 0 ? 1 : SpecialFunctions.GammaUpperRegularized(value + 1, mean);

    private static double NegativeBinomial(double value, double dispersion, double mean) =>
        value < 0 ? 0 : SpecialFunctions.BetaRegularized(dispersion, value + 1, dispersion / (dispersion + mean));
}
