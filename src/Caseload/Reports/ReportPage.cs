using System.Globalization;
using System.Text;
using Caseload.Figures;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Reports;

/// <summary>
/// Sets a report as one HTML file that needs nothing beside it: no network, no fonts, no other file. Every figure is there as a picture;
/// where plotly.js is given, it is embedded once and turns the pictures into interactive charts.
/// </summary>
public static class ReportPage
{
    private const string Banner = "Every number here was made by the kit's own simulation. It describes no child and no authority.";

    /// <summary>Writes the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <param name="plotlyScriptPath">The file plotly.min.js, as <see cref="PlotlyAsset.Find"/> gives it; null for pictures alone.</param>
    /// <exception cref="ProblemException">The script cannot be read, or the page cannot be written.</exception>
    public static void Write(Report report, string path, string? plotlyScriptPath = null)
    {
        var html = Html(report, plotlyScriptPath is null ? null : Read(plotlyScriptPath));
        OutputFile.WriteText(path, writer => writer.Write(html));
    }

    /// <summary>The page as text.</summary>
    /// <param name="report">The report.</param>
    /// <param name="plotlyScript">The text of plotly.min.js; null for pictures alone.</param>
    public static string Html(Report report, string? plotlyScript = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        string[] scripts = plotlyScript is null
            ? []
            : [PageScript.Embeddable(plotlyScript), PageScript.Embeddable(Asset.Text("charts.js"))];
        var sections = Identified(report.Sections);
        var html = new StringBuilder("<!doctype html>\n<html lang=\"en-GB\">\n");
        Head(html, report, scripts);
        html.Append("<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n");
        if (report.DataKind == DataKind.Simulated)
            html.Append(CultureInfo.InvariantCulture,
                $"<aside class=\"banner\" aria-label=\"Kind of data\"><strong>{FigureHeading.SimulatedLabel}.</strong> {Banner}</aside>\n");
        if (report.Notice.Length > 0)
            html.Append(CultureInfo.InvariantCulture,
                $"<aside class=\"banner\" aria-label=\"Disclosure control\"><strong>{Markup.Escape(report.Notice)}</strong></aside>\n");
        html.Append(CultureInfo.InvariantCulture, $"<header class=\"masthead\">\n<h1>{Markup.Escape(report.Title)}</h1>\n");
        if (report.Subtitle.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"subtitle\">{Markup.Escape(report.Subtitle)}</p>\n");
        html.Append("</header>\n<div class=\"columns\">\n");
        Contents(html, sections);
        html.Append("<main id=\"content\">\n");
        var blocks = new BlockHtml(report);
        foreach (var (id, section) in sections)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{Markup.Escape(section.Title)}</h2>\n");
            foreach (var block in section.Blocks) html.Append(blocks.Of(block));
            html.Append("</section>\n");
        }

        html.Append("</main>\n</div>\n");
        if (report.Provenance.Count > 0)
            html.Append("<footer>\n<h2>Provenance</h2>\n").Append(BlockHtml.Definitions(report.Provenance)).Append("</footer>\n");
        foreach (var script in scripts) html.Append("<script>").Append(script).Append("</script>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    // Only the scripts that the page was made with can run, whatever text finds its way into it; nothing is ever fetched.
    private static void Head(StringBuilder html, Report report, string[] scripts)
    {
        var allowed = scripts.Length == 0 ? "'none'" : string.Join(' ', scripts.Select(PageScript.Hash));
        html.Append("<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Append(CultureInfo.InvariantCulture,
            $"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {allowed}; ");
        html.Append("style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Markup.Escape(report.Title)}</title>\n<style>\n{Asset.Text("report.css")}");
        if (report.DataKind == DataKind.Simulated)
            html.Append("@page { @top-center { content: \"" + FigureHeading.SimulatedLabel +
                "\"; color: #8a4b00; font: 700 9pt Arial, sans-serif; } }\n");
        if (report.Notice.Length > 0)
            html.Append("@page { @bottom-center { content: \"Disclosure control is off\"; "
                + "color: #8a4b00; font: 700 9pt Arial, sans-serif; } }\n");
        html.Append("</style>\n</head>\n");
    }

    private static void Contents(StringBuilder html, List<(string Id, Section Section)> sections)
    {
        html.Append("<nav class=\"contents\" aria-labelledby=\"contents\">\n<p id=\"contents\">Contents</p>\n<ol>\n");
        foreach (var (id, section) in sections)
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{id}\">{Markup.Escape(section.Title)}</a></li>\n");
        html.Append("</ol>\n</nav>\n");
    }

    // Two sections of one title get different ids; the prefix keeps them apart from the ids of tables and figures.
    private static List<(string Id, Section Section)> Identified(IReadOnlyList<Section> sections)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var identified = new List<(string, Section)>();
        foreach (var section in sections)
        {
            var wanted = "section-" + Markup.Id(section.Title);
            var id = wanted;
            for (var n = 2; !taken.Add(id); n++) id = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{n}");
            identified.Add((id, section));
        }

        return identified;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem(ProblemKind.Unreadable, "the chart script could not be read: " + e.Message,
                "plotly.min.js", path,
                "Build again where npm is present, or write the page without a script: every figure is in it as a picture."), e);
        }
    }
}
