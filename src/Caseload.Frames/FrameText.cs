using System.Globalization;
using System.Net;
using System.Text;

namespace Caseload.Frames;

/// <summary>A frame as a table for a terminal and for a page.</summary>
public static class FrameText
{
    /// <summary>A table in plain text: numbers to the right, rounded to six digits; the rows left out are counted.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="rows">The most rows to show.</param>
    public static string Table(Frame frame, int rows)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var shown = Math.Min(rows, frame.RowCount);
        var cells = frame.Columns.Select(c => Enumerable.Range(0, shown).Select(r => Cell(c, r)).Prepend(c.Name).ToArray()).ToArray();
        var widths = cells.Select(c => c.Max(text => text.Length)).ToArray();
        var text = new StringBuilder();
        for (var line = 0; line <= shown; line++)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                if (i > 0) text.Append("  ");
                text.Append(IsNumeric(frame.Columns[i]) ? cells[i][line].PadLeft(widths[i])
                    : i == cells.Length - 1 ? cells[i][line]
                    : cells[i][line].PadRight(widths[i]));
            }

            text.Append('\n');
        }

        if (shown < frame.RowCount)
            text.Append(CultureInfo.InvariantCulture, $"... and {frame.RowCount - shown} more of {frame.RowCount} rows\n");
        return text.ToString();
    }

    /// <summary>A table in HTML, with a header row whose cells name their scope.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="rows">The most rows to show.</param>
    public static string Html(Frame frame, int rows)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var shown = Math.Min(rows, frame.RowCount);
        var html = new StringBuilder("<table class=\"frame\"><thead><tr>");
        foreach (var column in frame.Columns)
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{Align(column)}>{WebUtility.HtmlEncode(column.Name)}</th>");
        html.Append("</tr></thead><tbody>");
        for (var row = 0; row < shown; row++)
        {
            html.Append("<tr>");
            foreach (var column in frame.Columns)
                html.Append(CultureInfo.InvariantCulture, $"<td{Align(column)}>{WebUtility.HtmlEncode(Cell(column, row))}</td>");
            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
        if (shown < frame.RowCount) html.Append(CultureInfo.InvariantCulture, $"<p>{shown} of {frame.RowCount} rows shown</p>");
        return html.ToString();
    }

    private static bool IsNumeric(Column column) => column.Type is ColumnType.Number or ColumnType.Integer;

    private static string Align(Column column) => IsNumeric(column) ? " style=\"text-align:right\"" : "";

    private static string Cell(Column column, int row) => column is NumberColumn numbers && !numbers.IsMissing(row)
        ? numbers.Values[row].ToString("G6", CultureInfo.InvariantCulture)
        : column.Format(row);
}
