using System.Globalization;
using System.Text;

namespace Caseload.Notebooks.Documents;

/// <summary>
/// Writes an executed notebook as one page of HTML that needs nothing else: no script runs in it and nothing is fetched, so it can be
/// mailed, kept and printed.
/// </summary>
public static class NotebookPage
{
    /// <summary>The page of a notebook.</summary>
    /// <param name="notebook">The executed notebook.</param>
    /// <param name="title">The page's title, and its heading where the prose has none of the first level.</param>
    /// <param name="folder">The notebook's folder, where pictures that its prose names are looked for.</param>
    public static string Render(Notebook notebook, string title, string folder)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(title);
        var markdown = new PageMarkdown(folder);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en-GB">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <title>{HtmlEscape.Of(title)}</title>
            <style>
            {PageStyle.Css}
            </style>
            </head>
            <body>
            <main>

            """);
        if (!notebook.Cells.Any(c => c.Kind == CellKind.Markdown && markdown.HasTitle(c)))
            page.Append("<h1>").Append(HtmlEscape.Of(title)).Append("</h1>\n");
        foreach (var cell in notebook.Cells) AppendCell(page, cell, markdown);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void AppendCell(StringBuilder page, NotebookCell cell, PageMarkdown markdown)
    {
        switch (cell.Kind)
        {
            case CellKind.Markdown:
                page.Append("<div class=\"prose\">\n").Append(markdown.Render(cell)).Append("</div>\n");
                break;
            case CellKind.Raw:
                page.Append("<pre tabindex=\"0\">").Append(HtmlEscape.Of(cell.Source)).Append("</pre>\n");
                break;
            case CellKind.Code when cell.Source.Length > 0:
                AppendCode(page, cell);
                break;
        }
    }

    private static void AppendCode(StringBuilder page, NotebookCell cell)
    {
        var name = cell.ExecutionCount is { } count
            ? string.Create(CultureInfo.InvariantCulture, $"Code cell {count}") : "Code cell, not run";
        page.Append(CultureInfo.InvariantCulture, $"""
            <div class="code" role="group" aria-label="{name}">
            <p class="number">{name}</p>
            <pre tabindex="0" role="group" aria-label="{name}, source"><code>{HtmlEscape.Of(cell.Source)}</code></pre>

            """);
        for (var i = 0; i < cell.Outputs.Count; i++)
        {
            page.Append(PageOutput.Render(cell.Outputs[i], string.Create(CultureInfo.InvariantCulture, $"{name}, output {i + 1}")));
        }

        page.Append("</div>\n");
    }
}
