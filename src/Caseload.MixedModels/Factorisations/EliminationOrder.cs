namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// The order in which nodes are eliminated: the one of fewest neighbours first, as long as the graph that is left is sparse. What is left
/// then is the core, which is factorised as one dense matrix.
/// </summary>
/// <param name="Nodes">The node at each position.</param>
/// <param name="Sparse">How many positions come before the core.</param>
internal sealed record EliminationOrder(int[] Nodes, int Sparse)
{
    // The bits of a graph of this many nodes take 18 MB.
    private const int LargestBitGraph = 12_000;

    internal static EliminationOrder Of(NodeGraph graph)
    {
        var order = new List<int>(graph.Count);
        while (graph.Count > LargestBitGraph && IsSmallerAsLists(graph))
            graph = IndependentElimination.Eliminate(graph, LeastDegree(graph), order);
        var core = MinimumDegree.Eliminate(graph, order);
        var sparse = order.Count;
        order.AddRange(core);
        return new EliminationOrder([.. order], sparse);
    }

    /// <summary>
    /// Whether the graph that is left is to be the core. To eliminate a node of degree d takes about d^2/2 multiplications that reach their
    /// targets through indices; as a part of the core it takes n^2/2 in dense tiles, which were measured to run about 25 times as fast in
    /// cores of 1000: they are level at d = 0.2 n. A few hundred rows are not worth it, and become a core only where that fills nothing.
    /// </summary>
    /// <param name="count">The nodes that are left.</param>
    /// <param name="leastDegree">The smallest number of neighbours among them.</param>
    internal static bool IsCore(int count, int leastDegree) =>
        count >= 8 && (leastDegree == count - 1 || (count >= 200 && leastDegree >= 0.2 * (count - 1)));

    // A neighbour takes 32 bits in a list, one bit in a matrix of bits.
    private static bool IsSmallerAsLists(NodeGraph graph) => 32L * graph.Neighbours.Length < (long)graph.Count * graph.Count;

    private static int LeastDegree(NodeGraph graph)
    {
        var least = int.MaxValue;
        for (var node = 0; node < graph.Count; node++) least = Math.Min(least, graph.Degree(node));
        return least;
    }
}
