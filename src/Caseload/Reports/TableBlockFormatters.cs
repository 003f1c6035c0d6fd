using System.Text;
using Caseload.Figures;
using Caseload.Frames;

namespace Caseload.Reports;

/// <summary>Writes tables for notebooks, with caption and notes; a table of simulated data says so in its caption.</summary>
public sealed class TableBlockFormatters
{
    private readonly object[] formatters =
        [new MimeFormatter<TableBlock>("text/html", Html), new MimeFormatter<TableBlock>("text/plain", Text)];

    /// <summary>The formatters of a table.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;

    private static string Html(TableBlock table)
    {
        var tag = table.DataKind == DataKind.Simulated ? $" <em>{FigureHeading.SimulatedLabel}</em>" : "";
        var html = new StringBuilder(TableHtml.Of(table.Frame, table.Columns, Markup.Escape(table.Caption) + tag));

        // A notebook has no style sheet of ours: numbers are set to the right by the cells themselves.
        html.Replace(" class=\"number\"", " style=\"text-align:right;white-space:nowrap\"")
            .Replace("<caption>", "<caption style=\"text-align:left;font-weight:600\">");
        foreach (var note in table.Notes) html.Append("<p>").Append(Markup.Escape(note)).Append("</p>\n");
        return html.ToString();
    }

    private static string Text(TableBlock table)
    {
        var label = table.DataKind == DataKind.Simulated ? $" ({FigureHeading.SimulatedLabel})" : "";
        var text = new StringBuilder(
            table.Caption + label + "\n" + FrameText.Table(TableHtml.Written(table.Frame, table.Columns), int.MaxValue));
        foreach (var note in table.Notes) text.Append(note).Append('\n');
        return text.ToString();
    }
}
