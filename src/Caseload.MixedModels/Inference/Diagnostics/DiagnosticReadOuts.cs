using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Diagnostics;

namespace Caseload.MixedModels;

/// <summary>Whether a fit describes its data.</summary>
public static class DiagnosticReadOuts
{
    /// <summary>Simulated quantile residuals with tests of uniformity, dispersion and group structure.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="draws">The number of simulated sets of responses, from 50.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="effects">Where the random effects come from.</param>
    /// <exception cref="ProblemException">An estimate does not exist, or the model's weights belong to no distribution.</exception>
    public static QuantileResiduals QuantileResiduals(this MixedModelFit fit, int draws = 250, long seed = 1,
        RandomEffectDraws effects = RandomEffectDraws.FromDistribution) =>
        QuantileResidualEstimates.Of(fit, SimulatedResponses.Of(fit, draws, seed, effects), seed);

    /// <summary>Mean residuals over bins of the fitted mean.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="bins">The number of bins, of about equal weight.</param>
    /// <exception cref="ProblemException">An estimate does not exist, or there are more bins than rows.</exception>
    public static BinnedResiduals BinnedResiduals(this MixedModelFit fit, int bins = 20) =>
        Inference.Diagnostics.BinnedResiduals.Of(fit, bins);

    /// <summary>
    /// Calibration in the large, calibration slope, the area under the receiver operating characteristic, and the groups of risks of
    /// Hosmer and Lemeshow.
    /// </summary>
    /// <param name="fit">A model of binary outcomes.</param>
    /// <param name="groups">The number of groups of risks.</param>
    /// <param name="level">The level of the intervals.</param>
    /// <exception cref="ProblemException">The family is another, or an estimate does not exist.</exception>
    public static Calibration Calibration(this MixedModelFit fit, int groups = 10, double level = 0.95) =>
        Inference.Diagnostics.Calibration.Of(fit, groups, level);
}
