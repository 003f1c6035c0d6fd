using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>
/// Regressions of the outcome on the logit of its predicted probability (Cox 1958): the intercept with the slope at 1, and the slope.
/// </summary>
internal static class CalibrationModels
{
    // Probabilities that are 0 or 1 but for rounding have no logit.
    private const double Edge = 1e-15;

    /// <summary>The two measures.</summary>
    /// <param name="means">The rows.</param>
    /// <param name="clusters">The cluster of each row, where standard errors are to allow for dependence within clusters.</param>
    /// <param name="level">The level of the intervals.</param>
    internal static IEnumerable<CalibrationMeasure> Of(FittedMeans means, int[]? clusters, double level)
    {
        var half = StandardNormal.HalfWidth(level);
        double[] predictor = [.. means.Fitted.Select(p => InverseLink.Of(Link.Logit, Math.Clamp(p, Edge, 1 - Edge)))];
        var frame = new Frame([
            new NumberColumn("successes", means.Sums), new NumberColumn("failures", [.. means.Weights.Zip(means.Sums, (n, s) => n - s)]),
            new NumberColumn("predictor", predictor),
        ]);
        var large = MixedModel.Fit(frame, "cbind(successes, failures) ~ 1 + offset(predictor)");
        yield return Measure("calibration in the large", large, 0, [.. predictor.Select(eta => eta + large.FixedEffects[0].Estimate)]);
        var slope = MixedModel.Fit(frame, "cbind(successes, failures) ~ predictor");
        if (slope.FixedEffects.Count < 2)
            yield return new CalibrationMeasure("calibration slope", double.NaN, double.NaN, double.NaN, double.NaN);
        else
            yield return Measure("calibration slope", slope, 1,
                [.. predictor.Select(eta => slope.FixedEffects[0].Estimate + slope.FixedEffects[1].Estimate * eta)]);

        CalibrationMeasure Measure(string name, MixedModelFit fit, int place, double[] fitted)
        {
            var (estimate, error) = (fit.FixedEffects[place].Estimate, clusters is null ? fit.FixedEffects[place].StandardError
                : ClusteredError(means, predictor, fitted, (fit.Covariance, place, clusters)));
            return new CalibrationMeasure(name, estimate, error, estimate - half * error, estimate + half * error);
        }
    }

    // The sandwich: the covariance of independent rows about the sum of the squared scores of clusters (Liang and Zeger 1986).
    private static double ClusteredError(FittedMeans means, double[] predictor, double[] fitted,
        (double[,] Covariance, int Place, int[] Clusters) of)
    {
        var scores = new double[of.Clusters.Max() + 1];
        for (var row = 0; row < fitted.Length; row++)
        {
            var residual = means.Sums[row] - means.Weights[row] * InverseLink.At(Link.Logit, fitted[row]).Value;
            var (bread, width) = (of.Covariance[of.Place, 0], of.Covariance.GetLength(0));
            scores[of.Clusters[row]] += residual * (width == 1 ? bread : bread + of.Covariance[of.Place, 1] * predictor[row]);
        }

        return Math.Sqrt(scores.Sum(score => score * score) * scores.Length / (scores.Length - 1.0));
    }
}
