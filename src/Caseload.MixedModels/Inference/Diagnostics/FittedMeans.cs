using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>The rows of a fit with their fitted means, in their own groups.</summary>
/// <param name="Fitted">The fitted mean of each row, of one trial where it is binomial.</param>
/// <param name="Sums">The successes; of counts and numbers the response times its weight.</param>
/// <param name="Weights">The trials, or weights.</param>
internal sealed record FittedMeans(double[] Fitted, double[] Sums, double[] Weights)
{
    internal static FittedMeans Of(MixedModelFit fit)
    {
        var (rows, frame) = (PredictorRows.OfData(fit), PredictorRows.Data(fit).Frame);
        return new FittedMeans([.. ModalRows.Of(fit, rows, frame).LinearPredictor.Select(eta => InverseLink.At(fit.Link, eta).Value)],
            frame.Response.Successes, frame.Response.Trials);
    }

    /// <summary>The variance of one trial, count or number about its mean.</summary>
    internal static double Variance(MixedModelFit fit, double mean) => fit.Family switch
    {
        Family.Binomial => mean * (1 - mean),
        Family.Poisson => mean,
        Family.NegativeBinomial => mean + mean * mean / fit.Dispersion,
        _ => fit.Dispersion,
    };

    /// <summary>The rows in bins of about equal weight, in the order of their fitted means; rows of equal means stay together.</summary>
    internal IReadOnlyList<int[]> Binned(int bins)
    {
        int[] order = [.. Enumerable.Range(0, Fitted.Length).OrderBy(row => Fitted[row])];
        var (total, before) = (Weights.Sum(), 0.0);
        var binned = new SortedDictionary<int, List<int>>();
        for (var first = 0; first < order.Length;)
        {
            // Equal but for rounding.
            var (last, weight) = (first, 0.0);
            while (last < order.Length && Fitted[order[last]] - Fitted[order[first]] <= 1e-12 * Math.Abs(Fitted[order[first]]))
                weight += Weights[order[last++]];
            var bin = Math.Min((int)(bins * (before + weight / 2) / total), bins - 1);
            if (!binned.TryGetValue(bin, out var rows)) binned.Add(bin, rows = []);
            rows.AddRange(order[first..last]);
            before += weight;
            first = last;
        }

        return [.. binned.Values.Select(rows => rows.ToArray())];
    }
}
