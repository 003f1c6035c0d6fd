using Caseload.Frames;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>Splits a covariate into its group means and the deviations from them.</summary>
internal static class GroupMeans
{
    /// <summary>What the name of a group mean ends with.</summary>
    internal const string Mean = "_mean";

    /// <summary>What the name of a deviation from it ends with.</summary>
    internal const string Within = "_within";

    // Of the largest value: what rounding leaves of a difference that is 0.
    private const double Rounding = 1e-12;

    /// <summary>The frame with both columns.</summary>
    internal static Frame Add(Frame frame, string column, string group)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var (values, groups) = (frame.Number(column), frame[group]);
        foreach (var name in new[] { column + Mean, column + Within })
        {
            if (frame.Find(name) is not null)
                throw new ProblemException(new Problem(ProblemKind.WrongUsage, $"a column named \"{name}\" already",
                    "a frame without it", $"column {column}", "Begin with the frame as it was, or rename that column."));
        }

        var (means, deviations) = (Empty(frame.RowCount), Empty(frame.RowCount));
        var split = frame.GroupBy(group);
        for (var g = 0; g < split.Count; g++)
        {
            int[] present = [.. split.Rows(g).Where(row => !values.IsMissing(row))];
            if (present.Length == 0 || groups.IsMissing(present[0])) continue;
            var mean = present.Average(row => values.Values[row]);
            foreach (var row in split.Rows(g)) means[row] = mean;
            foreach (var row in present) deviations[row] = values.Values[row] - mean;
        }

        var scale = Largest(values.Values.ToArray()) * Rounding;
        if (Largest(deviations) <= scale) throw DoesNotVary("does not vary within groups", "between");
        var first = means.First(mean => !double.IsNaN(mean));
        if (Largest([.. means.Select(mean => mean - first)]) <= scale) throw DoesNotVary("has the same mean in all groups", "within");
        return frame.With(new NumberColumn(column + Mean, means)).With(new NumberColumn(column + Within, deviations));

        ProblemException DoesNotVary(string how, string where) => new(new Problem(ProblemKind.CheckFailed,
            $"a covariate that {how}", $"one that varies both within and between groups of {group}", $"column {column}",
            $"Put it into the model as it is: all of its effect is {where} groups."));
    }

    private static double Largest(double[] values) => values.Where(value => !double.IsNaN(value)).Select(Math.Abs).DefaultIfEmpty().Max();

    private static double[] Empty(int rows)
    {
        var cells = new double[rows];
        Array.Fill(cells, double.NaN);
        return cells;
    }
}
