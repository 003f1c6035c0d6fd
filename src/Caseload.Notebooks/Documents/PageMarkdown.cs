using System.Text.Json.Nodes;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Caseload.Notebooks.Documents;

/// <summary>Turns the prose of a notebook into HTML that needs nothing from elsewhere: its pictures stand in the page.</summary>
internal sealed class PageMarkdown
{
    private static readonly Dictionary<string, string> PictureTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png", [".svg"] = "image/svg+xml", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif",
    };

    private readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseFootnotes().UseAutoIdentifiers().Build();
    private readonly string folder;

    /// <summary>Prepares for the notebooks of a folder.</summary>
    /// <param name="folder">Where relative pictures are looked for.</param>
    public PageMarkdown(string folder) => this.folder = folder;

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

        return document.ToHtml(pipeline);
    }

    /// <summary>Whether a cell of prose has a heading of the first level.</summary>
    /// <param name="cell">The cell.</param>
    public bool HasTitle(NotebookCell cell) => Markdown.Parse(cell.Source, pipeline).Descendants<HeadingBlock>().Any(h => h.Level == 1);

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
}
