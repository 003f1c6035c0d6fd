using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// A run of groups whose integrals are approximated by adaptive Gauss-Hermite quadrature: the rule's nodes z are moved to the mode and
/// scaled by s = 1/sqrt(H) (Liu and Pierce 1994; Pinheiro and Chao 2006). One pass over the cells a node gives the value and all that its
/// derivatives need.
/// </summary>
internal sealed class QuadraturePart : LikelihoodPart
{
    // Nodes whose scores are multiplied by the columns in one pass.
    private const int Batch = 4;

    private readonly GaussHermite rule;
    private readonly int[] fromCentre;
    private readonly QuadratureDerivatives derivatives;
    private readonly NodeSums[] nodes;
    private readonly NodeWeights weights;
    private readonly double[] scratch;
    private readonly int largest;

    // The columns' sums of scores at each node, in the order in which nodes pass, and behind them of the weights times z.
    private readonly double[][] columnSums;

    internal QuadraturePart(Design design, GaussHermite rule, (int First, int End) groups)
        : base(design, groups.First, groups.End)
    {
        this.rule = rule;
        derivatives = new QuadratureDerivatives(design.Width);
        nodes = new NodeSums[rule.Nodes.Length];
        fromCentre = [.. Enumerable.Range(0, nodes.Length).OrderBy(k => Math.Abs(rule.Nodes[k])).ThenBy(k => k)];
        var starts = design.Cells.GroupStarts;
        largest = Enumerable.Range(groups.First, groups.End - groups.First).Select(g => starts[g + 1] - starts[g]).Max();
        weights = new NodeWeights(largest);
        scratch = new double[(Batch + 2) * largest];
        columnSums = [.. Enumerable.Range(0, (nodes.Length + Batch) / Batch * Batch).Select(_ => new double[design.Width])];
    }

    private protected override ReadOnlySpan<double> ModeGradient => derivatives.Mode;

    private protected override double Add(in GroupState group, in CellSpan cells, int number, bool withDerivatives)
    {
        PassNodes(group, cells, number, withDerivatives);
        var logTotal = Share();
        if (withDerivatives)
        {
            weights.Complete(logTotal);
            Differentiate(group, cells, number);
        }

        return logTotal - Math.Log(group.Precision) / 2;
    }

    private void PassNodes(in GroupState group, in CellSpan cells, int number, bool withDerivatives)
    {
        var (sigma, mode, precision, _) = group;
        var scale = 1 / Math.Sqrt(precision);
        weights.Clear(cells.Eta.Length);
        for (var i = 0; i < nodes.Length; i++)
        {
            var (z, factor) = (rule.Nodes[fromCentre[i]], rule.LogFactors[fromCentre[i]]);
            var b = mode + scale * z;
            var at = AtNode(cells, i % Batch);
            var sums = Kernel.Derivatives(at, sigma * b);
            nodes[i] = new NodeSums(z, b, factor + sums.LogLikelihood - b * b / 2, sums.Score, sums.Weight);
            if (!withDerivatives) continue;
            weights.Add(z, nodes[i].Share, at.Weight);
            if (i % Batch == Batch - 1) SumColumns(number, i, cells.Eta.Length);
        }
    }

    // The logarithm of the sum over nodes, taken about its largest term so that nothing overflows; each node's share of the sum is kept.
    private double Share()
    {
        var most = nodes.Max(node => node.Share);
        var total = 0.0;
        for (var k = 0; k < nodes.Length; k++)
        {
            var term = Math.Exp(nodes[k].Share - most);
            nodes[k] = nodes[k] with { Share = term };
            total += term;
        }

        for (var k = 0; k < nodes.Length; k++) nodes[k] = nodes[k] with { Share = nodes[k].Share / total };
        return most + Math.Log(total);
    }

    private void Differentiate(in GroupState group, in CellSpan cells, int number)
    {
        // The last batch has room for the weights times z.
        weights.Tilted.CopyTo(AtNode(cells, nodes.Length % Batch).Score);
        SumColumns(number, nodes.Length, cells.Eta.Length);
        columnSums[nodes.Length].CopyTo(derivatives.TiltedWeights);
        var sums = derivatives.Sums;
        Design.Operator.GroupSums(number, new FourSpans(weights.Mean, cells.Weight, cells.WeightSlope, cells.WeightCurve),
            new FourSpans(derivatives.MeanWeights, sums.Second, sums.Third, sums.Fourth));
        derivatives.Begin(group, nodes);
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Share == 0) continue;
            columnSums[i].CopyTo(derivatives.Scores);
            derivatives.AddNode(nodes[i], Hessian);
        }

        derivatives.Finish(Gradient, Hessian);
        derivatives.ReplaceWeights(cells, weights.Mean);
        Products.Add(number, cells.Weight, derivatives.ReplacedSums);
    }

    // The batch that ends with a node, its last places left over from the batch before where there are no more nodes.
    private void SumColumns(int number, int last, int count)
    {
        var first = last / Batch * Batch;
        Design.Operator.GroupSums(number,
            new FourSpans(Slot(0, count), Slot(1, count), Slot(2, count), Slot(3, count)),
            new FourSpans(columnSums[first], columnSums[first + 1], columnSums[first + 2], columnSums[first + 3]));
    }

    private Span<double> Slot(int slot, int count) => scratch.AsSpan(slot * largest, count);

    private CellSpan AtNode(in CellSpan cells, int slot)
    {
        var count = cells.Eta.Length;
        return new CellSpan
        {
            Eta = cells.Eta,
            Successes = cells.Successes,
            Trials = cells.Trials,
            Score = Slot(slot, count),
            Weight = Slot(Batch, count),
            WeightSlope = Slot(Batch + 1, count),
            WeightCurve = Slot(Batch + 1, count),
        };
    }
}
