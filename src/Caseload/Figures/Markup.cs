using System.Globalization;
using System.Text;

namespace Caseload.Figures;

/// <summary>Makes text from data safe in XML, in HTML and in the small markup of Plotly labels.</summary>
public static class Markup
{
    /// <summary>
    /// Text for an element or a quoted attribute of XML or HTML. The five special characters become entities; what XML does not allow
    /// (control characters, half a surrogate pair) becomes the replacement character.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                < 32 and not ('\t' or '\n' or '\r') => escaped.Append('\ufffd'),
                0xfffe or 0xffff => escaped.Append('\ufffd'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>Text for a label that Plotly draws: it knows a few tags and entities, and must read none in data.</summary>
    /// <param name="text">Any text; line feeds become breaks.</param>
    public static string Plotly(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);
    }

    /// <summary>An id: letters, digits and hyphens, beginning with a letter.</summary>
    /// <param name="text">Any text.</param>
    public static string Id(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var id = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c)) id.Append(char.ToLower(c, CultureInfo.InvariantCulture));
            else if (id.Length > 0 && id[^1] != '-') id.Append('-');
        }

        var trimmed = id.ToString().TrimEnd('-');
        return trimmed.Length > 0 && char.IsAsciiLetter(trimmed[0]) ? trimmed : "x-" + trimmed;
    }
}
