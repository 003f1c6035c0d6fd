using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Session;

/// <summary>Something that a cell does to what is shown below it.</summary>
public abstract record CellEvent;

/// <summary>The cell shows something more.</summary>
/// <param name="Output">What it shows.</param>
public sealed record OutputShown(NotebookOutput Output) : CellEvent
{
    /// <summary>The name by which a display can be changed later; null where it cannot.</summary>
    public string? DisplayId { get; init; }
}

/// <summary>The cell changes what it, or a cell before it, showed under a name.</summary>
/// <param name="DisplayId">The name.</param>
/// <param name="Data">What is shown in its place.</param>
/// <param name="Metadata">Hints to the front end, by MIME type.</param>
public sealed record DisplayUpdated(string DisplayId, MimeBundle Data, JsonObject Metadata) : CellEvent;

/// <summary>The cell takes away what it showed so far.</summary>
/// <param name="Wait">Whether it stays until there is something new, so that nothing flickers.</param>
public sealed record OutputsCleared(bool Wait) : CellEvent;
