using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// A run of whole groups: their share of the log-likelihood and of its derivatives, and the room to compute it in. How a group's integral
/// is approximated is told by the classes derived from this one; the modes are the same for all.
/// </summary>
internal abstract class LikelihoodPart
{
    private readonly int firstGroup;
    private readonly int endGroup;
    private readonly int firstCell;
    private readonly double[] eta;
    private readonly double[] score;
    private readonly double[] weight;
    private readonly double[] weightSlope;
    private readonly double[] weightCurve;
    private readonly CrossProduct products;

    private protected LikelihoodPart(Design design, int firstGroup, int endGroup)
    {
        (Design, this.firstGroup, this.endGroup) = (design, firstGroup, endGroup);
        firstCell = design.Cells.GroupStarts[firstGroup];
        var cells = design.Cells.GroupStarts[endGroup] - firstCell;
        (eta, score, weight, weightSlope, weightCurve) =
            (new double[cells], new double[cells], new double[cells], new double[cells], new double[cells]);
        products = new CrossProduct(design.Columns);
        Gradient = new double[design.Width + 1];
        Hessian = new double[design.Width + 1, design.Width + 1];
    }

    internal double LogLikelihood { get; private set; }

    internal bool ModesFound { get; private set; }

    internal double[] Gradient { get; }

    /// <summary>The lower triangle of the second derivatives.</summary>
    internal double[,] Hessian { get; }

    private protected Design Design { get; }

    private protected ResponseKernel Kernel => Design.Kernel;

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
            (result.Modes[group], var found) = GroupMode.Find(Kernel, cells, sigma, result.Modes[group]);
            ModesFound &= found;
            var mode = result.Modes[group];
            var sums = Kernel.Derivatives(cells, sigma * mode);
            var precision = result.Precisions[group] = 1 + sigma * sigma * sums.Weight;
            LogLikelihood += Add(new GroupState(sigma, mode, precision, sums), cells, Design.Cells.GroupStarts[group], withDerivatives);
        }

        if (withDerivatives) products.AddTo(firstCell, weight, Hessian);
    }

    /// <summary>
    /// The log-likelihood of a group. With derivatives, its share is added to the gradient and the Hessian but for a sum over cells of a
    /// weight times x x', whose weights are put in the place of the cells' weights.
    /// </summary>
    /// <param name="group">The group at its mode.</param>
    /// <param name="cells">Its cells, with their derivatives at the mode.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="withDerivatives">Whether derivatives are asked for.</param>
    private protected abstract double Add(in GroupState group, in CellSpan cells, int start, bool withDerivatives);

    private void Predict(double[] point)
    {
        Design.Offsets.AsSpan(firstCell, eta.Length).CopyTo(eta);
        for (var k = 0; k < Design.Width; k++) Vectors.AddTimes(eta, point[k], Design.Columns[k].AsSpan(firstCell, eta.Length));
    }

    private CellSpan Cells(int group)
    {
        var start = Design.Cells.GroupStarts[group];
        var length = Design.Cells.GroupStarts[group + 1] - start;
        var at = start - firstCell;
        return new CellSpan
        {
            Eta = eta.AsSpan(at, length),
            Successes = Design.Cells.Successes.AsSpan(start, length),
            Trials = Design.Cells.Trials.AsSpan(start, length),
            Score = score.AsSpan(at, length),
            Weight = weight.AsSpan(at, length),
            WeightSlope = weightSlope.AsSpan(at, length),
            WeightCurve = weightCurve.AsSpan(at, length),
        };
    }
}
