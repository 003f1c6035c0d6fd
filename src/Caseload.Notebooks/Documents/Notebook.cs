using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Documents;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    /// <summary>Code to run.</summary>
    Code,

    /// <summary>Prose in Markdown.</summary>
    Markdown,

    /// <summary>Text that no host interprets.</summary>
    Raw,
}

/// <summary>One cell of a notebook.</summary>
/// <param name="Id">Its name within the notebook, 1 to 64 of letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Source">Its text.</param>
public sealed record NotebookCell(string Id, CellKind Kind, string Source)
{
    /// <summary>What hosts keep with the cell; unknown keys stay.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>The number of its last execution, from 1; null where it was not run.</summary>
    public int? ExecutionCount { get; init; }

    /// <summary>What its last execution gave; empty for prose.</summary>
    public IReadOnlyList<NotebookOutput> Outputs { get; init; } = [];

    /// <summary>Members of the file that have no property here, such as <c>attachments</c>; they are kept.</summary>
    public JsonObject OtherMembers { get; init; } = [];

    /// <summary>Whether the cell carries a tag.</summary>
    /// <param name="tag">The tag.</param>
    public bool HasTag(string tag) => Metadata["tags"] is JsonArray tags
        && tags.Any(t => t is JsonValue value && value.TryGetValue(out string? text) && text == tag);
}

/// <summary>A notebook in nbformat 4: cells and what hosts keep with them.</summary>
/// <param name="Cells">The cells, in order.</param>
public sealed record Notebook(IReadOnlyList<NotebookCell> Cells)
{
    /// <summary>The least minor version that is written: 5, the first with cell names.</summary>
    public const int LeastMinorVersion = 5;

    /// <summary>The key of the metadata under which an executed copy notes how it was run.</summary>
    public const string RunKey = "caseload";

    /// <summary>What hosts keep with the notebook, <c>kernelspec</c> and <c>language_info</c> among it; unknown keys stay.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>The minor version of nbformat 4.</summary>
    public int MinorVersion { get; init; } = LeastMinorVersion;

    /// <summary>Members of the file that have no property here; they are kept.</summary>
    public JsonObject OtherMembers { get; init; } = [];
}
