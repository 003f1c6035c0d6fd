using System.Globalization;
using System.Text;

namespace Caseload.Notebooks.Documents.Pages;

/// <summary>A heading of a page.</summary>
/// <param name="Level">The level, from 1.</param>
/// <param name="Text">Its words, without markup.</param>
/// <param name="Id">Its id in the page.</param>
internal sealed record PageHeading(int Level, string Text, string Id);

/// <summary>Gathers the headings of a page: an id for each, and a table of contents.</summary>
internal sealed class PageHeadings
{
    private const int DeepestLevel = 3;

    private readonly List<PageHeading> headings = [];
    private readonly HashSet<string> taken = new(["content", "contents"], StringComparer.Ordinal);

    /// <summary>The first heading of the first level; null where there is none.</summary>
    public PageHeading? Title => headings.Find(heading => heading.Level == 1);

    /// <summary>Adds a heading.</summary>
    /// <param name="level">The level, from 1.</param>
    /// <param name="text">Its words.</param>
    /// <returns>The heading with an id that no other of the page has.</returns>
    public PageHeading Add(int level, string text)
    {
        var wanted = Slug(text);
        var id = wanted;
        for (var n = 2; !taken.Add(id); n++) id = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{n}");
        headings.Add(new PageHeading(level, text, id));
        return headings[^1];
    }

    /// <summary>The table of contents: the headings after the title, in two steps.</summary>
    /// <returns>HTML; empty where there is nothing to find.</returns>
    public string Contents()
    {
        var listed = headings.Where(heading => heading != Title && heading.Level <= DeepestLevel && heading.Text.Length > 0).ToArray();
        if (listed.Length == 0) return "";
        var top = listed.Min(heading => heading.Level);
        var html = new StringBuilder("<nav class=\"contents\" aria-labelledby=\"contents\">\n<p id=\"contents\">Contents</p>\n<ol>\n");
        for (var i = 0; i < listed.Length; i++)
        {
            var isDeep = listed[i].Level > top;
            if (isDeep && (i == 0 || listed[i - 1].Level == top)) html.Append(i == 0 ? "<li><ol>\n" : "<ol>\n");
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#{listed[i].Id}\">{HtmlEscape.Of(listed[i].Text)}</a>");
            var isNextDeep = i + 1 < listed.Length && listed[i + 1].Level > top;
            if (!isDeep && isNextDeep) continue;
            html.Append("</li>\n");
            if (isDeep && !isNextDeep) html.Append("</ol></li>\n");
        }

        return html.Append("</ol>\n</nav>\n").ToString();
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length > 0 && char.IsAsciiLetter(trimmed[0]) ? trimmed : ("section-" + trimmed).TrimEnd('-');
    }
}
