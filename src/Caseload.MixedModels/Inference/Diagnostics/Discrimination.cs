using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>
/// The area under the receiver operating characteristic: the chance that a success has a higher fitted probability than a failure, ties
/// counted half. Its variance is that of DeLong, DeLong and Clarke-Pearson (1988), from one pass over the rows in order.
/// </summary>
internal static class Discrimination
{
    internal static CalibrationMeasure Of(FittedMeans means, double level)
    {
        var successes = means.Sums.Sum();
        var failures = means.Weights.Sum() - successes;
        var ties = Ties(means, (successes, failures));
        var area = ties.Sum(tie => tie.Successes * tie.OfSuccesses) / successes;
        var ofSuccesses = ties.Sum(tie => tie.Successes * Math.Pow(tie.OfSuccesses - area, 2)) / (successes - 1);
        var ofFailures = ties.Sum(tie => tie.Failures * Math.Pow(tie.OfFailures - area, 2)) / (failures - 1);
        var error = Math.Sqrt(ofSuccesses / successes + ofFailures / failures);

        // On the scale of the logit the interval stays between 0 and 1.
        var (logit, width) = (InverseLink.Of(Link.Logit, area), StandardNormal.HalfWidth(level) * error / (area * (1 - area)));
        return new CalibrationMeasure("area under the ROC curve", area, error, End(-1), End(1));

        double End(int side) => error == 0 ? area : InverseLink.At(Link.Logit, logit + side * width).Value;
    }

    private static List<Tie> Ties(FittedMeans means, (double Successes, double Failures) all)
    {
        int[] order = [.. Enumerable.Range(0, means.Fitted.Length).OrderBy(row => means.Fitted[row])];
        var (below, ties) = ((Successes: 0.0, Failures: 0.0), new List<Tie>());
        for (var first = 0; first < order.Length;)
        {
            var (last, successes, failures) = (first, 0.0, 0.0);
            while (last < order.Length && means.Fitted[order[last]] == means.Fitted[order[first]])
            {
                successes += means.Sums[order[last]];
                failures += means.Weights[order[last]] - means.Sums[order[last]];
                last++;
            }

            ties.Add(new Tie(successes, failures, (below.Failures + failures / 2) / all.Failures,
                (all.Successes - below.Successes - successes / 2) / all.Successes));
            below = (below.Successes + successes, below.Failures + failures);
            first = last;
        }

        return ties;
    }

    /// <summary>Rows of one fitted probability.</summary>
    /// <param name="Successes">Their successes.</param>
    /// <param name="Failures">Their failures.</param>
    /// <param name="OfSuccesses">The share of all failures with a lower probability, ties counted half.</param>
    /// <param name="OfFailures">The share of all successes with a higher one, likewise.</param>
    private readonly record struct Tie(double Successes, double Failures, double OfSuccesses, double OfFailures);
}
