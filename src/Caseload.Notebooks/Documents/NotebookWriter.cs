using System.Text.Json.Nodes;
using Caseload.Frames.Csv;

namespace Caseload.Notebooks.Documents;

/// <summary>Writes notebooks of nbformat 4.5, byte for byte as Jupyter writes them.</summary>
public static class NotebookWriter
{
    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="notebook">The notebook.</param>
    /// <exception cref="Caseload.Frames.ProblemException">Unreadable: the file cannot be written.</exception>
    public static void WriteFile(string path, Notebook notebook) => OutputFile.WriteText(path, writer => Write(writer, notebook));

    /// <summary>The text of a notebook's file.</summary>
    /// <param name="notebook">The notebook.</param>
    public static string ToText(Notebook notebook)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        Write(writer, notebook);
        return writer.ToString();
    }

    private static void Write(TextWriter writer, Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        var root = (JsonObject)notebook.OtherMembers.DeepClone();
        root["nbformat"] = 4;
        root["nbformat_minor"] = notebook.MinorVersion;
        root["metadata"] = notebook.Metadata.DeepClone();
        root["cells"] = new JsonArray([.. notebook.Cells.Select(Cell)]);
        JupyterJson.Write(writer, root);
    }

    private static JsonObject Cell(NotebookCell cell)
    {
        var members = (JsonObject)cell.OtherMembers.DeepClone();
        members["id"] = cell.Id;
        members["cell_type"] = cell.Kind switch { CellKind.Code => "code", CellKind.Markdown => "markdown", _ => "raw" };
        members["metadata"] = cell.Metadata.DeepClone();
        members["source"] = MultilineText.Split(cell.Source);
        if (cell.Kind != CellKind.Code) return members;
        members["execution_count"] = cell.ExecutionCount;
        members["outputs"] = new JsonArray([.. cell.Outputs.Select(Output)]);
        return members;
    }

    private static JsonObject Output(NotebookOutput output) => output switch
    {
        StreamOutput stream => new()
        {
            ["output_type"] = "stream",
            ["name"] = stream.Stream == StreamName.Stderr ? "stderr" : "stdout",
            ["text"] = MultilineText.Split(stream.Text),
        },
        DisplayOutput display => new()
        {
            ["output_type"] = "display_data",
            ["data"] = display.Data.ToFile(),
            ["metadata"] = display.Metadata.DeepClone(),
        },
        ResultOutput result => new()
        {
            ["output_type"] = "execute_result",
            ["data"] = result.Data.ToFile(),
            ["execution_count"] = result.ExecutionCount,
            ["metadata"] = result.Metadata.DeepClone(),
        },
        ErrorOutput error => new()
        {
            ["output_type"] = "error",
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(output)),
    };
}
