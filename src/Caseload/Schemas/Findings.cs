using Caseload.Frames;

namespace Caseload.Schemas;

/// <summary>A cell that breaks the contract of its table.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column's name.</param>
/// <param name="Found">What stands there; only its shape where it could identify a child.</param>
/// <param name="Expected">What the contract asks for.</param>
public sealed record CellFinding(string File, long Line, string Column, string Found, string Expected)
{
    /// <summary>What the lines are: lines of a file, rows of a query.</summary>
    public string Unit { get; init; } = "line";

    /// <summary>The finding on one line.</summary>
    public override string ToString() => $"{File}, {Unit} {Line}, column {Column}: found {Found}, expected {Expected}";
}

/// <summary>Rows that were left out, under the reason for it.</summary>
/// <param name="Reason">The reason, in words that a reader of the report understands.</param>
/// <param name="Rows">How many rows.</param>
public sealed record Exclusion(string Reason, int Rows);

/// <summary>What was read of one or more files of a table: the rows that can be used, and all that is wrong with the others.</summary>
/// <param name="Rows">
/// The rows, with their file and line in <see cref="TableReader.FileColumn"/> and <see cref="TableReader.LineColumn"/>.
/// </param>
/// <param name="RowsRead">How many rows the files hold.</param>
/// <param name="Findings">The first findings, in the order of the files.</param>
/// <param name="FindingCount">How many findings there are in all.</param>
/// <param name="Exclusions">The rows left out, by reason; rows read less these are the rows.</param>
/// <param name="Notes">What else a person should know: a choice of encoding, a column that is not in the contract.</param>
public sealed record TableReading(
    Frame Rows,
    int RowsRead,
    IReadOnlyList<CellFinding> Findings,
    int FindingCount,
    IReadOnlyList<Exclusion> Exclusions,
    IReadOnlyList<string> Notes);
