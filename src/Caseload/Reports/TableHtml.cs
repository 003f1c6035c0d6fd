using System.Text;
using Caseload.Figures;
using Caseload.Frames;

namespace Caseload.Reports;

/// <summary>Writes a frame as an HTML table: a header cell a column, a header cell a row, numbers to the right.</summary>
internal static class TableHtml
{
    public static string Of(Frame frame, IReadOnlyList<TableColumn> formats, string captionHtml)
    {
        TableColumn FormatOf(Column column) => formats.FirstOrDefault(f => f.Name == column.Name) ?? new TableColumn(column.Name);
        var columns = frame.Columns.Select(column => (Column: column, Format: FormatOf(column))).ToArray();
        var html = new StringBuilder("<table>\n<caption>").Append(captionHtml).Append("</caption>\n<thead><tr>");
        foreach (var (column, format) in columns)
            html.Append("<th scope=\"col\"").Append(Align(column, format)).Append('>').Append(Markup.Escape(format.Heading ?? column.Name))
                .Append("</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        for (var row = 0; row < frame.RowCount; row++)
        {
            html.Append("<tr>");
            for (var i = 0; i < columns.Length; i++)
            {
                var (column, format) = columns[i];
                html.Append(i == 0 ? "<th scope=\"row\"" : "<td").Append(Align(column, format)).Append('>')
                    .Append(Cell(column, format, row)).Append(i == 0 ? "</th>" : "</td>");
            }

            html.Append("</tr>\n");
        }

        return html.Append("</tbody></table>\n").ToString();
    }

    private static string Cell(Column column, TableColumn format, int row)
    {
        if (column.IsMissing(row)) return "<span class=\"none\">" + NumberText.Missing + "</span>";
        var text = Markup.Escape(column switch
        {
            NumberColumn numbers => (format.Format ?? new NumberFormat(NumberStyle.General)).Write(numbers.Values[row]),
            IntegerColumn integers => (format.Format ?? NumberFormat.Count).Write(integers.Values[row]),
            _ => column.Format(row),
        });
        return format.Statuses.TryGetValue(column.Format(row), out var tone)
            ? $"<span class=\"status {ToneClass(tone)}\">{text}</span>"
            : text;
    }

    private static string Align(Column column, TableColumn format) =>
        format.IsNumeric || column.Type is ColumnType.Number or ColumnType.Integer ? " class=\"number\"" : "";

    private static string ToneClass(Tone tone) =>
        tone switch { Tone.Good => "good", Tone.Caution => "caution", Tone.Bad => "bad", _ => "neutral" };
}
