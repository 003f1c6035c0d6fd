namespace Caseload.MixedModels.Inference.Means;

/// <summary>Quantiles of samples, between neighbours by straight lines (type 7 of Hyndman and Fan 1996).</summary>
internal static class Quantiles
{
    /// <summary>The ends of the central interval of a level; the sample is sorted in place.</summary>
    internal static (double Lower, double Upper) Central(double[] sample, double level)
    {
        Array.Sort(sample);
        return (Of(sample, (1 - level) / 2), Of(sample, (1 + level) / 2));
    }

    /// <summary>A quantile of a sample in ascending order.</summary>
    internal static double Of(double[] sorted, double probability)
    {
        var place = probability * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
