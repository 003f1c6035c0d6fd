namespace Caseload.Notebooks.Session.Assistance;

/// <summary>Whether a cell's text is ready to run.</summary>
/// <param name="Status">Whether it is.</param>
/// <param name="Indent">The white space that the next line should begin with; empty unless more must be typed.</param>
public sealed record Completeness(CompletenessStatus Status, string Indent);

/// <summary>The states of a cell's text while it is typed.</summary>
public enum CompletenessStatus
{
    /// <summary>It can run.</summary>
    Complete,

    /// <summary>More must be typed.</summary>
    Incomplete,

    /// <summary>No more text can make it right.</summary>
    Invalid,
}
