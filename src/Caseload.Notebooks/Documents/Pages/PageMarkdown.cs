using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Caseload.Notebooks.Documents.Pages;

/// <summary>Turns the prose of a notebook into HTML that needs nothing from elsewhere: its pictures stand in the page.</summary>
internal sealed partial class PageMarkdown
{
    private static readonly Dictionary<string, string> PictureTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png", [".svg"] = "image/svg+xml", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif",
    };

    private readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseFootnotes().Build();
    private readonly string folder;
    private readonly PageHeadings headings;
    private int cells;

    /// <summary>Prepares for the notebooks of a folder.</summary>
    /// <param name="folder">Where relative pictures are looked for.</param>
    /// <param name="headings">Takes the headings of the prose.</param>
    public PageMarkdown(string folder, PageHeadings headings) => (this.folder, this.headings) = (folder, headings);

    /// <summary>The HTML of a cell of prose.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>HTML. A picture that is attached or lies in the folder is put in; one on the web becomes a link.</returns>
    public string Render(NotebookCell cell)
    {
        var document = Markdown.Parse(cell.Source, pipeline);
        foreach (var link in document.Descendants<LinkInline>().Where(l => l.IsImage).ToArray())
        {
            if (Picture(link.Url ?? "", cell) is { } data) link.Url = data;
            else link.IsImage = false;
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.GetAttributes().Id = headings.Add(heading.Level, Words(heading.Inline)).Id;
        return OwnFootnotes(document.ToHtml(pipeline), ++cells);
    }

    private static string Words(ContainerInline? inline) => string.Concat((inline?.Descendants() ?? []).Select(part => part switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        _ => "",
    })).Trim();

    // Each cell counts its footnotes from 1, and two cells of one page must not share an id.
    private static string OwnFootnotes(string html, int cell) =>
        FootnoteReference().Replace(html, match => string.Create(CultureInfo.InvariantCulture, $"{match.Value}{cell}-"));

    private string? Picture(string url, NotebookCell cell)
    {
        if (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)) return url;
        if (url.StartsWith("attachment:", StringComparison.Ordinal)) return Attached(url["attachment:".Length..], cell);
        if (url.Contains("://", StringComparison.Ordinal)
            || !PictureTypes.TryGetValue(Path.GetExtension(url), out var mimeType)) return null;
        var path = Path.Combine(folder, Uri.UnescapeDataString(url));
        return File.Exists(path) ? $"data:{mimeType};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}" : null;
    }

    private static string? Attached(string name, NotebookCell cell)
    {
        if (cell.OtherMembers["attachments"] is not JsonObject attachments
            || attachments[Uri.UnescapeDataString(name)] is not JsonObject data) return null;
        var bundle = MimeBundle.FromFile(data);
        return bundle.MimeTypes.FirstOrDefault(m => m.StartsWith("image/", StringComparison.Ordinal)) is { } mimeType
            ? PageOutput.PictureUrl(mimeType, bundle.Text(mimeType)!)
            : null;
    }

    [GeneratedRegex("(?:id=\"|href=\"#)fn(?:ref)?:")]
    private static partial Regex FootnoteReference();
}
