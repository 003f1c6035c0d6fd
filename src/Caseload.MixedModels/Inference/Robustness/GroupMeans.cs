using Caseload.Frames;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>Splits a covariate into its group means and the deviations from them.</summary>
internal static class GroupMeans
{
    /// <summary>What the name of a group mean ends with.</summary>
    internal const string Mean = "_mean";

    /// <summary>What the name of a deviation from it ends with.</summary>
    internal const string Within = "_within";

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

        return frame.With(new NumberColumn(column + Mean, means)).With(new NumberColumn(column + Within, deviations));
    }

    private static double[] Empty(int rows)
    {
        var cells = new double[rows];
        Array.Fill(cells, double.NaN);
        return cells;
    }
}
