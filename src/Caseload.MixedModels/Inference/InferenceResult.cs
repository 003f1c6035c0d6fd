using System.Text;
using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference;

/// <summary>What was inferred from a fit: it prints as tables with remarks, in a terminal and in a notebook.</summary>
[TypeFormatterSource(typeof(InferenceFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public abstract record InferenceResult
{
    // Only the kinds in this assembly: what is printed is made of its own tables.
    private protected InferenceResult()
    {
    }

    /// <summary>What a reader must know beside the numbers: how many refits failed, where a quantity does not apply. One sentence
    /// each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The result as tables.</summary>
    internal abstract IEnumerable<FitTable> Tables();

    /// <summary>The result as plain text.</summary>
    public sealed override string ToString()
    {
        var text = new StringBuilder();
        foreach (var table in Tables()) FitText.Lay(text.Length > 0 ? text.Append('\n') : text, table);
        foreach (var remark in Remarks) FitText.Wrap(text.Append('\n'), remark);
        return text.ToString();
    }

    /// <summary>The result as HTML.</summary>
    internal string ToHtml()
    {
        var html = new StringBuilder("<section class=\"inference\">");
        foreach (var table in Tables()) FitHtml.Append(html, table);
        foreach (var remark in Remarks) html.Append($"<p role=\"note\">{System.Net.WebUtility.HtmlEncode(remark)}</p>");
        return html.Append("</section>").ToString();
    }
}
