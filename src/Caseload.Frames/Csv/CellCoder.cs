namespace Caseload.Frames.Csv;

/// <summary>Grows a text column from the cells of a CSV file; an empty cell and <c>NA</c> are missing.</summary>
/// <param name="name">The name of the column.</param>
internal sealed class CellCoder(string name)
{
    private readonly LevelCoder levels = new();
    private readonly List<int> codes = [];

    /// <summary>Adds a cell in UTF-8.</summary>
    internal void Add(ReadOnlySpan<byte> cell) =>
        codes.Add(cell.IsEmpty || cell.SequenceEqual("NA"u8) ? TextColumn.Missing : levels.CodeOf(cell));

    /// <summary>The column of all cells added.</summary>
    internal TextColumn Build() => new(name, [.. codes], levels.ToTexts());
}
