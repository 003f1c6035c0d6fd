using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>The rows in which no column of the model is missing.</summary>
/// <param name="Frame">Those rows, with the columns of the model only.</param>
/// <param name="Numbers">The number of each row in the frame that was given, from 0.</param>
/// <param name="Dropped">How many rows were left out.</param>
/// <param name="MissingIn">The columns with missing cells, and how many each.</param>
internal sealed record CompleteRows(Frame Frame, int[] Numbers, int Dropped, IReadOnlyList<(string Column, int Count)> MissingIn)
{
    internal static CompleteRows Of(Frame frame, ModelFormula formula, FitSettings settings)
    {
        foreach (var name in Names(formula)) ColumnLookup.Find(name, frame, formula.Text);
        var weights = new[] { settings.Weights, settings.Frequencies }.OfType<string>();
        var columns = Names(formula).Select(n => n.Name).Concat(weights).Distinct()
            .Select(n => frame[n]).ToArray();
        var missing = columns.Select(c => (Column: c.Name, Count: c.MissingCount)).Where(c => c.Count > 0).ToArray();
        var chosen = new Frame(columns);
        if (missing.Length == 0) return new CompleteRows(chosen, [.. Enumerable.Range(0, frame.RowCount)], 0, missing);
        int[] kept = [.. Enumerable.Range(0, frame.RowCount).Where(row => !columns.Any(c => c.IsMissing(row)))];
        return new CompleteRows(chosen.Take(kept), kept, frame.RowCount - kept.Length, missing);
    }

    /// <summary>Those of the rows that meet a condition.</summary>
    internal CompleteRows Where(Func<int, bool> keep)
    {
        int[] kept = [.. Enumerable.Range(0, Numbers.Length).Where(keep)];
        return kept.Length == Numbers.Length
            ? this
            : this with { Frame = Frame.Take(kept), Numbers = [.. kept.Select(row => Numbers[row])] };
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
        var number = (Numbers[row] + 1).ToString(CultureInfo.InvariantCulture);
        var line = (Numbers[row] + 2).ToString(CultureInfo.InvariantCulture);
        return new ProblemException(new Problem(ProblemKind.CheckFailed, found, expected,
            $"data row {number} (line {line} of a file with one line a row), {column}",
            "Correct the data, or choose another response."));
    }

    private static IEnumerable<NameReference> Names(ModelFormula formula) =>
        formula.Variables.Select(v => v.Expression).Prepend(formula.Response).Concat(formula.Offsets)
            .SelectMany(References).Concat(formula.RandomTerms.SelectMany(term => term.Group));

    private static IEnumerable<NameReference> References(Expression expression) => expression switch
    {
        NameReference name => [name],
        UnaryOperation unary => References(unary.Operand),
        BinaryOperation binary => References(binary.Left).Concat(References(binary.Right)),
        Parenthesis parenthesis => References(parenthesis.Inner),
        FunctionCall call => call.Arguments.SelectMany(References),
        _ => [],
    };
}
