using Caseload.Frames;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>Reads sampling weights.</summary>
internal static class WeightColumns
{
    /// <summary>The weight of each row: those of the rows of a group, scaled.</summary>
    /// <param name="column">The column; null where all are 1.</param>
    /// <param name="frame">The rows of the model.</param>
    /// <param name="groups">The rows of each group.</param>
    /// <param name="scaling">How they are scaled.</param>
    internal static double[] OfRows(string? column, Frame frame, int[][] groups, WeightScaling scaling)
    {
        var weights = Read(column, frame);
        if (scaling == WeightScaling.Unscaled) return weights;
        foreach (var rows in groups)
        {
            var (sum, squares) = (rows.Sum(row => weights[row]), rows.Sum(row => weights[row] * weights[row]));
            var factor = scaling == WeightScaling.Size ? rows.Length / sum : sum / squares;
            foreach (var row in rows) weights[row] *= factor;
        }

        return weights;
    }

    /// <summary>The weight of each group.</summary>
    /// <exception cref="ProblemException">Rows of a group differ.</exception>
    internal static double[] OfGroups(string? column, Frame frame, int[][] groups)
    {
        var weights = Read(column, frame);
        return [.. groups.Select(rows => rows.All(row => weights[row] == weights[rows[0]]) ? weights[rows[0]] : throw new ProblemException(
            new Problem(ProblemKind.CheckFailed, "a weight of groups that differs between rows of one group",
                "one weight a group", $"column {column}", "Give weights of rows as Rows, and that of their group as Groups.")))];
    }

    private static double[] Read(string? column, Frame frame)
    {
        var weights = new double[frame.RowCount];
        Array.Fill(weights, 1.0);
        if (column is null) return weights;
        frame.Number(column).Values.CopyTo(weights);
        var bad = weights.Count(weight => !(weight > 0 && double.IsFinite(weight)));
        return bad == 0 ? weights : throw new ProblemException(new Problem(ProblemKind.CheckFailed,
            FormattableString.Invariant($"sampling weights that are zero, negative, missing or infinite, in {bad} of the model's rows"),
            "numbers above 0: inverse probabilities of being sampled", $"column {column}",
            "Correct them, or leave such rows out with Filter: what could not be sampled tells nothing."));
    }
}
