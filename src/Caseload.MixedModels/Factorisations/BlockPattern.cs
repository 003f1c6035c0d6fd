namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// Where a symmetric block matrix may differ from 0: its lower triangle by columns of blocks, in the caller's order of nodes. A block (row,
/// column) has row &gt;= column, Size(row) by Size(column) numbers, and a slot, its place among all blocks. Every diagonal block is there.
/// </summary>
internal sealed class BlockPattern
{
    private readonly int[] starts;

    private BlockPattern(int[] starts, int[] columnStarts, int[] rows)
    {
        this.starts = starts;
        ColumnStarts = columnStarts;
        Rows = rows;
        Offsets = new int[rows.Length + 1];
        for (var column = 0; column < Nodes; column++)
        {
            for (var slot = columnStarts[column]; slot < columnStarts[column + 1]; slot++)
                Offsets[slot + 1] = checked(Offsets[slot] + Size(rows[slot]) * Size(column));
        }
    }

    internal int Nodes => starts.Length - 1;

    /// <summary>Rows of the whole matrix.</summary>
    internal int Length => starts[^1];

    /// <summary>
    /// The first slot of each column of blocks, and the number of slots at the end. A column's first block is its diagonal one.
    /// </summary>
    internal int[] ColumnStarts { get; }

    /// <summary>The row node of each slot; they rise within a column.</summary>
    internal int[] Rows { get; }

    /// <summary>
    /// The first number of each slot among the values of a <see cref="BlockMatrix"/>, and the number of values at the end.
    /// </summary>
    internal int[] Offsets { get; }

    /// <summary>The pattern with a block for each pair of nodes, beside the diagonal blocks.</summary>
    /// <param name="sizes">The size of each node, at least 1.</param>
    /// <param name="pairs">Pairs of nodes in either order; repeated pairs and pairs of a node with itself are allowed.</param>
    internal static BlockPattern Of(ReadOnlySpan<int> sizes, ReadOnlySpan<(int Row, int Column)> pairs)
    {
        var starts = new int[sizes.Length + 1];
        for (var node = 0; node < sizes.Length; node++) starts[node + 1] = checked(starts[node] + sizes[node]);
        var (columnStarts, rows) = SortedColumns(sizes.Length, pairs);
        return new BlockPattern(starts, columnStarts, rows);
    }

    internal int Size(int node) => starts[node + 1] - starts[node];

    /// <summary>The first row of the whole matrix that belongs to a node.</summary>
    internal int Start(int node) => starts[node];

    /// <summary>The slot of a block, or -1 where the pattern has none.</summary>
    internal int Slot(int row, int column)
    {
        var first = ColumnStarts[column];
        var found = Rows.AsSpan(first, ColumnStarts[column + 1] - first).BinarySearch(row);
        return found < 0 ? -1 : first + found;
    }

    // Two stable passes of counting sort: pairs put in the order of rows and dealt out to columns in that order are sorted in each column.
    private static (int[] ColumnStarts, int[] Rows) SortedColumns(int nodes, ReadOnlySpan<(int Row, int Column)> pairs)
    {
        var (rowEnds, columnEnds) = (new int[nodes + 1], new int[nodes + 1]);
        foreach (var (row, column) in pairs)
        {
            if (row == column) continue;
            rowEnds[Math.Max(row, column)]++;
            columnEnds[Math.Min(row, column)]++;
        }

        var byRow = new int[Accumulate(rowEnds, 0)];
        foreach (var (row, column) in pairs)
        {
            if (row != column) byRow[rowEnds[Math.Max(row, column)]++] = Math.Min(row, column);
        }

        var rows = new int[Accumulate(columnEnds, 1)];
        var next = 0;
        for (var row = 0; row < nodes; row++)
        {
            rows[columnEnds[row]++] = row;
            for (; next < rowEnds[row]; next++) rows[columnEnds[byRow[next]]++] = row;
        }

        return WithoutRepeats(columnEnds, rows);
    }

    // Turns counts into first places, of which each node has some more than its count; returns their number.
    private static int Accumulate(int[] counts, int more)
    {
        var sum = 0;
        for (var i = 0; i < counts.Length - 1; i++) (counts[i], sum) = (sum, checked(sum + counts[i] + more));
        return sum;
    }

    private static (int[] ColumnStarts, int[] Rows) WithoutRepeats(int[] columnEnds, int[] rows)
    {
        var (kept, slot) = (0, 0);
        var columnStarts = new int[columnEnds.Length];
        for (var column = 0; column < columnEnds.Length - 1; column++)
        {
            columnStarts[column] = kept;
            for (; slot < columnEnds[column]; slot++)
            {
                if (kept == columnStarts[column] || rows[slot] != rows[kept - 1]) rows[kept++] = rows[slot];
            }
        }

        columnStarts[^1] = kept;
        return (columnStarts, kept == rows.Length ? rows : rows[..kept]);
    }
}
