using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Profiles;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>A number that a weighted model says, as a function of its parameters.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unweighted">What the model without weights says.</param>
/// <param name="Of">Takes it from the parameters.</param>
internal sealed record WeightedQuantity(string Name, double Unweighted, Func<double[], double> Of)
{
    // Of the size of a parameter: the error of a central difference is of the square of it.
    private const double DifferenceStep = 1e-4;
    private const double SmallParameter = 0.1;

    // From 1, how far a correlation lies that is 1.
    private const double InStep = 1e-6;

    /// <summary>Whether it is a correlation, whose interval is symmetric on Fisher's scale; otherwise on that of the logarithm.</summary>
    internal bool IsCorrelation { get; init; }

    /// <summary>The standard deviations of the random effects, their correlations and, of a linear model, that of residuals.</summary>
    /// <param name="fit">The model without weights.</param>
    /// <param name="model">The model with weights.</param>
    internal static IEnumerable<WeightedQuantity> All(MixedModelFit fit, ProfileModel model)
    {
        for (var block = 0; block < fit.RandomEffects.Count; block++)
        {
            var effects = fit.RandomEffects[block];
            EffectRow[] rows = [.. effects.Terms.Select(term => model.Rows.First(row => row.Block == block && row.Term == term))];
            for (var k = 0; k < rows.Length; k++)
            {
                yield return new WeightedQuantity(model.Rows.Count == 1 ? $"SD of {effects.Group}" : $"SD of {effects.Terms[k]}",
                    effects.StandardDeviations[k], rows[k].Deviation);
            }

            foreach (var (one, other) in from b in Enumerable.Range(0, rows.Length) from a in Enumerable.Range(0, b) select (a, b))
            {
                yield return new WeightedQuantity($"correlation {effects.Terms[one]}, {effects.Terms[other]}",
                    effects.Correlation[one][other], point => rows[one].Correlation(rows[other], point))
                {
                    IsCorrelation = true,
                };
            }
        }

        if (fit.ResidualStandardDeviation is { } residual)
            yield return new WeightedQuantity("residual SD", residual, point => Math.Exp(point[^1]));
    }

    /// <summary>The estimate with its standard error by the delta method and its interval.</summary>
    /// <param name="point">The parameters.</param>
    /// <param name="free">Those that are estimated; the others are at 0.</param>
    /// <param name="covariance">The covariance matrix of these.</param>
    internal WeightedEstimate Estimate(double[] point, int[] free, double[,] covariance)
    {
        double[] slopes = [.. free.Select(k => Slope(point, k))];
        var (value, variance) = (Of(point), 0.0);
        for (var row = 0; row < free.Length; row++)
        {
            for (var column = 0; column < free.Length; column++) variance += slopes[row] * covariance[row, column] * slopes[column];
        }

        // What does not vary has slopes of 0, and so has a correlation of effects in step.
        var error = variance > 0 && !(IsCorrelation && 1 - Math.Abs(value) < InStep) ? Math.Sqrt(variance) : double.NaN;
        var half = StandardNormal.HalfWidth(0.95) * error / (IsCorrelation ? 1 - value * value : value);
        return new WeightedEstimate(Name, Unweighted, value, error)
        {
            Lower = IsCorrelation ? Math.Tanh(Math.Atanh(value) - half) : value * Math.Exp(-half),
            Upper = IsCorrelation ? Math.Tanh(Math.Atanh(value) + half) : value * Math.Exp(half),
        };
    }

    private double Slope(double[] point, int k)
    {
        var step = DifferenceStep * (Math.Abs(point[k]) + SmallParameter);
        return (At(step) - At(-step)) / (2 * step);

        double At(double change)
        {
            var moved = (double[])point.Clone();
            moved[k] += change;
            return Of(moved);
        }
    }
}
