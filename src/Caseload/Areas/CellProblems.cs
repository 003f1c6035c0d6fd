using Caseload.Frames;

namespace Caseload.Areas;

/// <summary>Gathers the cells of an input that cannot be taken, so that all of them are told at once.</summary>
/// <param name="source">The name of the input.</param>
internal sealed class CellProblems(string source)
{
    private const int Shown = 20;
    private readonly List<string> cells = [];

    /// <summary>Adds a cell. What was found may be told: areas are not children.</summary>
    /// <param name="place">The line or row.</param>
    /// <param name="column">The column.</param>
    /// <param name="found">The cell.</param>
    /// <param name="expected">What it should have been.</param>
    internal void Add(string place, string column, string found, string expected) =>
        cells.Add($"{source}, {place}, column {column}: {(found.Length == 0 ? "an empty cell" : $"\"{found}\"")}; expected {expected}");

    /// <summary>Throws where a cell was added.</summary>
    /// <param name="expected">What the input should have been.</param>
    /// <param name="remedy">What to do.</param>
    internal void ThrowIfAny(string expected, string remedy)
    {
        if (cells.Count == 0) return;
        var shown = cells.Take(Shown).ToList();
        if (cells.Count > Shown) shown.Add($"... and {cells.Count - Shown} more");
        throw new ProblemException(new Problem(ProblemKind.CheckFailed,
            cells.Count == 1 ? "a cell that cannot be taken" : $"{cells.Count} cells that cannot be taken",
            expected, string.Join("\n          ", shown), remedy));
    }
}
