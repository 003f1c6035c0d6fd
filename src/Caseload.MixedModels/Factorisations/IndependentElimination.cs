namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// One round of elimination in a large graph: many nodes of low degree, no two of them neighbours, leave together, so that the lists of a
/// node with a million neighbours are gone through once a round and not once a neighbour (Liu 1985, multiple elimination). Levels of one
/// grouping factor are never neighbours: the largest factor usually leaves in the first round.
/// </summary>
internal static class IndependentElimination
{
    private enum State : byte { Stays, Leaves, HasLeavingNeighbour }

    /// <summary>
    /// Eliminates one independent set and returns the graph that is left, in which the neighbours of each node that left are joined.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="leastDegree">Its smallest degree; nodes of much more than that wait for a later round.</param>
    /// <param name="order">Takes the names of the nodes that leave.</param>
    internal static NodeGraph Eliminate(NodeGraph graph, int leastDegree, List<int> order)
    {
        var states = Choose(graph, 2 * leastDegree + 8);
        var (kept, numbers) = (new List<int>(), new int[graph.Count]);
        for (var node = 0; node < graph.Count; node++)
        {
            if (states[node] == State.Leaves)
            {
                order.Add(graph.Names[node]);
                continue;
            }

            numbers[node] = kept.Count;
            kept.Add(node);
        }

        return Rest(graph, [.. kept], numbers, states);
    }

    // Nodes in the order of their degree leave unless a neighbour does.
    private static State[] Choose(NodeGraph graph, int largestDegree)
    {
        var ends = new int[largestDegree + 2];
        for (var node = 0; node < graph.Count; node++)
        {
            if (graph.Degree(node) <= largestDegree) ends[graph.Degree(node) + 1]++;
        }

        for (var degree = 0; degree <= largestDegree; degree++) ends[degree + 1] += ends[degree];
        var candidates = new int[ends[^1]];
        for (var node = 0; node < graph.Count; node++)
        {
            if (graph.Degree(node) <= largestDegree) candidates[ends[graph.Degree(node)]++] = node;
        }

        var states = new State[graph.Count];
        foreach (var node in candidates)
        {
            if (states[node] != State.Stays) continue;
            states[node] = State.Leaves;
            foreach (var neighbour in graph.Of(node)) states[neighbour] = State.HasLeavingNeighbour;
        }

        return states;
    }

    private static NodeGraph Rest(NodeGraph graph, int[] kept, int[] numbers, State[] states)
    {
        var (starts, neighbours) = (new int[kept.Length + 1], new List<int>());
        var seenFrom = new int[graph.Count];
        Array.Fill(seenFrom, -1);
        for (var i = 0; i < kept.Length; i++)
        {
            var node = kept[i];
            seenFrom[node] = node;
            foreach (var neighbour in graph.Of(node))
            {
                if (states[neighbour] != State.Leaves) Add(neighbour, node);
                else foreach (var second in graph.Of(neighbour)) Add(second, node);
            }

            starts[i + 1] = neighbours.Count;
        }

        return new NodeGraph(Array.ConvertAll(kept, node => graph.Names[node]), starts, [.. neighbours]);

        void Add(int neighbour, int node)
        {
            if (seenFrom[neighbour] == node) return;
            seenFrom[neighbour] = node;
            neighbours.Add(numbers[neighbour]);
        }
    }
}
