using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Documents;

/// <summary>
/// Text as a notebook file keeps it: a list of lines, each with its line end. Lines end where Python's <c>str.splitlines</c> ends
/// them, because that is what Jupyter's own writer (nbformat) calls.
/// </summary>
internal static class MultilineText
{
    /// <summary>Cuts text into lines that keep their ends.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The lines; none for empty text. Joined, they are the text again.</returns>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        var start = 0;
        while (start < text.Length)
        {
            var end = start;
            while (end < text.Length && !EndsLine(text[end])) end++;
            if (end < text.Length) end += text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    /// <summary>Joins what a file holds: one string, or a list of them.</summary>
    /// <param name="node">The value in the file.</param>
    /// <param name="text">The text.</param>
    /// <returns>Whether the value was text.</returns>
    public static bool TryJoin(JsonNode? node, out string text)
    {
        text = "";
        switch (node)
        {
            case JsonValue value when value.TryGetValue(out string? single):
                text = single;
                return true;
            case JsonArray lines when lines.All(line => line is JsonValue value && value.TryGetValue(out string? _)):
                text = string.Concat(lines.Select(line => line!.GetValue<string>()));
                return true;
            default:
                return false;
        }
    }

    private static bool EndsLine(char c) =>
        c is '\n' or '\r' or '\v' or '\f' or '\u001c' or '\u001d' or '\u001e' or '\u0085' or '\u2028' or '\u2029';
}
