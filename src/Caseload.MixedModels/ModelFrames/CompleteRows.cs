using Caseload.Frames;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>The rows in which no column of the model is missing.</summary>
/// <param name="Frame">Those rows, with the columns of the model only.</param>
/// <param name="Numbers">The number of each row in the frame that was given, from 0.</param>
/// <param name="Counts">How many equal rows of the source each row stands for; null where each stands for itself.</param>
/// <param name="Dropped">How many rows were left out.</param>
/// <param name="MissingIn">The columns with missing cells, and how many each.</param>
internal sealed record CompleteRows(Frame Frame, int[] Numbers, double[]? Counts, int Dropped, IReadOnlyList<(string Column, int Count)> MissingIn)
{
    internal static CompleteRows Of(Frame frame, ModelFormula formula, FitSettings settings)
    {
        foreach (var name in FormulaColumns.Of(formula)) ColumnLookup.Find(name, frame, formula.Text);
        var weights = new[] { settings.Weights, settings.Frequencies, settings.RowCounts }.OfType<string>();
        var columns = FormulaColumns.Of(formula).Select(n => n.Name).Concat(weights).Distinct()
            .Select(n => frame[n]).ToArray();
        var counts = settings.RowCounts is { } counted ? frame.Number(counted).Values.ToArray() : null;
        var missing = columns.Select(c => (Column: c.Name, Count: Missing(c, counts))).Where(c => c.Count > 0).ToArray();
        var chosen = new Frame(columns);
        if (missing.Length == 0) return new CompleteRows(chosen, [.. Enumerable.Range(0, frame.RowCount)], counts, 0, missing);
        int[] kept = [.. Enumerable.Range(0, frame.RowCount).Where(row => !columns.Any(c => c.IsMissing(row)))];
        double[]? left = counts is null ? null : [.. kept.Select(row => counts[row])];
        var dropped = counts is null ? frame.RowCount - kept.Length : (int)(counts.Sum() - left!.Sum());
        return new CompleteRows(chosen.Take(kept), kept, left, dropped, missing);
    }

    /// <summary>How many rows of the source there are.</summary>
    internal int Total => Counts is null ? Numbers.Length : (int)Counts.Sum();

    /// <summary>Those of the rows that meet a condition.</summary>
    internal CompleteRows Where(Func<int, bool> keep)
    {
        int[] kept = [.. Enumerable.Range(0, Numbers.Length).Where(keep)];
        return kept.Length == Numbers.Length
            ? this
            : this with
            {
                Frame = Frame.Take(kept),
                Numbers = [.. kept.Select(row => Numbers[row])],
                Counts = Counts is null ? null : [.. kept.Select(row => Counts[row])],
            };
    }

    /// <summary>The values of arithmetic, all finite.</summary>
    /// <exception cref="ProblemException">A value is not finite, such as the logarithm of 0; the message gives the row.</exception>
    internal double[] Evaluate(Expression expression, string formula)
    {
        var values = Arithmetic.Evaluate(expression, Frame, formula);
        var bad = Array.FindIndex(values, v => !double.IsFinite(v));
        return bad < 0 ? values : throw Fail(bad, FormulaText.Of(expression), "a value that is not finite", "a finite number");
    }

    /// <summary>The exception that says a row fails a check. It names the place, never the value.</summary>
    internal ProblemException Fail(int row, string column, string found, string expected)
    {
        var place = Counts is null
            ? FormattableString.Invariant($"data row {Numbers[row] + 1} (line {Numbers[row] + 2} of a file with one line a row)")
            : FormattableString.Invariant($"in {Counts[row]} {(Counts[row] == 1 ? "row" : "rows")}");
        return new ProblemException(new Problem(ProblemKind.CheckFailed, found, expected, $"{place}, {column}",
            "Correct the data, or choose another response."));
    }

    private static int Missing(Column column, double[]? counts) => counts is null
        ? column.MissingCount
        : (int)Enumerable.Range(0, counts.Length).Where(column.IsMissing).Sum(row => counts[row]);
}
