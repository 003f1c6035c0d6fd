namespace Caseload.MixedModels.Factorisations;

/// <summary>An undirected graph without loops: which nodes share a block.</summary>
/// <param name="Names">What each node is called in the pattern.</param>
/// <param name="Starts">The first neighbour of each node in <paramref name="Neighbours"/>, and their number at the end.</param>
/// <param name="Neighbours">The neighbours of each node, each once.</param>
internal sealed record NodeGraph(int[] Names, int[] Starts, int[] Neighbours)
{
    internal int Count => Names.Length;

    internal static NodeGraph Of(BlockPattern pattern)
    {
        var starts = new int[pattern.Nodes + 1];
        for (var column = 0; column < pattern.Nodes; column++)
        {
            starts[column] += pattern.ColumnStarts[column + 1] - pattern.ColumnStarts[column] - 1;
            for (var slot = pattern.ColumnStarts[column] + 1; slot < pattern.ColumnStarts[column + 1]; slot++) starts[pattern.Rows[slot]]++;
        }

        var sum = 0;
        for (var node = 0; node <= pattern.Nodes; node++) (starts[node], sum) = (sum, checked(sum + starts[node]));
        var (ends, neighbours) = (starts[..^1], new int[starts[^1]]);
        for (var column = 0; column < pattern.Nodes; column++)
        {
            for (var slot = pattern.ColumnStarts[column] + 1; slot < pattern.ColumnStarts[column + 1]; slot++)
            {
                var row = pattern.Rows[slot];
                neighbours[ends[column]++] = row;
                neighbours[ends[row]++] = column;
            }
        }

        var names = new int[pattern.Nodes];
        for (var node = 0; node < names.Length; node++) names[node] = node;
        return new NodeGraph(names, starts, neighbours);
    }

    internal int Degree(int node) => Starts[node + 1] - Starts[node];

    internal ReadOnlySpan<int> Of(int node) => Neighbours.AsSpan(Starts[node], Degree(node));
}
