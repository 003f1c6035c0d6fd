using System.Numerics;

namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// Minimum-degree elimination of a graph held as a matrix of bits (Tinney and Walker 1967): degrees are exact, and to join the neighbours
/// of an eliminated node is to take the union of rows of bits.
/// </summary>
internal sealed class MinimumDegree
{
    private readonly int words;
    private readonly ulong[] bits;
    private readonly int[] degrees;

    // Nodes of equal degree are linked in both directions; heads[d] is the first one of degree d, -1 ends a list.
    private readonly int[] heads;
    private readonly int[] next;
    private readonly int[] previous;

    private MinimumDegree(NodeGraph graph)
    {
        words = (graph.Count + 63) / 64;
        bits = new ulong[graph.Count * words];
        (degrees, next, previous) = (new int[graph.Count], new int[graph.Count], new int[graph.Count]);
        heads = new int[graph.Count + 1];
        Array.Fill(heads, -1);
        for (var node = graph.Count - 1; node >= 0; node--)
        {
            foreach (var neighbour in graph.Of(node)) Row(node)[neighbour >> 6] |= 1UL << neighbour;
            degrees[node] = graph.Degree(node);
            Link(node);
        }
    }

    /// <summary>Eliminates nodes until what is left is to be the core, and returns the names of these.</summary>
    internal static int[] Eliminate(NodeGraph graph, List<int> order)
    {
        var elimination = new MinimumDegree(graph);
        var alive = new bool[graph.Count];
        Array.Fill(alive, true);
        var neighbours = new List<int>();
        var least = 0;
        for (var left = graph.Count; left > 0; left--)
        {
            while (elimination.heads[least] < 0) least++;
            if (EliminationOrder.IsCore(left, least)) break;
            var node = elimination.heads[least];
            order.Add(graph.Names[node]);
            alive[node] = false;
            elimination.Remove(node, neighbours);

            // Only its neighbours' degrees change, and by at most one downwards.
            least = Math.Max(0, least - 1);
        }

        return [.. Enumerable.Range(0, graph.Count).Where(node => alive[node]).Select(node => graph.Names[node])];
    }

    private Span<ulong> Row(int node) => bits.AsSpan(node * words, words);

    private void Remove(int node, List<int> neighbours)
    {
        Unlink(node);
        neighbours.Clear();
        var row = Row(node);
        for (var word = 0; word < row.Length; word++)
        {
            for (var rest = row[word]; rest != 0; rest &= rest - 1) neighbours.Add((word << 6) + BitOperations.TrailingZeroCount(rest));
        }

        foreach (var neighbour in neighbours)
        {
            Unlink(neighbour);
            degrees[neighbour] = Join(Row(neighbour), row) - 2;
            Row(neighbour)[neighbour >> 6] &= ~(1UL << neighbour);
            Row(neighbour)[node >> 6] &= ~(1UL << node);
            Link(neighbour);
        }
    }

    // The union holds the neighbour itself and the eliminated node as well.
    private static int Join(Span<ulong> row, ReadOnlySpan<ulong> other)
    {
        var count = 0;
        for (var word = 0; word < row.Length; word++)
        {
            row[word] |= other[word];
            count += BitOperations.PopCount(row[word]);
        }

        return count;
    }

    private void Link(int node)
    {
        ref var head = ref heads[degrees[node]];
        (next[node], previous[node]) = (head, -1);
        if (head >= 0) previous[head] = node;
        head = node;
    }

    private void Unlink(int node)
    {
        if (previous[node] >= 0) next[previous[node]] = next[node];
        else heads[degrees[node]] = next[node];
        if (next[node] >= 0) previous[next[node]] = previous[node];
    }
}
