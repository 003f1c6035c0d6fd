using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The Gauss-Hermite rule for several independent standard normal effects: every combination of the nodes of the rule for one.
/// </summary>
internal sealed class NodeGrid
{
    private readonly double[] nodes;

    /// <summary>The grid of a rule.</summary>
    /// <param name="rule">The rule for one effect.</param>
    /// <param name="effects">The number of effects, from 1.</param>
    internal NodeGrid(GaussHermite rule, int effects)
    {
        Effects = effects;
        Count = checked((int)Math.Pow(rule.Nodes.Length, effects));
        nodes = new double[Count * effects];
        LogFactors = new double[Count];
        for (var node = 0; node < Count; node++)
        {
            for (var (effect, rest) = (0, node); effect < effects; effect++, rest /= rule.Nodes.Length)
            {
                nodes[node * effects + effect] = rule.Nodes[rest % rule.Nodes.Length];
                LogFactors[node] += rule.LogFactors[rest % rule.Nodes.Length];
            }
        }
    }

    /// <summary>The number of effects.</summary>
    internal int Effects { get; }

    /// <summary>The number of nodes.</summary>
    internal int Count { get; }

    /// <summary>The logarithm of each node's weight, plus z'z/2.</summary>
    internal double[] LogFactors { get; }

    /// <summary>A node z.</summary>
    internal ReadOnlySpan<double> Node(int node) => nodes.AsSpan(node * Effects, Effects);
}
