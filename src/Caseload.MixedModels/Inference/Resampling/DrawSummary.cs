using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>What the draws of a bootstrap say of a quantity.</summary>
/// <param name="quantity">The quantity.</param>
/// <param name="estimate">Its estimate.</param>
/// <param name="draws">The draws.</param>
internal sealed class DrawSummary(FitQuantity quantity, double estimate, double[] draws)
{
    private readonly double[] sorted = [.. draws.Where(draw => !double.IsNaN(draw)).Order()];

    internal BootstrapQuantity At(double level)
    {
        var (mean, count) = (sorted.Length == 0 ? double.NaN : sorted.Average(), sorted.Length);
        var deviation = count < 2 ? double.NaN : Math.Sqrt(sorted.Sum(draw => (draw - mean) * (draw - mean)) / (count - 1));
        var z = StandardNormal.HalfWidth(level);
        var shift = Shift();
        return new BootstrapQuantity(Interval(-z, z), Interval(2 * shift - z, 2 * shift + z), mean, deviation, draws);
    }

    // The quantile of the share of draws below the estimate; of those that equal it, half.
    private double Shift()
    {
        var (below, equal) = (sorted.Count(draw => draw < estimate), sorted.Count(draw => draw == estimate));
        return StandardNormal.Quantile((below + equal / 2.0) / sorted.Length);
    }

    private IntervalEstimate Interval(double low, double high) => new(quantity.Kind, quantity.Group, quantity.Term, estimate,
        Quantile(StandardNormal.Below(low)), Quantile(StandardNormal.Below(high)));

    // Type 7 of Hyndman and Fan (1996).
    private double Quantile(double share)
    {
        if (sorted.Length == 0 || double.IsNaN(share)) return double.NaN;
        var at = share * (sorted.Length - 1);
        var (below, rest) = ((int)Math.Floor(at), at - Math.Floor(at));
        return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
    }
}
