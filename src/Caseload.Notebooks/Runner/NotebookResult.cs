using Caseload.Frames;

namespace Caseload.Notebooks.Runner;

/// <summary>What became of one notebook.</summary>
/// <param name="Path">The notebook, as it was named to the runner.</param>
/// <param name="CellsRun">How many code cells were run, the failing one among them.</param>
/// <param name="Duration">How long they took.</param>
/// <param name="Failure">What stopped it; null where every cell ran.</param>
/// <param name="ExecutedCopy">The executed copy; null where none was asked for.</param>
/// <param name="Page">The page in HTML; null where none was asked for.</param>
public sealed record NotebookResult(
    string Path, int CellsRun, TimeSpan Duration, NotebookFailure? Failure, string? ExecutedCopy, string? Page);

/// <summary>A cell that stopped its notebook.</summary>
/// <param name="Path">The notebook, as it was named to the runner.</param>
/// <param name="CellNumber">The cell's place in the notebook, from 1, prose counted.</param>
/// <param name="ExecutionCount">Its place among the code cells, from 1: the number in brackets that front ends show.</param>
/// <param name="Line">The line in the cell, from 1; null where none is known.</param>
/// <param name="SourceLine">The text of that line; empty where none is known.</param>
/// <param name="Name">The compiler's code or the type of the exception.</param>
/// <param name="Message">What it said.</param>
public sealed record NotebookFailure(
    string Path, int CellNumber, int ExecutionCount, int? Line, string SourceLine, string Name, string Message)
{
    /// <summary>The failure as a problem: a check that failed.</summary>
    public Problem ToProblem()
    {
        var line = Line is { } number ? $", line {number}" : "";
        var source = SourceLine.Length > 0 ? $": {SourceLine.Trim()}" : "";
        return new(ProblemKind.CheckFailed, $"{Name}: {Message.ReplaceLineEndings("; ")}", "",
            $"{Path}, cell {CellNumber} (code cell {ExecutionCount}){line}{source}",
            "Correct the cell, or what it reads, and run the notebook again.");
    }
}
