using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Documents.Pages;

/// <summary>
/// Writes an executed notebook as one page of HTML that needs nothing else: nothing is fetched, so it can be mailed, kept and printed.
/// No script of an output runs in it; where plotly.js is given, charts are interactive, and every chart is there as a picture too.
/// </summary>
public static class NotebookPage
{
    /// <summary>The page of a notebook.</summary>
    /// <param name="notebook">The executed notebook.</param>
    /// <param name="settings">How the page is written.</param>
    public static string Render(Notebook notebook, PageSettings settings)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(settings);
        ChartScript[] scripts = settings.Charts is { } charts && notebook.Cells.Any(HasChart)
            ? [charts, ChartScript.Of(PageAsset.Text("charts.js"))]
            : [];
        var headings = new PageHeadings();
        var markdown = new PageMarkdown(settings.Folder, headings);
        var outputs = new PageOutput(hasCharts: scripts.Length > 0);
        var cells = new StringBuilder();
        foreach (var cell in notebook.Cells) AppendCell(cells, cell, markdown, outputs);
        var contents = headings.Contents();
        var page = new StringBuilder();
        AppendHead(page, headings.Title?.Text ?? settings.Title, scripts);
        page.Append("<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n");
        page.Append("<div class=\"columns").Append(contents.Length > 0 ? " with-contents" : "").Append("\">\n").Append(contents);
        page.Append("<main id=\"content\" tabindex=\"-1\">\n");
        if (headings.Title is null) page.Append("<h1>").Append(HtmlEscape.Of(settings.Title)).Append("</h1>\n");
        page.Append(cells).Append("</main>\n");
        AppendParameters(page, notebook);
        page.Append("</div>\n");
        foreach (var script in scripts) page.Append("<script>").Append(script.Text).Append("</script>\n");
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void AppendHead(StringBuilder page, string title, ChartScript[] scripts)
    {
        var allowed = scripts.Length == 0 ? "'none'" : string.Join(' ', scripts.Select(script => script.Source));
        var policy = $"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; "
            + "form-action 'none'";
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en-GB">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <title>{HtmlEscape.Of(title)}</title>
            <style>
            {PageAsset.Text("page.css")}</style>
            </head>

            """);
    }

    private static bool HasChart(NotebookCell cell) => cell.Outputs.Any(output => output switch
    {
        DisplayOutput display => display.Data.MimeTypes.Contains(PageOutput.Plotly),
        ResultOutput result => result.Data.MimeTypes.Contains(PageOutput.Plotly),
        _ => false,
    });

    private static void AppendCell(StringBuilder page, NotebookCell cell, PageMarkdown markdown, PageOutput outputs)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                page.Append("<div class=\"prose\">\n").Append(markdown.Render(cell)).Append("</div>\n");
                break;
            case CellKind.Raw:
                page.Append("<pre tabindex=\"0\" role=\"group\" aria-label=\"Raw text\">")
                    .Append(HtmlEscape.Of(cell.Source)).Append("</pre>\n");
                break;
            case CellKind.Code when cell.Source.Length > 0:
                AppendCode(page, cell, outputs);
                break;
        }
    }

    private static void AppendCode(StringBuilder page, NotebookCell cell, PageOutput outputs)
    {
        var name = cell.ExecutionCount is { } count
            ? string.Create(CultureInfo.InvariantCulture, $"Code cell {count}") : "Code cell, not run";
        page.Append(CultureInfo.InvariantCulture, $"""
            <div class="code" role="group" aria-label="{name}">
            <p class="count">{name}</p>
            <pre tabindex="0" role="group" aria-label="{name}, source"><code>{PageCode.Html(cell.Source)}</code></pre>

            """);
        for (var i = 0; i < cell.Outputs.Count; i++)
        {
            page.Append(outputs.Render(cell.Outputs[i], string.Create(CultureInfo.InvariantCulture, $"{name}, output {i + 1}")));
        }

        page.Append("</div>\n");
    }

    // What was given to the run is in the cell of parameters too; here it is told as given.
    private static void AppendParameters(StringBuilder page, Notebook notebook)
    {
        if (notebook.Metadata[Notebook.RunKey] is not JsonObject run || run["parameters"] is not JsonObject { Count: > 0 } given) return;
        var words = given.Select(p => $"{p.Key} = {(p.Value is JsonValue value && value.TryGetValue(out string? text) ? text : "")}");
        page.Append("<footer>\n<p>Run with the parameters ").Append(HtmlEscape.Of(string.Join("; ", words))).Append("</p>\n</footer>\n");
    }
}
