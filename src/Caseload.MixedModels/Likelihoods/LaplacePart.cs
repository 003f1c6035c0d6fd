using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>A run of whole groups: their share of the log-likelihood and of its derivatives, and the room to compute it in.</summary>
internal sealed class LaplacePart
{
    private readonly Design design;
    private readonly int firstGroup;
    private readonly int endGroup;
    private readonly int firstCell;
    private readonly double[] eta;
    private readonly double[] score;
    private readonly double[] weight;
    private readonly double[] weightSlope;
    private readonly double[] weightCurve;
    private readonly GroupDerivatives derivatives;
    private readonly CrossProduct products;

    internal LaplacePart(Design design, int firstGroup, int endGroup)
    {
        (this.design, this.firstGroup, this.endGroup) = (design, firstGroup, endGroup);
        firstCell = design.Cells.GroupStarts[firstGroup];
        var cells = design.Cells.GroupStarts[endGroup] - firstCell;
        (eta, score, weight, weightSlope, weightCurve) =
            (new double[cells], new double[cells], new double[cells], new double[cells], new double[cells]);
        derivatives = new GroupDerivatives(design.Width);
        products = new CrossProduct(design.Columns);
        Gradient = new double[design.Width + 1];
        Hessian = new double[design.Width + 1, design.Width + 1];
    }

    internal double LogLikelihood { get; private set; }

    internal bool ModesFound { get; private set; }

    internal double[] Gradient { get; }

    /// <summary>The lower triangle of the second derivatives.</summary>
    internal double[,] Hessian { get; }

    /// <summary>Computes the share at a point; the modes and precisions of the part's groups are written into the result.</summary>
    internal void Run(double[] point, LikelihoodPoint result, bool withDerivatives)
    {
        Predict(point);
        Array.Clear(Gradient);
        Array.Clear(Hessian);
        (LogLikelihood, ModesFound) = (0, true);
        var sigma = point[^1];
        for (var group = firstGroup; group < endGroup; group++)
        {
            var cells = Cells(group);
            (result.Modes[group], var found) = GroupMode.Find(cells, sigma, result.Modes[group]);
            ModesFound &= found;
            var mode = result.Modes[group];
            var sums = LogisticKernel.Derivatives(cells, sigma * mode);
            var precision = result.Precisions[group] = 1 + sigma * sigma * sums.Weight;
            LogLikelihood += sums.LogLikelihood - mode * mode / 2 - Math.Log(precision) / 2;
            if (!withDerivatives) continue;
            for (var k = 0; k < design.Width; k++)
                derivatives.SetColumn(k,
                    WeightedProducts.Sums(design.Columns[k].AsSpan(design.Cells.GroupStarts[group], cells.Eta.Length), cells));
            derivatives.Add(new GroupState(sigma, mode, precision, sums), Gradient, Hessian);
            derivatives.ReplaceWeights(cells);
        }

        if (withDerivatives) products.AddTo(firstCell, weight, Hessian);
    }

    private void Predict(double[] point)
    {
        design.Offsets.AsSpan(firstCell, eta.Length).CopyTo(eta);
        for (var k = 0; k < design.Width; k++) Vectors.AddTimes(eta, point[k], design.Columns[k].AsSpan(firstCell, eta.Length));
    }

    private CellSpan Cells(int group)
    {
        var start = design.Cells.GroupStarts[group];
        var length = design.Cells.GroupStarts[group + 1] - start;
        var at = start - firstCell;
        return new CellSpan
        {
            Eta = eta.AsSpan(at, length),
            Successes = design.Cells.Successes.AsSpan(start, length),
            Trials = design.Cells.Trials.AsSpan(start, length),
            Score = score.AsSpan(at, length),
            Weight = weight.AsSpan(at, length),
            WeightSlope = weightSlope.AsSpan(at, length),
            WeightCurve = weightCurve.AsSpan(at, length),
        };
    }
}
