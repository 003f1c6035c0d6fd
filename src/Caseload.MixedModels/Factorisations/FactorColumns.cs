namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// The nodes below the diagonal in each sparse column of the factor. Column j holds the later neighbours of j and the rows of every column
/// whose first row is j, apart from j: eliminating a node joins its neighbours (Liu 1990, elimination trees).
/// </summary>
/// <param name="Starts">The first row of each sparse position in <paramref name="Rows"/>, and their number at the end.</param>
/// <param name="Rows">Positions of the nodes, rising within a column.</param>
internal sealed record FactorColumns(int[] Starts, int[] Rows)
{
    internal static FactorColumns Of(NodeGraph graph, EliminationOrder order)
    {
        var positions = new int[graph.Count];
        for (var position = 0; position < positions.Length; position++) positions[order.Nodes[position]] = position;
        var (starts, rows) = (new int[order.Sparse + 1], new List<int>(graph.Neighbours.Length / 2));
        var (firstChild, nextChild, seenFrom) = (new int[order.Sparse], new int[order.Sparse], new int[graph.Count]);
        Array.Fill(firstChild, -1);
        for (var column = 0; column < order.Sparse; column++)
        {
            seenFrom[column] = column + 1;
            foreach (var neighbour in graph.Of(order.Nodes[column])) Add(positions[neighbour], column);
            for (var child = firstChild[column]; child >= 0; child = nextChild[child])
            {
                for (var i = starts[child]; i < starts[child + 1]; i++) Add(rows[i], column);
            }

            starts[column + 1] = rows.Count;
            var own = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows)[starts[column]..];
            own.Sort();
            if (own.Length > 0 && own[0] < order.Sparse)
            {
                nextChild[column] = firstChild[own[0]];
                firstChild[own[0]] = column;
            }
        }

        return new FactorColumns(starts, [.. rows]);

        void Add(int row, int column)
        {
            if (row <= column || seenFrom[row] == column + 1) return;
            seenFrom[row] = column + 1;
            rows.Add(row);
        }
    }

    internal ReadOnlySpan<int> Of(int column) => Rows.AsSpan(Starts[column], Starts[column + 1] - Starts[column]);
}
