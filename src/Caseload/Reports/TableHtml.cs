using System.Globalization;
using System.Text;
using Caseload.Figures;
using Caseload.Frames;

namespace Caseload.Reports;

/// <summary>Writes a frame as an HTML table: a header cell a column, a header cell a row, numbers to the right.</summary>
internal static class TableHtml
{
    // The longest text of a column that is kept on one line.
    private const int ShortText = 12;

    public static string Of(Frame frame, IReadOnlyList<TableColumn> formats, string captionHtml)
    {
        TableColumn FormatOf(Column column) => formats.FirstOrDefault(f => f.Name == column.Name) ?? new TableColumn(column.Name);
        var all = frame.Columns.Select(column => (Column: column, Format: FormatOf(column))).ToArray();
        var columns = all.Where(c => !c.Format.IsSection).ToArray();
        var section = all.FirstOrDefault(c => c.Format.IsSection).Column;
        var html = new StringBuilder("<table>\n<caption>").Append(captionHtml).Append("</caption>\n<thead><tr>");
        foreach (var (column, format) in columns)
            html.Append("<th scope=\"col\"").Append(Class(column, format)).Append('>').Append(Markup.Escape(format.Heading ?? column.Name))
                .Append("</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        for (var row = 0; row < frame.RowCount; row++)
        {
            if (section is not null && (row == 0 || section.Compare(row - 1, row) != 0))
                html.Append(SectionRow(section.Format(row), columns.Length, row == 0));
            html.Append("<tr>");
            for (var i = 0; i < columns.Length; i++)
            {
                var (column, format) = columns[i];
                html.Append(i == 0 ? "<th scope=\"row\"" : "<td").Append(Class(column, format)).Append('>')
                    .Append(Cell(column, format, row)).Append(i == 0 ? "</th>" : "</td>");
            }

            html.Append("</tr>\n");
        }

        return html.Append("</tbody></table>\n").ToString();
    }

    private static string SectionRow(string name, int width, bool isFirst) => name.Length == 0 ? "" :
        (isFirst ? "" : "</tbody>\n<tbody>\n")
        + $"<tr class=\"section\"><th scope=\"rowgroup\" colspan=\"{width}\">{Markup.Escape(name)}</th></tr>\n";

    /// <summary>The cells as they are written, as columns of text; what is set to the right is padded to one width.</summary>
    public static Frame Written(Frame frame, IReadOnlyList<TableColumn> formats) => new(frame.Columns.Select(column =>
    {
        var format = formats.FirstOrDefault(f => f.Name == column.Name) ?? new TableColumn(column.Name);
        var cells = Enumerable.Range(0, frame.RowCount)
            .Select(row => column.IsMissing(row) ? NumberText.Missing : Text(column, format, row)).ToArray();
        var width = IsNumeric(column, format) ? cells.Select(c => c.Length).Append(column.Name.Length).Max() : 0;
        return TextColumn.Of(column.Name, cells.Select(c => c.PadLeft(width)));
    }));

    private static string Cell(Column column, TableColumn format, int row)
    {
        if (column.IsMissing(row)) return "<span class=\"none\">" + NumberText.Missing + "</span>";
        var text = Markup.Escape(Text(column, format, row));
        return format.Statuses.TryGetValue(column.Format(row), out var tone)
            ? $"<span class=\"status {ToneClass(tone)}\">{text}</span>"
            : text;
    }

    private static string Text(Column column, TableColumn format, int row) => column switch
    {
        NumberColumn numbers => (format.Format ?? new NumberFormat(NumberStyle.General)).Write(numbers.Values[row]),
        IntegerColumn integers => (format.Format ?? NumberFormat.Count).Write(integers.Values[row]),

        // Numbers that stand beside a mark are text in the frame, and are written as numbers all the same.
        _ when format is { IsNumeric: true, Format: { } numeric }
            && double.TryParse(column.Format(row), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => numeric.Write(value),
        _ => column.Format(row),
    };

    private static bool IsNumeric(Column column, TableColumn format) =>
        format.IsNumeric || column.Type is ColumnType.Number or ColumnType.Integer;

    private static string Class(Column column, TableColumn format)
    {
        if (IsNumeric(column, format)) return " class=\"number\"";
        return column is TextColumn text && text.Levels.All(level => level.Length <= ShortText) ? " class=\"short\"" : "";
    }

    private static string ToneClass(Tone tone) =>
        tone switch { Tone.Good => "good", Tone.Caution => "caution", Tone.Bad => "bad", _ => "neutral" };
}
