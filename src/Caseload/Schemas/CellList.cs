namespace Caseload.Schemas;

/// <summary>The cells of a column that grows row by row. A missing cell takes no work and no room until a present one follows it.</summary>
/// <typeparam name="T">The type of a cell.</typeparam>
/// <param name="missing">What stands for a missing cell.</param>
internal sealed class CellList<T>(T missing)
    where T : unmanaged
{
    private T[] cells = [];

    /// <summary>The number of cells up to the last present one.</summary>
    internal int Count { get; private set; }

    /// <summary>The cells up to the last present one.</summary>
    internal ReadOnlySpan<T> Cells => cells.AsSpan(0, Count);

    /// <summary>Sets the cell of a row; rows between that were not set are missing.</summary>
    internal void Add(int row, T value)
    {
        if (row >= cells.Length) Array.Resize(ref cells, Math.Max(row + 1, Math.Max(64, 2 * cells.Length)));
        if (Count < row) cells.AsSpan(Count, row - Count).Fill(missing);
        cells[row] = value;
        Count = row + 1;
    }

    /// <summary>Takes the cells after the first ones away again.</summary>
    internal void Truncate(int rows) => Count = Math.Min(Count, rows);

    /// <summary>Copies the cells of all rows to where they belong, and lets go of them.</summary>
    internal void MoveTo(Span<T> rows)
    {
        Cells.CopyTo(rows);
        rows[Count..].Fill(missing);
        (cells, Count) = ([], 0);
    }
}
