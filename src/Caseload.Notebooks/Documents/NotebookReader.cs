using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Caseload.Frames;

namespace Caseload.Notebooks.Documents;

/// <summary>Reads notebooks of nbformat 4.</summary>
public static class NotebookReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads a notebook file.</summary>
    /// <param name="path">The <c>.ipynb</c> file.</param>
    /// <exception cref="ProblemException">Unreadable: no such file, no JSON, no notebook, or
    /// a notebook of another major version.</exception>
    public static Notebook ReadFile(string path) => Read(ReadBytes(path), path);

    /// <summary>Reads the bytes of a notebook file.</summary>
    /// <param name="path">The <c>.ipynb</c> file.</param>
    /// <exception cref="ProblemException">Unreadable: no such file, a folder, or a file that may not be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw Unreadable("a folder", "an .ipynb file", path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(File.Exists(path) ? e.Message : "no such file", "an .ipynb file that can be read", path, e);
        }
    }

    /// <summary>Reads a notebook from bytes.</summary>
    /// <param name="bytes">The file's bytes, in UTF-8 with or without a byte order mark.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="ProblemException">Unreadable: no JSON, no notebook, or a notebook of another major version.</exception>
    public static Notebook Read(ReadOnlyMemory<byte> bytes, string name)
    {
        var root = Parse(bytes, name);
        if (root is not JsonObject members) throw Unreadable("JSON that is no object", "a notebook", name);
        if (Whole(members["nbformat"]) is not { } major) throw Unreadable("JSON without a whole number nbformat", "a notebook", name);
        if (major != 4)
        {
            throw Unreadable($"a notebook of format {major}", "format 4", name, remedy: "Convert it with: jupyter nbconvert --to notebook");
        }

        if (members["cells"] is not JsonArray cells) throw Unreadable("a notebook without a list of cells", "cells", name);
        var ids = CellIds.Assign([.. cells.Select(c =>
            c is JsonObject cell && cell["id"] is JsonValue v && v.TryGetValue(out string? id) ? id : null)]);
        return new Notebook([.. cells.Select((cell, i) => CellReader.Read(cell, ids[i], $"{name}, cells[{i}]"))])
        {
            Metadata = CellReader.Object(members, "metadata", name),
            MinorVersion = Math.Max(Whole(members["nbformat_minor"]) ?? 0, Notebook.LeastMinorVersion),
            OtherMembers = CellReader.Others(members, "nbformat", "nbformat_minor", "cells", "metadata"),
        };
    }

    /// <summary>The problem of a notebook that cannot be read.</summary>
    internal static ProblemException Unreadable(string found, string expected, string where, Exception? inner = null, string remedy = "") =>
        new(new Problem(ProblemKind.Unreadable, found, expected, where,
            remedy.Length > 0 ? remedy : "Check that the path names a notebook, or restore it from version control."), inner);

    /// <summary>A whole number, or null where the value is something else.</summary>
    internal static int? Whole(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static JsonNode? Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.IsEmpty) throw Unreadable("an empty file", "a notebook", name);
        try
        {
            StrictUtf8.GetCharCount(bytes.Span);
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 200 };
            var root = JsonNode.Parse(bytes.Span, documentOptions: options);
            DecodeAll(root);
            return root;
        }
        catch (JsonException e)
        {
            if (e.LineNumber is not { } line) throw Unreadable("an object with two members of the same name", "each name once", name, e);
            var place = string.Create(CultureInfo.InvariantCulture, $"{name}, line {line + 1}, byte {e.BytePositionInLine + 1}");
            throw Unreadable("text that is no JSON", "a notebook, which is JSON", place, e);
        }
        catch (DecoderFallbackException e)
        {
            throw Unreadable("bytes that are no UTF-8", "a notebook in UTF-8", $"{name}, byte {e.Index + 1}", e);
        }
        catch (InvalidOperationException e)
        {
            throw Unreadable("half a surrogate pair in a string", "whole Unicode characters", name, e);
        }
    }

    // Strings are decoded when first asked for; asking now means that a broken one is told here and not while writing.
    private static void DecodeAll(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var member in members) DecodeAll(member.Value);
                break;
            case JsonArray items:
                foreach (var item in items) DecodeAll(item);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }
}
