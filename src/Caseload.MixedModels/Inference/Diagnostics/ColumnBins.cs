using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Rows;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Diagnostics;

/// <summary>Puts rows into bins by a column.</summary>
internal static class ColumnBins
{
    private const int MostBins = 20;

    /// <summary>Of numbers bins of about equal weight; of text, flags and few distinct numbers a bin a value.</summary>
    /// <param name="column">The column, of text, flags or numbers.</param>
    /// <param name="numbers">The numbers of the rows in the column; their cells are not missing.</param>
    /// <param name="weights">The weight of each of the rows.</param>
    /// <param name="bins">The most bins of numbers.</param>
    /// <returns>The rows of each bin, by their place among the rows, with the value that they share as text, or null.</returns>
    internal static IReadOnlyList<(string? Label, int[] Rows)> Of(Column column, int[] numbers, double[] weights, int bins)
    {
        if (column.Type is ColumnType.Text or ColumnType.Flag)
        {
            return [.. Enumerable.Range(0, numbers.Length).GroupBy(row => CodedVariable.Label(column, numbers[row]))
                .OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => ((string?)value.Key, value.ToArray()))];
        }

        var values = Numbers(column, numbers);
        if (values.Distinct().Count() <= bins)
        {
            return [.. Enumerable.Range(0, numbers.Length).GroupBy(row => values[row]).OrderBy(value => value.Key)
                .Select(value => ((string?)null, value.ToArray()))];
        }

        return [.. OfEqualWeight(values, weights, bins).Select(rows => ((string?)null, rows))];
    }

    /// <summary>The bin of each row that a fit used, from 0; -1 where the column is missing.</summary>
    /// <exception cref="ProblemException">There is no such column, it holds dates, or the data are not those of the fit.</exception>
    internal static int[] OfFit(MixedModelFit fit, Frame data, string column)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (used, values) = (RowsOf(fit, data), data[column]);
        int[] present = [.. Enumerable.Range(0, used.Length).Where(row => !values.IsMissing(used[row]))];
        if (present.Length == 0)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, "no cell present", "at least one", $"column {column}",
                "Choose another column."));
        var bins = Of(values, [.. present.Select(row => used[row])], [.. present.Select(_ => 1.0)], MostBins);
        return Codes([.. bins.Select(bin => bin.Rows.Select(row => present[row]))], used.Length);
    }

    /// <summary>The bin of each row in the order of some numbers, from 0.</summary>
    internal static int[] OfNumbers(double[] by) => Codes([.. OfEqualWeight(by, [.. by.Select(_ => 1.0)], MostBins)], by.Length);

    private static int[] Codes(IReadOnlyList<IEnumerable<int>> bins, int rows)
    {
        var codes = new int[rows];
        Array.Fill(codes, -1);
        for (var bin = 0; bin < bins.Count; bin++)
        {
            foreach (var row in bins[bin]) codes[row] = bin;
        }

        return codes;
    }

    // The rows that a fit used, by their numbers in its data.
    private static int[] RowsOf(MixedModelFit fit, Frame data)
    {
        var (frame, settings) = PredictorRows.Data(fit);
        var complete = CompleteRows.Of(data, frame.Formula, settings);
        var response = ModelResponse.Read(frame.Formula, complete, settings);
        var rows = complete.Where(row => response.Trials[row] > 0);
        if (ModelResponse.Read(frame.Formula, rows, settings).Successes.SequenceEqual(frame.Response.Successes)) return rows.Numbers;
        throw new ProblemException(new Problem(ProblemKind.WrongUsage, "data with other rows than the fit used, or another response",
            FormattableString.Invariant($"its {frame.Rows} rows in their order"), "data", "Give the data that the model was fitted to."));
    }

    /// <summary>Bins of about equal weight, in the order of some numbers; rows of equal numbers stay together.</summary>
    /// <param name="by">A number a row.</param>
    /// <param name="weights">The weight of each row.</param>
    /// <param name="bins">The most bins.</param>
    internal static IReadOnlyList<int[]> OfEqualWeight(double[] by, double[] weights, int bins)
    {
        int[] order = [.. Enumerable.Range(0, by.Length).OrderBy(row => by[row])];
        var (total, before) = (weights.Sum(), 0.0);
        var binned = new SortedDictionary<int, List<int>>();
        for (var first = 0; first < order.Length;)
        {
            // Equal but for rounding.
            var (last, weight) = (first, 0.0);
            while (last < order.Length && by[order[last]] - by[order[first]] <= 1e-12 * Math.Abs(by[order[first]]))
                weight += weights[order[last++]];
            var bin = Math.Min((int)(bins * (before + weight / 2) / total), bins - 1);
            if (!binned.TryGetValue(bin, out var rows)) binned.Add(bin, rows = []);
            rows.AddRange(order[first..last]);
            before += weight;
            first = last;
        }

        return [.. binned.Values.Select(rows => rows.ToArray())];
    }

    /// <summary>The numbers of some rows.</summary>
    internal static double[] Numbers(Column column, int[] numbers)
    {
        var values = new Frame([column]).Number(column.Name).Values;
        var chosen = new double[numbers.Length];
        for (var i = 0; i < chosen.Length; i++) chosen[i] = values[numbers[i]];
        return chosen;
    }
}
