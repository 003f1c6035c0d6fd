namespace Caseload.Notebooks.Documents;

/// <summary>Makes text safe to stand in HTML.</summary>
internal static class HtmlEscape
{
    /// <summary>The text with the characters that mean something in HTML escaped, for use in an attribute in double quotes too.</summary>
    /// <param name="text">The text.</param>
    public static string Of(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
