using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>A mean of predicted means, with its derivatives by the estimates as <see cref="JointCovariance"/> orders them.</summary>
/// <param name="Value">The mean.</param>
/// <param name="Gradient">The derivatives.</param>
internal sealed record MeanWithGradient(double Value, double[] Gradient)
{
    /// <summary>The mean over rows, each counted as often as its weight says.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="averaged">Whether to integrate over the random effects; otherwise they are 0.</param>
    internal static MeanWithGradient Of(MixedModelFit fit, PredictorRows rows, bool averaged)
    {
        var (sum, total) = (0.0, rows.Weights.Sum());
        var variances = averaged ? rows.Variances() : new double[rows.Count];
        var (slopes, curves) = (new double[rows.Count], new double[rows.Count]);
        for (var row = 0; row < rows.Count; row++)
        {
            var at = AveragedMean.At(fit.Link, rows.FixedPart[row], variances[row]);
            sum += rows.Weights[row] * at.Value;
            slopes[row] = rows.Weights[row] * at.Slope / total;
            curves[row] = averaged ? rows.Weights[row] * at.VarianceSlope / total : 0;
        }

        return new MeanWithGradient(sum / total, GradientOf(rows, slopes, curves));
    }

    /// <summary>This mean less another.</summary>
    internal MeanWithGradient Less(MeanWithGradient other) => Of(Value - other.Value, other.Gradient, (a, b) => a - b);

    /// <summary>This mean times a number.</summary>
    internal MeanWithGradient Times(double factor) => Of(Value * factor, Gradient, (a, _) => a * factor);

    private MeanWithGradient Of(double value, double[] other, Func<double, double, double> each) =>
        new(value, [.. Gradient.Zip(other, each)]);

    // By the fixed effects the slope times x, by an element of Sigma the derivative by the variance times z z'.
    private static double[] GradientOf(PredictorRows rows, double[] slopes, double[] curves)
    {
        var gradient = new List<double>(rows.Columns.Select(column => Product(column, slopes)));
        foreach (var effect in rows.Random)
        {
            foreach (var one in effect.Columns)
            {
                double[] weighted = [.. one.Zip(curves, (z, curve) => z * curve)];
                gradient.AddRange(effect.Columns.Select(other => Product(other, weighted)));
            }
        }

        return [.. gradient];
    }

    private static double Product(double[] a, double[] b) => Numerics.Vectors.Dot(a, b);
}
