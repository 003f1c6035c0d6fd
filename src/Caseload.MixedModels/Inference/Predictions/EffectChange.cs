using MathNet.Numerics.Distributions;

namespace Caseload.MixedModels;

/// <summary>A marginal effect in one model less that in the model before.</summary>
/// <param name="Value">The difference.</param>
/// <param name="StandardError">
/// Its standard error, which takes into account that both rest on the same data: by the jackknife over groups, each left out in one Newton
/// step; not-a-number where that does not apply.
/// </param>
/// <param name="DegreesOfFreedom">Groups less 1.</param>
public sealed record EffectChange(double Value, double StandardError, int DegreesOfFreedom)
{
    /// <summary>The two-sided p value of the test that it is 0, from the t distribution.</summary>
    public double P => double.IsNaN(StandardError) ? double.NaN
        : 2 * StudentT.CDF(0, 1, DegreesOfFreedom, -Math.Abs(Value / StandardError));

    /// <summary>The lower end of its 95% interval.</summary>
    public double Lower => Value - HalfWidth;

    /// <summary>The upper end of its 95% interval.</summary>
    public double Upper => Value + HalfWidth;

    private double HalfWidth => double.IsNaN(StandardError) ? double.NaN : StudentT.InvCDF(0, 1, DegreesOfFreedom, 0.975) * StandardError;

    /// <summary>Of the changes of the two effects without each group.</summary>
    internal static EffectChange Of(double value, double[] before, double[] after)
    {
        double[] moves = [.. after.Zip(before, (large, small) => large - small)];
        var (count, mean) = (moves.Length, moves.Average());
        var squares = moves.Sum(move => (move - mean) * (move - mean));
        return new EffectChange(value, Math.Sqrt((count - 1.0) / count * squares), count - 1);
    }
}
