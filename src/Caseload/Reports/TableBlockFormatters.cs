using System.Text;
using Caseload.Figures;
using Caseload.Frames;

namespace Caseload.Reports;

/// <summary>Writes tables for notebooks, with caption and notes; a table of simulated data says so in its caption.</summary>
public sealed class TableBlockFormatters
{
    private readonly TableBlockFormatter[] formatters = [new("text/html", Html), new("text/plain", Text)];

    /// <summary>The formatters of a table.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;

    private static string Html(TableBlock table)
    {
        var tag = table.DataKind == DataKind.Simulated ? $" <em>{FigureHeading.SimulatedLabel}</em>" : "";
        var html = new StringBuilder(TableHtml.Of(table.Frame, table.Columns, Markup.Escape(table.Caption) + tag));

        // A notebook has no style sheet of ours: numbers are set to the right by the cells themselves.
        html.Replace(" class=\"number\"", " style=\"text-align:right;white-space:nowrap\"").Replace("<caption>", "<caption style=\"text-align:left;font-weight:600\">");
        foreach (var note in table.Notes) html.Append("<p>").Append(Markup.Escape(note)).Append("</p>\n");
        return html.ToString();
    }

    private static string Text(TableBlock table)
    {
        var label = table.DataKind == DataKind.Simulated ? $" ({FigureHeading.SimulatedLabel})" : "";
        var text = new StringBuilder(table.Caption + label + "\n" + FrameText.Table(TableHtml.Written(table.Frame, table.Columns), int.MaxValue));
        foreach (var note in table.Notes) text.Append(note).Append('\n');
        return text.ToString();
    }

    /// <summary>Writes a table in one MIME type.</summary>
    /// <param name="mimeType">The MIME type.</param>
    /// <param name="write">Gives the text of a table.</param>
    public sealed class TableBlockFormatter(string mimeType, Func<TableBlock, string> write)
    {
        /// <summary>The MIME type written.</summary>
        public string MimeType { get; } = mimeType;

        /// <summary>Writes an object if it is a table.</summary>
        /// <param name="instance">The object.</param>
        /// <param name="writer">Takes the text.</param>
        /// <returns>Whether it was a table.</returns>
        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not TableBlock table) return false;
            ArgumentNullException.ThrowIfNull(writer);
            writer.Write(write(table));
            return true;
        }
    }
}
