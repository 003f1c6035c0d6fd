using System.Text;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Formatting;

/// <summary>Writes a table of values for a page and for a terminal.</summary>
internal static class ValueTableText
{
    private const string ToTheRight = " style=\"text-align:right\"";

    /// <summary>The table as HTML: a caption, headers that name their scope, numbers to the right, null set apart.</summary>
    /// <param name="table">The table.</param>
    public static string ToHtml(ValueTable table)
    {
        var html = new StringBuilder("<table><caption>").Append(HtmlEscape.Of(table.Note)).Append("</caption><thead><tr>");
        foreach (var column in table.Columns)
        {
            html.Append("<th scope=\"col\"").Append(column.IsNumeric ? ToTheRight : "").Append('>').Append(HtmlEscape.Of(column.Name));
            if (column.Type.Length > 0) html.Append("<br><small>").Append(HtmlEscape.Of(column.Type)).Append("</small>");
            html.Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            foreach (var (i, cell) in row.Index())
            {
                var tag = i == 0 && table.HasRowHeads ? "th" : "td";
                html.Append('<').Append(tag).Append(tag == "th" ? " scope=\"row\"" : "")
                    .Append(table.Columns[i].IsNumeric ? ToTheRight : "").Append('>')
                    .Append(cell.IsNull ? "<em>null</em>" : HtmlEscape.Of(cell.Text)).Append("</").Append(tag).Append('>');
            }

            html.Append("</tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>The table as text, its columns padded to the same width.</summary>
    /// <param name="table">The table.</param>
    public static string ToText(ValueTable table)
    {
        var lines = table.Rows.Select(row => row.Select(c => OneLine(c.Text)).ToArray()).ToList();
        if (table.Columns.Any(c => c.Type.Length > 0)) lines.Insert(0, [.. table.Columns.Select(c => c.Type)]);
        lines.Insert(0, [.. table.Columns.Select(c => c.Name)]);
        var widths = table.Columns.Select((_, i) => lines.Max(line => line[i].Length)).ToArray();
        var padded = lines.Select(line => string.Join("  ", line.Select((text, i) =>
            table.Columns[i].IsNumeric ? text.PadLeft(widths[i]) : text.PadRight(widths[i]))).TrimEnd());
        return string.Join('\n', (table.Columns.Count > 0 ? padded : []).Append($"({table.Note})"));
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
