using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Resampling;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>
/// Computes quantile residuals and their tests. Each simulated set of responses takes the place of the observed one in turn: the statistics
/// of all sets are then exchangeable under the model, so that p values are exact but for the estimates being taken as known, however rows
/// depend on each other.
/// </summary>
internal sealed class QuantileResidualEstimates
{
    // The distribution of the residuals of a set is kept as a histogram.
    private const int Bins = 200;

    // Responses that are whole numbers below this are counted, others sorted.
    private const int MostCounted = 256;

    private readonly SimulatedResponses responses;
    private readonly RandomStream stream;
    private readonly double[] values;
    private readonly int[][] histograms;
    private readonly double[] dispersion;
    private readonly float[] row;

    private QuantileResidualEstimates(SimulatedResponses responses, long seed)
    {
        (this.responses, stream) = (responses, new RandomStream(seed, -1));
        values = new double[responses.Rows];
        histograms = [.. responses.Sets.Select(_ => new int[Bins])];
        (dispersion, row) = (new double[responses.Sets.Length], new float[responses.Sets.Length]);
    }

    internal static QuantileResiduals Of(MixedModelFit fit, SimulatedResponses responses, long seed)
    {
        var estimates = new QuantileResidualEstimates(responses, seed);
        for (var i = 0; i < responses.Rows; i++) estimates.Add(i);
        return new QuantileResiduals(estimates.values, [.. estimates.Tests()])
        {
            Remarks =
            [
                FormattableString.Invariant($"Against {responses.Sets.Length - 1} simulations from the fit (seed {seed}). ")
                    + "P values take the estimates as known, so that they are a little large. "
                    + (fit.Family == Family.Binomial && responses.Frame.Response.Trials.Max() == 1
                        ? "Single 0/1 outcomes say little of dispersion row by row: look at the groups, and at calibration." : ""),
            ],
        };
    }

    // Ranks within the row, ties broken at random; the sum of squared standardised deviations.
    private void Add(int i)
    {
        var (sum, squares, whole) = (0.0, 0.0, true);
        for (var set = 0; set < row.Length; set++)
        {
            var value = row[set] = responses.Sets[set][i];
            sum += value;
            squares += (double)value * value;
            whole &= value >= 0 && value < MostCounted && value == (int)value;
        }

        var mean = sum / row.Length;
        var variance = squares / row.Length - mean * mean;
        if (variance > 0)
        {
            for (var set = 0; set < row.Length; set++) dispersion[set] += (row[set] - mean) * (row[set] - mean) / variance;
        }

        if (whole) Count(i);
        else Sort(i);
    }

    private void Count(int i)
    {
        Span<int> below = stackalloc int[MostCounted + 1];
        foreach (var value in row) below[(int)value + 1]++;
        for (var value = 1; value <= MostCounted; value++) below[value] += below[value - 1];
        for (var set = 0; set < row.Length; set++) Place(i, set, below[(int)row[set]], below[(int)row[set] + 1]);
    }

    private void Sort(int i)
    {
        var sorted = (float[])row.Clone();
        Array.Sort(sorted);
        for (var set = 0; set < row.Length; set++)
        {
            var (first, last) = (Array.BinarySearch(sorted, row[set]), 0);
            last = first;
            while (first > 0 && sorted[first - 1] == row[set]) first--;
            while (last < sorted.Length && sorted[last] == row[set]) last++;
            Place(i, set, first, last);
        }
    }

    private void Place(int i, int set, int below, int notAbove)
    {
        var residual = (below + stream.Uniform() * (notAbove - below)) / row.Length;
        histograms[set][Math.Min((int)(residual * Bins), Bins - 1)]++;
        if (set == 0) values[i] = residual;
    }

    private IEnumerable<SimulationTest> Tests()
    {
        yield return Test("uniformity (Kolmogorov-Smirnov)", [.. histograms.Select(Distance)], isTwoSided: false);
        yield return Test("dispersion", [.. dispersion.Select(sum => sum / responses.Rows)], isTwoSided: true);
        if (responses.Frame.Family is Family.Poisson or Family.NegativeBinomial)
            yield return Test("zeros", [.. responses.Sets.Select(set => set.Average(value => value == 0 ? 1.0 : 0))], isTwoSided: true);
        foreach (var grouping in responses.Frame.Groupings)
            yield return Test($"spread between groups of {grouping.Groups.Name}", Between(grouping.Groups), isTwoSided: true);
    }

    // The mean squared standardised deviation of the groups' totals.
    private double[] Between(ModelFrames.CodedVariable groups)
    {
        var totals = responses.Sets.Select(set =>
        {
            var sums = new double[groups.Size];
            for (var i = 0; i < set.Length; i++) sums[groups.Codes[i]] += set[i];
            return sums;
        }).ToArray();
        var statistic = new double[totals.Length];
        for (var group = 0; group < groups.Size; group++)
        {
            var mean = totals.Average(sums => sums[group]);
            var variance = totals.Average(sums => (sums[group] - mean) * (sums[group] - mean));
            if (variance == 0) continue;
            for (var set = 0; set < totals.Length; set++)
                statistic[set] += Math.Pow(totals[set][group] - mean, 2) / variance / groups.Size;
        }

        return statistic;
    }

    private static double Distance(int[] histogram)
    {
        var (total, below, distance) = ((double)histogram.Sum(), 0, 0.0);
        for (var bin = 0; bin < Bins; bin++)
        {
            below += histogram[bin];
            distance = Math.Max(distance, Math.Abs(below / total - (bin + 1.0) / Bins));
        }

        return distance;
    }

    private static SimulationTest Test(string name, double[] statistics, bool isTwoSided)
    {
        var (above, below) = (statistics.Count(value => value >= statistics[0]), statistics.Count(value => value <= statistics[0]));
        var share = isTwoSided ? Math.Min(1, 2.0 * Math.Min(above, below) / statistics.Length) : above / (double)statistics.Length;
        return new SimulationTest(name, statistics[0], statistics.Skip(1).Average(), share);
    }
}
