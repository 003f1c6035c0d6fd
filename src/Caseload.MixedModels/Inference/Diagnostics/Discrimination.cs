using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>
/// The area under the receiver operating characteristic: the chance that a success has a higher predicted probability than a failure, ties
/// counted half. Its variance is that of DeLong, DeLong and Clarke-Pearson (1988), from one pass over the rows in order, or that of
/// Obuchowski (1997), which allows for dependence within clusters.
/// </summary>
internal static class Discrimination
{
    /// <summary>The area with its interval.</summary>
    /// <param name="means">The rows.</param>
    /// <param name="clusters">The cluster of each row; null where rows and trials are independent.</param>
    /// <param name="level">The level of the interval.</param>
    internal static CalibrationMeasure Of(FittedMeans means, int[]? clusters, double level)
    {
        var successes = means.Sums.Sum();
        var failures = means.Weights.Sum() - successes;
        var rows = Placements(means, (successes, failures));
        var area = rows.Sum(row => row.Successes * row.OfSuccesses) / successes;
        var error = Math.Sqrt(clusters is null ? Variance(rows, area) : Variance(rows, area, clusters));

        // On the scale of the logit the interval stays between 0 and 1.
        var (logit, width) = (InverseLink.Of(Link.Logit, area), StandardNormal.HalfWidth(level) * error / (area * (1 - area)));
        return new CalibrationMeasure("area under the ROC curve", area, error, End(-1), End(1));

        double End(int side) => error == 0 ? area : InverseLink.At(Link.Logit, logit + side * width).Value;
    }

    private static double Variance(Placed[] rows, double area)
    {
        var (successes, failures) = (rows.Sum(row => row.Successes), rows.Sum(row => row.Failures));
        var ofSuccesses = rows.Sum(row => row.Successes * Math.Pow(row.OfSuccesses - area, 2)) / (successes - 1);
        var ofFailures = rows.Sum(row => row.Failures * Math.Pow(row.OfFailures - area, 2)) / (failures - 1);
        return ofSuccesses / successes + ofFailures / failures;
    }

    // Clusters in the place of single outcomes; those with both bring a covariance.
    private static double Variance(Placed[] rows, double area, int[] clusters)
    {
        var count = clusters.Max() + 1;
        var sums = new (double OfSuccesses, double OfFailures, double Successes, double Failures)[count];
        for (var i = 0; i < rows.Length; i++)
        {
            ref var sum = ref sums[clusters[i]];
            sum.OfSuccesses += rows[i].Successes * (rows[i].OfSuccesses - area);
            sum.OfFailures += rows[i].Failures * (rows[i].OfFailures - area);
            sum.Successes += rows[i].Successes;
            sum.Failures += rows[i].Failures;
        }

        var (successes, failures) = (sums.Sum(sum => sum.Successes), sums.Sum(sum => sum.Failures));
        var (withSuccess, withFailure) = (sums.Count(sum => sum.Successes > 0), sums.Count(sum => sum.Failures > 0));
        return withSuccess / (withSuccess - 1.0) * sums.Sum(sum => sum.OfSuccesses * sum.OfSuccesses) / (successes * successes)
            + withFailure / (withFailure - 1.0) * sums.Sum(sum => sum.OfFailures * sum.OfFailures) / (failures * failures)
            + 2 * count / (count - 1.0) * sums.Sum(sum => sum.OfSuccesses * sum.OfFailures) / (successes * failures);
    }

    private static Placed[] Placements(FittedMeans means, (double Successes, double Failures) all)
    {
        int[] order = [.. Enumerable.Range(0, means.Fitted.Length).OrderBy(row => means.Fitted[row])];
        var (below, placed) = ((Successes: 0.0, Failures: 0.0), new Placed[order.Length]);
        for (var first = 0; first < order.Length;)
        {
            var (last, successes, failures) = (first, 0.0, 0.0);
            while (last < order.Length && means.Fitted[order[last]] == means.Fitted[order[first]])
            {
                successes += means.Sums[order[last]];
                failures += means.Weights[order[last]] - means.Sums[order[last]];
                last++;
            }

            var ofSuccesses = (below.Failures + failures / 2) / all.Failures;
            var ofFailures = (all.Successes - below.Successes - successes / 2) / all.Successes;
            foreach (var row in order.AsSpan(first..last))
                placed[row] = new Placed(means.Sums[row], means.Weights[row] - means.Sums[row], ofSuccesses, ofFailures);
            below = (below.Successes + successes, below.Failures + failures);
            first = last;
        }

        return placed;
    }

    /// <summary>A row among all.</summary>
    /// <param name="Successes">Its successes.</param>
    /// <param name="Failures">Its failures.</param>
    /// <param name="OfSuccesses">The share of all failures with a lower probability, ties counted half.</param>
    /// <param name="OfFailures">The share of all successes with a higher one, likewise.</param>
    private readonly record struct Placed(double Successes, double Failures, double OfSuccesses, double OfFailures);
}
