using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Caseload.Reports;

/// <summary>Turns the Markdown of a report into HTML that fits under a section heading and can do nothing but be read.</summary>
internal static class ProseHtml
{
    private const int SectionLevel = 2;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    public static string Of(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        NestHeadings(document);
        foreach (var link in document.Descendants<LinkInline>().ToArray()) Tame(link);
        var unsafeLinks = document.Descendants<AutolinkInline>().Where(l => !l.IsEmail && !IsSafe(l.Url)).ToArray();
        foreach (var link in unsafeLinks) link.ReplaceBy(new LiteralInline(link.Url));
        foreach (var cell in document.Descendants<TableRow>().Where(row => row.IsHeader).SelectMany(row => row.OfType<TableCell>()))
            cell.GetAttributes().AddProperty("scope", "col");
        return document.ToHtml(Pipeline);
    }

    // A first-level heading of the text is a third-level one of the page, and no level is skipped.
    private static void NestHeadings(MarkdownDocument document)
    {
        var last = SectionLevel;
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.Level = Math.Min(Math.Min(heading.Level + SectionLevel, last + 1), 6);
            last = heading.Level;
        }
    }

    // A picture from elsewhere would tell its server who reads the report.
    private static void Tame(LinkInline link)
    {
        if (link.IsImage) link.ReplaceBy(new EmphasisInline { DelimiterChar = '*', DelimiterCount = 1 }, copyChildren: true);
        else if (!IsSafe(link.Url ?? "")) link.Url = "#";
    }

    private static bool IsSafe(string url) =>
        url.StartsWith('#') || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme is "https" or "http" or "mailto"));
}
