using System.Globalization;
using System.Net;
using System.Text;

namespace Caseload.Frames;

/// <summary>A frame as a table for a terminal and for a page.</summary>
public static class FrameText
{
    /// <summary>The most columns that a notebook shows of a frame.</summary>
    public const int ColumnLimit = 30;

    /// <summary>A table in plain text: numbers to the right, rounded to six digits; the rows left out are counted.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="rows">The most rows to show.</param>
    public static string Table(Frame frame, int rows)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var shown = Math.Min(rows, frame.RowCount);
        var text = new StringBuilder();
        Write(text, [.. frame.Columns.Select(c => (c, Lines(c, shown).Prepend(c.Name).ToArray()))]);
        if (shown < frame.RowCount)
            text.Append(CultureInfo.InvariantCulture, $"... and {frame.RowCount - shown} more of {frame.RowCount} rows\n");
        return text.ToString();
    }

    /// <summary>A table in HTML, as a notebook shows it: a caption that counts the rows, a header whose cells name their scope and the
    /// type of their column, and at most <see cref="ColumnLimit"/> columns.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="rows">The most rows to show.</param>
    public static string Html(Frame frame, int rows)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var shown = Math.Min(rows, frame.RowCount);
        var columns = frame.Columns.Take(ColumnLimit).ToArray();
        var html = new StringBuilder("<table class=\"frame\"><caption>").Append(Counted(frame, shown)).Append("</caption><thead><tr>");
        foreach (var column in columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{Align(column)}>{WebUtility.HtmlEncode(column.Name)}")
                .Append(CultureInfo.InvariantCulture, $"<br><small>{TypeOf(column)}</small></th>");
        }

        html.Append("</tr></thead><tbody>");
        for (var row = 0; row < shown; row++)
        {
            html.Append("<tr>");
            foreach (var column in columns)
                html.Append(CultureInfo.InvariantCulture, $"<td{Align(column)}>{WebUtility.HtmlEncode(Cell(column, row))}</td>");
            html.Append("</tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>A table in plain text, as a notebook shows it: a line with the types below the names, and the rows counted at the
    /// end.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="rows">The most rows to show.</param>
    public static string TypedTable(Frame frame, int rows)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var shown = Math.Min(rows, frame.RowCount);
        var text = new StringBuilder();
        Write(text, [.. frame.Columns.Take(ColumnLimit).Select(c => (c, Lines(c, shown).Prepend(TypeOf(c)).Prepend(c.Name).ToArray()))]);
        return text.Append('(').Append(Counted(frame, shown)).Append(")\n").ToString();
    }

    private static IEnumerable<string> Lines(Column column, int shown) => Enumerable.Range(0, shown).Select(r => Cell(column, r));

    private static void Write(StringBuilder text, IReadOnlyList<(Column Column, string[] Lines)> columns)
    {
        var widths = columns.Select(c => c.Lines.Max(line => line.Length)).ToArray();
        for (var line = 0; columns.Count > 0 && line < columns[0].Lines.Length; line++)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (i > 0) text.Append("  ");
                var cell = columns[i].Lines[line];
                text.Append(IsNumeric(columns[i].Column) ? cell.PadLeft(widths[i])
                    : i == columns.Count - 1 ? cell : cell.PadRight(widths[i]));
            }

            text.Append('\n');
        }
    }

    private static string Counted(Frame frame, int shown)
    {
        var all = frame.RowCount.ToString("N0", CultureInfo.InvariantCulture) + (frame.RowCount == 1 ? " row" : " rows");
        if (shown < frame.RowCount) all += $", the first {shown} shown";
        return frame.Columns.Count <= ColumnLimit ? all : $"{all}; {ColumnLimit} of {frame.Columns.Count} columns shown";
    }

    private static string TypeOf(Column column) => column.Type switch
    {
        ColumnType.Number => "number",
        ColumnType.Integer => "integer",
        ColumnType.Date => "date",
        ColumnType.Flag => "flag",
        _ => "text",
    };

    private static bool IsNumeric(Column column) => column.Type is ColumnType.Number or ColumnType.Integer;

    private static string Align(Column column) => IsNumeric(column) ? " style=\"text-align:right\"" : "";

    private static string Cell(Column column, int row) => column is NumberColumn numbers && !numbers.IsMissing(row)
        ? numbers.Values[row].ToString("G6", CultureInfo.InvariantCulture)
        : column.Format(row);
}
