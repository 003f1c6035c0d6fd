using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.Inference.Rows;

/// <summary>Names rows of data by their covariates, for tables.</summary>
internal static class RowLabels
{
    // A longer name would push a table of numbers beyond the width of a terminal.
    private const int Longest = 36;

    /// <summary>Each row by the model's columns that differ between rows; by its number where that is too long.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="frame">The rows.</param>
    /// <param name="longest">The longest name that the table has room for.</param>
    internal static string[] Of(MixedModelFit fit, Frame frame, int longest = Longest)
    {
        var response = new HashSet<string>(FormulaColumns.OfResponse(fit.Recipe.Formula), StringComparer.Ordinal);
        Column[] columns = [.. FormulaColumns.Of(fit.Recipe.Formula).Select(name => name.Name).Distinct()
            .Where(name => !response.Contains(name)).Select(frame.Find).OfType<Column>()
            .Where(column => frame.RowCount == 1 || Enumerable.Range(1, frame.RowCount - 1).Any(row => column.Compare(row, 0) != 0))];
        string[] labels = [.. Enumerable.Range(0, frame.RowCount).Select(row =>
            string.Join(", ", columns.Select(column => $"{column.Name} = {column.Format(row)}")))];
        return labels.All(label => label.Length > 0 && label.Length <= longest)
            ? labels : [.. Enumerable.Range(1, frame.RowCount).Select(row => FormattableString.Invariant($"row {row}"))];
    }
}
