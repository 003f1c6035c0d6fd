using Caseload.Frames;

namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// Where everything of the factor stands in one array of numbers. Rows of the matrix are renumbered in the order of elimination. A sparse
/// column of blocks is a panel: row-major, as wide as its node, first the node's own rows and then the rows below. After the panels comes
/// the core, a row-major square whose side is padded to whole tiles.
/// </summary>
internal sealed class FactorStructure
{
    internal FactorStructure(BlockPattern pattern)
    {
        var graph = NodeGraph.Of(pattern);
        Order = EliminationOrder.Of(graph);
        Starts = new int[pattern.Nodes + 1];
        for (var position = 0; position < pattern.Nodes; position++)
            Starts[position + 1] = Starts[position] + pattern.Size(Order.Nodes[position]);
        for (var panel = 0; panel < Panels; panel++) LargestPanel = Math.Max(LargestPanel, Size(panel));
        var columns = FactorColumns.Of(graph, Order);
        (PanelStarts, RowStarts, CoreRows) = (new int[Order.Sparse + 1], new int[Order.Sparse + 1], new int[Order.Sparse]);
        Rows = ExpandRows(columns);
        CoreStride = (CoreSize + DenseTile.Width - 1) / DenseTile.Width * DenseTile.Width;
        Length = Measure();
        Updates = new PanelUpdates(columns, this);
        FactorNumbers = CountNumbers();
    }

    internal EliminationOrder Order { get; }

    /// <summary>How many positions have a panel; the others are the core.</summary>
    internal int Panels => Order.Sparse;

    /// <summary>The first row of each position, and the number of rows at the end.</summary>
    internal int[] Starts { get; }

    /// <summary>The first number of each panel, and that of the core at the end.</summary>
    internal int[] PanelStarts { get; }

    /// <summary>The first of each panel's rows below its diagonal block among <see cref="Rows"/>, and their number at the end.</summary>
    internal int[] RowStarts { get; }

    /// <summary>The rows below the diagonal block, panel after panel, rising within a panel.</summary>
    internal int[] Rows { get; }

    /// <summary>For each panel, the first among <see cref="Rows"/> that is in the core.</summary>
    internal int[] CoreRows { get; }

    /// <summary>Which panels change which.</summary>
    internal PanelUpdates Updates { get; }

    /// <summary>The first row of the core.</summary>
    internal int CoreStart => Starts[Panels];

    /// <summary>Rows of the core.</summary>
    internal int CoreSize => Starts[^1] - CoreStart;

    /// <summary>The side of the padded core.</summary>
    internal int CoreStride { get; }

    /// <summary>Numbers of the array.</summary>
    internal int Length { get; }

    /// <summary>Numbers in the blocks of the factor's lower triangle, diagonal blocks as full squares.</summary>
    internal long FactorNumbers { get; }

    /// <summary>The most columns of any panel.</summary>
    internal int LargestPanel { get; }

    internal int Size(int position) => Starts[position + 1] - Starts[position];

    /// <summary>The rows below the diagonal block of a panel.</summary>
    internal ReadOnlySpan<int> RowsOf(int panel) => Rows.AsSpan(RowStarts[panel], RowStarts[panel + 1] - RowStarts[panel]);

    /// <summary>
    /// Where each slot of the pattern goes: the first number of the block, or its complement (~) where the block is transposed.
    /// </summary>
    internal int[] Targets(BlockPattern pattern)
    {
        var positions = new int[pattern.Nodes];
        for (var position = 0; position < positions.Length; position++) positions[Order.Nodes[position]] = position;
        var targets = new int[pattern.Rows.Length];
        for (var column = 0; column < pattern.Nodes; column++)
        {
            for (var slot = pattern.ColumnStarts[column]; slot < pattern.ColumnStarts[column + 1]; slot++)
            {
                var (row, to) = (positions[pattern.Rows[slot]], positions[column]);
                targets[slot] = row >= to ? Place(row, to) : ~Place(to, row);
            }
        }

        return targets;
    }

    /// <summary>The distance from one row of a panel or of the core to the next.</summary>
    internal int Stride(int position) => position < Panels ? Size(position) : CoreStride;

    private int Place(int row, int column)
    {
        var start = Starts[row];
        if (column >= Panels) return PanelStarts[Panels] + (start - CoreStart) * CoreStride + Starts[column] - CoreStart;
        if (row == column) return PanelStarts[column];
        var below = Rows.AsSpan(RowStarts[column], RowStarts[column + 1] - RowStarts[column]).BinarySearch(start);
        return PanelStarts[column] + (Size(column) + below) * Size(column);
    }

    private int[] ExpandRows(FactorColumns columns)
    {
        var rows = new List<int>(columns.Rows.Length);
        for (var column = 0; column < Panels; column++)
        {
            CoreRows[column] = -1;
            foreach (var row in columns.Of(column))
            {
                if (row >= Panels && CoreRows[column] < 0) CoreRows[column] = rows.Count;
                for (var i = Starts[row]; i < Starts[row + 1]; i++) rows.Add(i);
            }

            RowStarts[column + 1] = rows.Count;
            if (CoreRows[column] < 0) CoreRows[column] = rows.Count;
        }

        return [.. rows];
    }

    private int Measure()
    {
        var length = 0L;
        for (var column = 0; column <= Panels; column++)
        {
            PanelStarts[column] = (int)Math.Min(length, Array.MaxLength);
            if (column < Panels) length += (long)Size(column) * (Size(column) + RowStarts[column + 1] - RowStarts[column]);
        }

        length += (long)CoreStride * CoreStride;
        if (length <= Array.MaxLength) return (int)length;
        throw new ProblemException(new Problem(ProblemKind.NoEstimate,
            $"the levels of the grouping factors are so entangled that the factor of their matrix has {length} numbers",
            $"at most {Array.MaxLength}", "the random effects",
            "leave out the grouping factor with the most levels, or join some of its levels"));
    }

    private long CountNumbers()
    {
        long numbers = PanelStarts[Panels];
        for (var position = Panels; position < Starts.Length - 1; position++)
            numbers += (long)Size(position) * (Starts[^1] - Starts[position]);
        return numbers;
    }
}
