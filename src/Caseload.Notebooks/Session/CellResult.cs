using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Session;

/// <summary>What became of a cell.</summary>
/// <param name="Failure">What stopped it; null where it ran to its end.</param>
public sealed record CellResult(CellFailure? Failure)
{
    /// <summary>Whether the cell was interrupted; its failure then says so.</summary>
    public bool IsInterrupted { get; init; }
}

/// <summary>What stopped a cell, in terms of the cell's own text.</summary>
/// <param name="Name">The compiler's code (CS0103), the type of the exception, <c>Directive</c>, or <c>Interrupted</c>.</param>
/// <param name="Message">What was said.</param>
/// <param name="Line">The line in the cell, from 1; null where no line of the cell is known.</param>
/// <param name="Column">The column in that line, from 1, where it is known.</param>
/// <param name="Traceback">Lines that tell the way from the cell to the error, through the notebook's own code only.</param>
public sealed record CellFailure(string Name, string Message, int? Line, int? Column, IReadOnlyList<string> Traceback)
{
    /// <summary>The failure as an output of the cell.</summary>
    public ErrorOutput ToOutput() => new(Name, Message, Traceback);
}
