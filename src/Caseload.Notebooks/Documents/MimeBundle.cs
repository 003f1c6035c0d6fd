using System.Text.Json;
using System.Text.Json.Nodes;
using Caseload.Frames;

namespace Caseload.Notebooks.Documents;

/// <summary>One thing to show, in one or more MIME types; a front end takes the best that it can draw.</summary>
public sealed class MimeBundle
{
    private readonly Dictionary<string, JsonNode> items;

    private MimeBundle(Dictionary<string, JsonNode> items) => this.items = items;

    /// <summary>The MIME types that there are, in no order that matters.</summary>
    public IReadOnlyCollection<string> MimeTypes => items.Keys;

    /// <summary>A bundle of texts. The text of a JSON MIME type is parsed, so that a file holds it as an object.</summary>
    /// <param name="texts">MIME types with their texts.</param>
    /// <exception cref="ProblemException">A text said to be JSON is not.</exception>
    public static MimeBundle FromTexts(IEnumerable<KeyValuePair<string, string>> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new(texts.ToDictionary(t => t.Key, t => Value(t.Key, t.Value), StringComparer.Ordinal));
    }

    /// <summary>A bundle of one text.</summary>
    /// <param name="mimeType">The MIME type, such as <c>text/plain</c>.</param>
    /// <param name="text">The text.</param>
    public static MimeBundle Of(string mimeType, string text) => FromTexts([new(mimeType, text)]);

    /// <summary>Whether a MIME type's content is JSON and stands in a file as an object.</summary>
    /// <param name="mimeType">The MIME type.</param>
    public static bool IsJson(string mimeType)
    {
        ArgumentNullException.ThrowIfNull(mimeType);
        return mimeType == "application/json" || (mimeType.StartsWith("application/", StringComparison.Ordinal)
            && mimeType.EndsWith("+json", StringComparison.Ordinal));
    }

    /// <summary>The content in a MIME type as text; JSON as its compact text.</summary>
    /// <param name="mimeType">The MIME type.</param>
    /// <returns>The text, or null where the bundle has no such type.</returns>
    public string? Text(string mimeType) => items.GetValueOrDefault(mimeType) switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        var node => node.ToJsonString(),
    };

    /// <summary>The bundle with only some MIME types.</summary>
    /// <param name="mimeTypes">The types to keep.</param>
    public MimeBundle Only(IReadOnlyCollection<string> mimeTypes) =>
        new(items.Where(i => mimeTypes.Contains(i.Key)).ToDictionary(i => i.Key, i => i.Value, StringComparer.Ordinal));

    /// <summary>Reads a bundle as a file has it.</summary>
    /// <param name="data">The object in the file.</param>
    internal static MimeBundle FromFile(JsonObject data) => new(data.Where(d => d.Value is not null).ToDictionary(
        d => d.Key,
        d => !IsJson(d.Key) && MultilineText.TryJoin(d.Value, out var text) ? JsonValue.Create(text) : d.Value!.DeepClone(),
        StringComparer.Ordinal));

    /// <summary>The bundle as a file has it: long text as a list of lines, JSON as it is.</summary>
    /// <summary>Writes the content in a MIME type as a message holds it: text in one piece, JSON as it is.</summary>
    /// <param name="writer">The message.</param>
    /// <param name="mimeType">The MIME type; one that there is.</param>
    internal void WriteTo(Utf8JsonWriter writer, string mimeType) => items[mimeType].WriteTo(writer);

    internal JsonObject ToFile()
    {
        var data = new JsonObject();
        foreach (var (mimeType, node) in items)
        {
            data[mimeType] = IsSplit(mimeType) && node is JsonValue value && value.TryGetValue(out string? text)
                ? MultilineText.Split(text)
                : node.DeepClone();
        }

        return data;
    }

    // The types that nbformat splits into lines; base64 stays on one.
    private static bool IsSplit(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "application/javascript" or "image/svg+xml";

    private static JsonNode Value(string mimeType, string text)
    {
        if (!IsJson(mimeType)) return JsonValue.Create(text);
        try
        {
            return JsonNode.Parse(text) ?? throw new JsonException("null is nothing to show");
        }
        catch (JsonException e)
        {
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, $"a formatter wrote {mimeType} that is no JSON: {e.Message}",
                "one JSON value", mimeType, "Correct the formatter of the value shown."), e);
        }
    }
}
