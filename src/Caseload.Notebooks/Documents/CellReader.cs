using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Documents;

/// <summary>Reads one cell of a notebook file.</summary>
internal static class CellReader
{
    /// <summary>Reads a cell.</summary>
    /// <param name="node">The cell in the file.</param>
    /// <param name="id">The name that it has or gets.</param>
    /// <param name="where">The file and the cell's place in it.</param>
    public static NotebookCell Read(JsonNode? node, string id, string where)
    {
        if (node is not JsonObject cell) throw NotebookReader.Unreadable("a cell that is no object", "a cell", where);
        var kind = Text(cell["cell_type"]) switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            var other => throw NotebookReader.Unreadable($"cell_type '{other}'", "code, markdown or raw", where),
        };
        if (!MultilineText.TryJoin(cell["source"], out var source))
        {
            throw NotebookReader.Unreadable("a cell without text in source", "a string or a list of strings", where + ".source");
        }

        return new NotebookCell(id, kind, source)
        {
            Metadata = Object(cell, "metadata", where),
            ExecutionCount = kind == CellKind.Code ? NotebookReader.Whole(cell["execution_count"]) : null,
            Outputs = kind == CellKind.Code ? Outputs(cell["outputs"], where) : [],
            OtherMembers = Others(cell, "id", "cell_type", "source", "metadata", "execution_count", "outputs"),
        };
    }

    /// <summary>A member that is an object; an empty one where it is missing.</summary>
    public static JsonObject Object(JsonObject members, string name, string where) => members[name] switch
    {
        null => [],
        JsonObject value => (JsonObject)value.DeepClone(),
        _ => throw NotebookReader.Unreadable($"{name} that is no object", "an object", $"{where}.{name}"),
    };

    /// <summary>The members that are not named.</summary>
    public static JsonObject Others(JsonObject members, params ReadOnlySpan<string> known)
    {
        var others = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (!known.Contains(name)) others[name] = value?.DeepClone();
        }

        return others;
    }

    private static NotebookOutput[] Outputs(JsonNode? node, string where) => node switch
    {
        null => [],
        JsonArray outputs => [.. outputs.Select((output, i) => Output(output, $"{where}.outputs[{i}]"))],
        _ => throw NotebookReader.Unreadable("outputs that are no list", "a list", where + ".outputs"),
    };

    private static NotebookOutput Output(JsonNode? node, string where)
    {
        if (node is not JsonObject output) throw NotebookReader.Unreadable("an output that is no object", "an output", where);
        switch (Text(output["output_type"]))
        {
            case "stream" when MultilineText.TryJoin(output["text"], out var text):
                return new StreamOutput(Text(output["name"]) == "stderr" ? StreamName.Stderr : StreamName.Stdout, text);
            case "display_data":
                return new DisplayOutput(MimeBundle.FromFile(Object(output, "data", where)), Object(output, "metadata", where));
            case "execute_result":
                return new ResultOutput(MimeBundle.FromFile(Object(output, "data", where)), Object(output, "metadata", where),
                    NotebookReader.Whole(output["execution_count"]));
            case "error":
                var traceback = output["traceback"] as JsonArray ?? [];
                return new ErrorOutput(Text(output["ename"]), Text(output["evalue"]), [.. traceback.Select(Text)]);
            default:
                throw NotebookReader.Unreadable("an output of no known type", "stream, display_data, execute_result or error", where);
        }
    }

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
