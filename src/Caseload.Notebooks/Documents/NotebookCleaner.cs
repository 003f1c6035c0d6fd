using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Documents;

/// <summary>Strips a notebook of what a run left in it, so that version control holds the source alone.</summary>
public static class NotebookCleaner
{
    // What says how the notebook is read, in this kit, in Jupyter, in .NET Interactive and in Verso; title and authors are a person's.
    private static readonly HashSet<string> NotebookKeys = new(StringComparer.Ordinal)
    {
        "kernelspec", "language_info", "polyglot_notebook", "dotnet_interactive", "title", "authors",
    };

    // What a person gives a cell, or what says how its text is read: tags (papermill, nbconvert, this kit), the language (.NET Interactive,
    // dotnet-repl), the kind of a cell that Jupyter has no word for (Verso), the format of raw text and the place in a talk (nbconvert).
    private static readonly HashSet<string> CellKeys = new(StringComparer.Ordinal)
    {
        "tags", "polyglot_notebook", "dotnet_interactive", "dotnet_repl_cellTags", "verso_type", "format", "raw_mimetype", "slideshow",
    };

    /// <summary>
    /// The notebook without outputs, execution counts and what front ends keep for themselves. Its source, the names of its cells, their
    /// attachments and the metadata of the list stay. A notebook in C# names its kernel as the dialect does, whichever host saved it.
    /// </summary>
    /// <param name="notebook">The notebook.</param>
    public static Notebook Clean(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return notebook with
        {
            Metadata = Dialect.Normalise(Kept(notebook.Metadata, NotebookKeys)),
            Cells =
            [
                .. notebook.Cells.Select(cell => cell with
                {
                    Metadata = Kept(cell.Metadata, CellKeys), ExecutionCount = null, Outputs = [],
                }),
            ],
        };
    }

    private static JsonObject Kept(JsonObject metadata, HashSet<string> keys)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in metadata)
        {
            if (keys.Contains(name)) kept[name] = value?.DeepClone();
        }

        return kept;
    }
}
