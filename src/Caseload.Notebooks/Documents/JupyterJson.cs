using System.Globalization;
using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Documents;

/// <summary>
/// Writes JSON byte for byte as Jupyter writes notebooks: an indent of one space, members sorted by name, nothing escaped but what JSON
/// requires, a line feed at the end. A notebook that is saved unchanged gives no difference in version control.
/// </summary>
/// <remarks>The form is that of Python's <c>json.dumps(..., ensure_ascii=False, indent=1, sort_keys=True)</c>.</remarks>
internal static class JupyterJson
{
    /// <summary>Writes a value and a line feed.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="root">The value.</param>
    public static void Write(TextWriter writer, JsonNode root)
    {
        WriteValue(writer, root, 0);
        writer.Write('\n');
    }

    private static void WriteValue(TextWriter writer, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                writer.Write("null");
                break;
            case JsonObject { Count: 0 }:
                writer.Write("{}");
                break;
            case JsonObject members:
                WriteObject(writer, members, depth);
                break;
            case JsonArray { Count: 0 }:
                writer.Write("[]");
                break;
            case JsonArray items:
                WriteArray(writer, items, depth);
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                WriteString(writer, text);
                break;
            default:
                writer.Write(node.ToJsonString());
                break;
        }
    }

    private static void WriteObject(TextWriter writer, JsonObject members, int depth)
    {
        var separator = '{';
        foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            writer.Write(separator);
            NewLine(writer, depth + 1);
            WriteString(writer, name);
            writer.Write(": ");
            WriteValue(writer, value, depth + 1);
            separator = ',';
        }

        NewLine(writer, depth);
        writer.Write('}');
    }

    private static void WriteArray(TextWriter writer, JsonArray items, int depth)
    {
        var separator = '[';
        foreach (var item in items)
        {
            writer.Write(separator);
            NewLine(writer, depth + 1);
            WriteValue(writer, item, depth + 1);
            separator = ',';
        }

        NewLine(writer, depth);
        writer.Write(']');
    }

    private static void NewLine(TextWriter writer, int depth)
    {
        writer.Write('\n');
        for (var i = 0; i < depth; i++) writer.Write(' ');
    }

    private static void WriteString(TextWriter writer, string text)
    {
        writer.Write('"');
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] >= ' ' && text[i] is not ('"' or '\\')) continue;
            writer.Write(text.AsSpan(start, i - start));
            writer.Write(Escape(text[i]));
            start = i + 1;
        }

        writer.Write(text.AsSpan(start));
        writer.Write('"');
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
    };
}
