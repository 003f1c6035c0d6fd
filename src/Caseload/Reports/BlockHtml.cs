using System.Globalization;
using System.Text;
using Caseload.Figures;

namespace Caseload.Reports;

/// <summary>Writes the blocks of one page in order, and numbers its tables and figures.</summary>
/// <param name="report">The report.</param>
internal sealed class BlockHtml(Report report)
{
    private int figures;
    private int tables;

    public string Of(Block block) => block switch
    {
        Prose prose => "<div class=\"prose\">\n" + ProseHtml.Of(prose.Markdown) + "</div>\n",
        KeyFigures key => Key(key),
        DefinitionList list => Definitions(list.Items),
        TableBlock table => Table(table),
        FigureBlock figure => Figure(figure),
        _ => "",
    };

    public static string Definitions(IReadOnlyList<Definition> items)
    {
        var html = new StringBuilder("<dl class=\"terms\">\n");
        foreach (var item in items)
            html.Append(CultureInfo.InvariantCulture,
                $"<div><dt>{Markup.Escape(item.Term)}</dt><dd>{Markup.Escape(item.Description)}</dd></div>\n");
        return html.Append("</dl>\n").ToString();
    }

    private static string Key(KeyFigures key)
    {
        var html = new StringBuilder("<dl class=\"key\">\n");
        foreach (var item in key.Items)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<div><dt>{Markup.Escape(item.Label)}</dt><dd class=\"value\">{Markup.Escape(item.Value)}</dd>");
            if (item.Note.Length > 0) html.Append(CultureInfo.InvariantCulture, $"<dd class=\"note\">{Markup.Escape(item.Note)}</dd>");
            html.Append("</div>\n");
        }

        return html.Append("</dl>\n").ToString();
    }

    private string Table(TableBlock table)
    {
        tables++;
        var tag = Tag((table.DataKind ?? report.DataKind) == DataKind.Simulated);
        var caption = $"<span class=\"label\">Table {tables}.</span> {Markup.Escape(table.Caption)}{tag}";
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"table\" id=\"table-{tables}\">\n").Append(Scroll($"Table {tables}"));
        html.Append(TableHtml.Of(table.Frame, table.Columns, caption)).Append("</div>\n");
        foreach (var note in table.Notes) html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Markup.Escape(note)}</p>\n");
        return html.Append("</div>\n").ToString();
    }

    // The JSON of a figure has no angle bracket, so it cannot end the script element that holds it; see PlotlyFigure.
    private string Figure(FigureBlock block)
    {
        figures++;
        var (figure, id) = (block.Figure, $"figure-{figures}");
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<figure id=\"{id}\">\n").Append(Scroll($"Figure {figures}"));
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"chart\" data-description=\"{Markup.Escape(figure.ToText())}\">\n");
        html.Append(figure.ToSvg(id));
        html.Append("<script type=\"application/json\">").Append(figure.ToPlotlyJson()).Append("</script>\n</div>\n</div>\n");
        html.Append(CultureInfo.InvariantCulture, $"<figcaption><span class=\"label\">Figure {figures}.</span> ");
        html.Append(CultureInfo.InvariantCulture, $"{Markup.Escape(figure.Heading.Caption)}{Tag(figure.IsSimulated)}</figcaption>\n");
        html.Append(CultureInfo.InvariantCulture, $"<details><summary>The values of figure {figures}</summary>\n");
        html.Append(Scroll($"The values of figure {figures}"));
        html.Append(TableHtml.Of(figure.Table, block.Columns, $"{Markup.Escape(figure.Heading.Title)}{Tag(figure.IsSimulated)}"));
        return html.Append("</div>\n</details>\n</figure>\n").ToString();
    }

    // What is wider than a small screen scrolls by itself, also from the keyboard.
    private static string Scroll(string label) => $"<div class=\"scroll\" role=\"group\" aria-label=\"{label}\" tabindex=\"0\">\n";

    private static string Tag(bool isSimulated) => isSimulated ? $" <span class=\"simulated\">{FigureHeading.SimulatedLabel}</span>" : "";
}
