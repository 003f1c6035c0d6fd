using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// A run of groups whose integrals are approximated by adaptive Gauss-Hermite quadrature: the rule's nodes z are moved to the mode and
/// scaled by s = 1/sqrt(H) (Liu and Pierce 1994; Pinheiro and Chao 2006).
/// </summary>
internal sealed class QuadraturePart : LikelihoodPart
{
    private readonly GaussHermite rule;
    private readonly QuadratureDerivatives derivatives;
    private readonly NodeSums[] nodes;
    private readonly double[] scratch;

    internal QuadraturePart(Design design, GaussHermite rule, (int First, int End) groups)
        : base(design, groups.First, groups.End)
    {
        this.rule = rule;
        derivatives = new QuadratureDerivatives(design.Width);
        nodes = new NodeSums[rule.Nodes.Length];
        var starts = design.Cells.GroupStarts;
        var largest = Enumerable.Range(groups.First, groups.End - groups.First).Select(g => starts[g + 1] - starts[g]).Max();
        scratch = new double[6 * largest];
    }

    private protected override ReadOnlySpan<double> ModeGradient => derivatives.Mode;

    private protected override double Add(in GroupState group, in CellSpan cells, int number, bool withDerivatives)
    {
        var atNode = Scratch(cells);
        var value = Integrate(group, atNode);
        if (withDerivatives) Differentiate(group, cells, atNode, number);
        return value;
    }

    // The logarithm of the sum over nodes, taken about its largest term so that nothing overflows; each node's share of the sum is kept.
    private double Integrate(in GroupState group, in CellSpan atNode)
    {
        var (sigma, mode, precision, _) = group;
        var scale = 1 / Math.Sqrt(precision);
        var largest = double.NegativeInfinity;
        for (var k = 0; k < nodes.Length; k++)
        {
            var b = mode + scale * rule.Nodes[k];
            var sums = Kernel.Derivatives(atNode, sigma * b);
            nodes[k] = new NodeSums(rule.Nodes[k], b, rule.LogFactors[k] + sums.LogLikelihood - b * b / 2, sums.Score, sums.Weight);
            largest = Math.Max(largest, nodes[k].Share);
        }

        var total = 0.0;
        for (var k = 0; k < nodes.Length; k++)
        {
            var term = Math.Exp(nodes[k].Share - largest);
            nodes[k] = nodes[k] with { Share = term };
            total += term;
        }

        for (var k = 0; k < nodes.Length; k++) nodes[k] = nodes[k] with { Share = nodes[k].Share / total };
        return largest + Math.Log(total) - Math.Log(precision) / 2;
    }

    private void Differentiate(in GroupState group, in CellSpan cells, in CellSpan atNode, int number)
    {
        var count = cells.Eta.Length;
        var mean = scratch.AsSpan(4 * count, count);
        var tilted = scratch.AsSpan(5 * count, count);
        mean.Clear();
        tilted.Clear();
        Design.Operator.GroupSums(number, cells.Derivatives, derivatives.Sums);
        derivatives.Begin(group, nodes);
        foreach (var node in nodes)
        {
            // A node without a share may lie where a mean overflows.
            if (node.Share == 0) continue;
            Kernel.Derivatives(atNode, group.Sigma * node.Effect);
            Design.Operator.GroupSums(number, atNode.Score, derivatives.Scores);
            derivatives.AddNode(node, Gradient, Hessian);
            Vectors.AddTimes(mean, node.Share, atNode.Weight);
            Vectors.AddTimes(tilted, node.Share * node.Node, atNode.Weight);
        }

        Design.Operator.GroupSums(number, mean, derivatives.MeanWeights);
        Design.Operator.GroupSums(number, tilted, derivatives.TiltedWeights);
        derivatives.Finish(Gradient, Hessian);
        derivatives.ReplaceWeights(cells, mean);
        Products.Add(number, cells.Weight, derivatives.ReplacedSums);
    }

    private CellSpan Scratch(in CellSpan cells)
    {
        var count = cells.Eta.Length;
        return new CellSpan
        {
            Eta = cells.Eta,
            Successes = cells.Successes,
            Trials = cells.Trials,
            Score = scratch.AsSpan(0, count),
            Weight = scratch.AsSpan(count, count),
            WeightSlope = scratch.AsSpan(2 * count, count),
            WeightCurve = scratch.AsSpan(3 * count, count),
        };
    }
}
