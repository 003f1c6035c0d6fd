using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>
/// Regressions of the outcome on the logit of its fitted probability (Cox 1958): the intercept with the slope at 1, and the slope.
/// </summary>
internal static class CalibrationModels
{
    internal static IEnumerable<CalibrationMeasure> Of(FittedMeans means, double level)
    {
        var half = StandardNormal.HalfWidth(level);
        var frame = new Frame([
            new NumberColumn("successes", means.Sums), new NumberColumn("failures", [.. means.Weights.Zip(means.Sums, (n, s) => n - s)]),
            new NumberColumn("predictor", [.. means.Fitted.Select(p => InverseLink.Of(Link.Logit, p))]),
        ]);
        var large = MixedModel.Fit(frame, "cbind(successes, failures) ~ 1 + offset(predictor)").FixedEffects[0];
        yield return Measure("calibration in the large", large);
        var slopes = MixedModel.Fit(frame, "cbind(successes, failures) ~ predictor").FixedEffects;
        yield return slopes.Count < 2
            ? new CalibrationMeasure("calibration slope", double.NaN, double.NaN, double.NaN, double.NaN)
            : Measure("calibration slope", slopes[1]);

        CalibrationMeasure Measure(string name, FixedEffect effect) => new(name, effect.Estimate, effect.StandardError,
            effect.Estimate - half * effect.StandardError, effect.Estimate + half * effect.StandardError);
    }
}
