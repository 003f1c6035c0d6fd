using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// A run of groups whose integrals are approximated by adaptive quadrature, with the gradient by the adjoints of the mode and of H, which
/// take one sum over the columns a group however many nodes there are. docs/method.md derives it; the names are those used there.
/// </summary>
internal sealed class QuadratureGradientPart : LikelihoodPart
{
    private readonly GaussHermite rule;
    private readonly double[] scratch;
    private readonly double[] sums;

    internal QuadratureGradientPart(Design design, GaussHermite rule, (int First, int End) groups)
        : base(design, groups.First, groups.End)
    {
        this.rule = rule;
        var starts = design.Cells.GroupStarts;
        scratch = new double[5 * Enumerable.Range(groups.First, groups.End - groups.First).Max(g => starts[g + 1] - starts[g])];
        sums = new double[design.Width];
    }

    // Nothing is searched for from here.
    private protected override ReadOnlySpan<double> ModeGradient => [];

    private protected override double Add(in GroupState group, in CellSpan cells, int number, bool withDerivatives)
    {
        var (sigma, mode, precision, at) = group;
        var (atMode, scale) = (at.LogLikelihood - mode * mode / 2, 1 / Math.Sqrt(precision));
        var atNode = Scratch(cells);
        var mean = scratch.AsSpan(4 * cells.Eta.Length, cells.Eta.Length);
        var (total, slope, tilted, direct) = (0.0, 0.0, 0.0, 0.0);
        mean.Clear();
        for (var k = 0; k < rule.Nodes.Length; k++)
        {
            // The node in the middle is the mode, whose derivatives are there already.
            var (z, isMode) = (rule.Nodes[k], rule.Nodes[k] == 0);
            var b = mode + scale * z;
            var node = isMode ? at : Kernel.Derivatives(atNode, sigma * b);
            var term = Math.Exp(rule.LogFactors[k] + node.LogLikelihood - b * b / 2 - atMode);

            // A node without a share may lie where a mean overflows.
            if (!(term > 0)) continue;
            var atSlope = sigma * node.Score - b;
            (total, slope, tilted, direct) =
                (total + term, slope + term * atSlope, tilted + term * z * atSlope, direct + term * node.Score * b);
            if (withDerivatives) Vectors.AddTimes(mean, term, isMode ? cells.Score : atNode.Score);
        }

        if (withDerivatives)
        {
            var curvature = -(tilted / total * scale + 1) / (2 * precision);
            var adjoint = (sigma * sigma * sigma * curvature * at.WeightSlope + slope / total) / precision;
            Vectors.Multiply(mean, 1 / total);
            Vectors.AddTimes(mean, sigma * sigma * curvature, cells.WeightSlope);
            Vectors.AddTimes(mean, -sigma * adjoint, cells.Weight);
            Design.Operator.GroupSums(number, mean, sums);
            Vectors.AddTimes(Gradient.AsSpan(0, Design.Width), 1, sums);
            Gradient[^1] += mode * (sigma * sigma * curvature * at.WeightSlope - sigma * adjoint * at.Weight) + at.Score * adjoint
                + 2 * sigma * curvature * at.Weight + direct / total;
        }

        return atMode + Math.Log(total) - Math.Log(precision) / 2;
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
