using System.Text;

namespace Caseload.Notebooks.Documents.Pages;

/// <summary>Writes the outputs of a cell into a page: the richest form that needs no script, and a chart beside its picture.</summary>
/// <param name="hasCharts">Whether the page draws interactive charts.</param>
internal sealed class PageOutput(bool hasCharts)
{
    /// <summary>The MIME type of an interactive chart.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>The HTML of an output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="label">What the output belongs to, for readers who hear the page.</param>
    public string Render(NotebookOutput output, string label) => output switch
    {
        StreamOutput stream => Pre(stream.Text, "stream", label),
        DisplayOutput display => Bundle(display.Data, label),
        ResultOutput result => Bundle(result.Data, label),
        ErrorOutput error => Pre(
            error.Traceback.Count > 0 ? string.Join('\n', error.Traceback) : $"{error.Name}: {error.Message}", "error", label),
        _ => throw new ArgumentOutOfRangeException(nameof(output)),
    };

    /// <summary>The address of a picture that stands in the page itself.</summary>
    /// <param name="mimeType">The picture's MIME type.</param>
    /// <param name="content">SVG as text; any other as base64.</param>
    public static string PictureUrl(string mimeType, string content) => mimeType == "image/svg+xml"
        ? $"data:{mimeType};base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(content))}"
        : $"data:{mimeType};base64,{string.Concat(content.Where(c => !char.IsWhiteSpace(c)))}";

    private string Bundle(MimeBundle data, string label) =>
        hasCharts && data.Text(Plotly) is { } figure ? Chart(figure, data, label) : Still(data, label);

    // No text within the JSON can end the element that holds it: an angle bracket stands in strings only, where its code is the same.
    private static string Chart(string figure, MimeBundle data, string label)
    {
        var description = data.Text("text/plain") is { Length: > 0 } text ? text : label;
        return $"<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\">\n"
            + $"<div class=\"chart\" data-description=\"{HtmlEscape.Of(description)}\">\n"
            + $"<div class=\"still\">\n{Still(data, label)}</div>\n"
            + $"<script type=\"application/json\">{figure.Replace("<", "\\u003c", StringComparison.Ordinal)}</script>\n</div>\n</div>\n";
    }

    private static string Still(MimeBundle data, string label)
    {
        if (data.Text("text/html") is { } html)
        {
            return $"<div class=\"output scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\">{html}</div>\n";
        }

        var text = data.Text("text/plain") ?? "";
        var picture = new[] { "image/svg+xml", "image/png", "image/jpeg" }.FirstOrDefault(m => data.MimeTypes.Contains(m));
        if (picture is null) return Pre(text, "result", label);
        var alternative = text.Length > 0 ? text : label;
        var url = PictureUrl(picture, data.Text(picture)!);
        return $"<div class=\"output\"><img src=\"{url}\" alt=\"{HtmlEscape.Of(alternative)}\"></div>\n";
    }

    // Long lines scroll, and what scrolls can be reached from the keyboard.
    private static string Pre(string text, string kind, string label) =>
        $"<div class=\"output {kind}\"><pre tabindex=\"0\" role=\"group\" aria-label=\"{label}\">{HtmlEscape.Of(text)}</pre></div>\n";
}
