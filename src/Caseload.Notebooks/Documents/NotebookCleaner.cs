using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Documents;

/// <summary>Strips a notebook of what a run left in it, so that version control holds the source alone.</summary>
public static class NotebookCleaner
{
    private static readonly HashSet<string> KeptMetadata = new(StringComparer.Ordinal)
    {
        "kernelspec", "language_info", "polyglot_notebook", "dotnet_interactive", "dotnet_repl_cellTags", "tags",
    };

    /// <summary>
    /// The notebook without outputs, execution counts and metadata, but for the metadata that says in which language a notebook or a
    /// cell is written, and the tags.
    /// </summary>
    /// <param name="notebook">The notebook.</param>
    public static Notebook Clean(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return notebook with
        {
            Metadata = Kept(notebook.Metadata),
            Cells = [.. notebook.Cells.Select(cell => cell with { Metadata = Kept(cell.Metadata), ExecutionCount = null, Outputs = [] })],
        };
    }

    private static JsonObject Kept(JsonObject metadata)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in metadata)
        {
            if (KeptMetadata.Contains(name)) kept[name] = value?.DeepClone();
        }

        return kept;
    }
}
