using System.Text;

namespace Caseload.MixedModels.Fits;

/// <summary>Fits and comparisons of fits in plain text, for a terminal.</summary>
public static class FitText
{
    // Where sentences break; tables and formulas do not.
    private const int Width = 100;

    /// <summary>The summary of a fit.</summary>
    /// <param name="fit">The fit.</param>
    public static string Summary(MixedModelFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var text = new StringBuilder();
        text.Append(FitWords.Title(fit)).Append("\n  ").Append(fit.Formula).Append("\n\n");
        text.Append(FitWords.Counts(fit)).Append('\n').Append(FitWords.Likelihood(fit)).Append('\n');
        if (fit.RandomEffects.Count > 0) Lay(text.Append('\n'), FitTable.Random(fit));
        foreach (var remark in FitWords.Remarks(fit)) text.Append(fit.RandomEffects.Count > 0 ? "  " : "").Append(remark).Append('\n');
        Lay(text.Append('\n'), FitTable.Fixed(fit));
        foreach (var warning in fit.Warnings) Wrap(text.Append('\n'), FitWords.Warning(warning));
        return text.ToString();
    }

    /// <summary>A comparison of fits as a table.</summary>
    /// <param name="table">The comparison.</param>
    public static string Table(LikelihoodRatioTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var text = new StringBuilder();
        Lay(text, FitTable.Comparison(table) with { Caption = "" });
        foreach (var remark in table.Remarks) Wrap(text, remark);
        return text.ToString();
    }

    // Columns of equal width: words to the left, numbers to the right.
    internal static void Lay(StringBuilder text, FitTable table)
    {
        if (table.Caption.Length > 0) text.Append(table.Caption).Append('\n');
        string[][] rows = [table.Header, .. table.Rows];
        int[] widths = [.. table.Header.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            var line = row.Select((cell, column) =>
                column < table.TextColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append("  ").Append(string.Join("  ", line).TrimEnd()).Append('\n');
        }
    }

    internal static void Wrap(StringBuilder text, string sentences)
    {
        var length = 0;
        foreach (var word in sentences.Split(' '))
        {
            if (length > 0 && length + 1 + word.Length > Width)
            {
                text.Append("\n ");
                length = 1;
            }

            if (length > 0) text.Append(' ');
            text.Append(word);
            length += word.Length + (length > 0 ? 1 : 0);
        }

        text.Append('\n');
    }
}
