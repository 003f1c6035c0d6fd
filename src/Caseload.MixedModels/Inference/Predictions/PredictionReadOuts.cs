using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Predictions;

namespace Caseload.MixedModels;

/// <summary>What a fit predicts, on the scale of the response.</summary>
public static class PredictionReadOuts
{
    /// <summary>Predicted means with intervals: averaged over groups, in known groups, or in one that the fit has not seen.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="data">Rows with the columns of the model; the response is not needed, the groups for known groups only.</param>
    /// <param name="settings">How to predict.</param>
    /// <exception cref="ProblemException">
    /// A column or cell is missing, a factor or grouping holds a level that the fit has not seen, or an estimate does not exist.
    /// </exception>
    public static PredictedMeans PredictMeans(this MixedModelFit fit, Frame data, PredictionSettings? settings = null) =>
        MeanPredictor.Of(fit, data, settings ?? new PredictionSettings());

    /// <summary>
    /// Average marginal effects: how the mean response changes with each column, all else as it is in the data. Of numbers the mean
    /// derivative, of those that are 0 or 1 and of the levels of a factor the mean change.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="data">The rows to average over, as a rule those of the fit. Rows with a missing cell are left out and counted.</param>
    /// <param name="settings">Averaged over the random effects, or where they are 0.</param>
    /// <exception cref="ProblemException">A column is missing, an estimate does not exist, or a setting does not apply.</exception>
    public static MarginalEffects AverageMarginalEffects(this MixedModelFit fit, Frame data, PredictionSettings? settings = null) =>
        MarginalEffectEstimates.Of(fit, data, settings ?? new PredictionSettings());

    /// <summary>The mean response over some rows against that over others: difference and ratio.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="first">Some rows.</param>
    /// <param name="second">Other rows.</param>
    /// <param name="settings">Averaged over the random effects, or where they are 0.</param>
    /// <exception cref="ProblemException">A column or cell is missing, an estimate does not exist, or a setting does not apply.</exception>
    public static Contrast Contrast(this MixedModelFit fit, Frame first, Frame second, PredictionSettings? settings = null) =>
        Inference.Predictions.Contrast.Of(fit, (first, second), settings ?? new PredictionSettings());
}
