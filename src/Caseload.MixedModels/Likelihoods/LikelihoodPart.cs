using Caseload.MixedModels.Designs;

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

    private protected LikelihoodPart(Design design, int firstGroup, int endGroup)
    {
        (Design, this.firstGroup, this.endGroup) = (design, firstGroup, endGroup);
        firstCell = design.Cells.GroupStarts[firstGroup];
        var cells = design.Cells.GroupStarts[endGroup] - firstCell;
        (eta, score, weight, weightSlope, weightCurve) =
            (new double[cells], new double[cells], new double[cells], new double[cells], new double[cells]);
        Products = design.Operator.Gram(firstGroup, endGroup);
        Gradient = new double[design.Width + 1];
        Hessian = new double[design.Width + 1, design.Width + 1];
    }

    internal double LogLikelihood { get; private set; }

    internal bool ModesFound { get; private set; }

    internal double[] Gradient { get; }

    /// <summary>The lower triangle of the second derivatives.</summary>
    internal double[,] Hessian { get; }

    /// <summary>The sum of x x' over the part's cells, weighted.</summary>
    internal GramPart Products { get; }

    private protected Design Design { get; }

    private protected ResponseKernel Kernel => Design.Kernel;

    /// <summary>Computes the share at a point; the modes and precisions of the part's groups are written into the result.</summary>
    /// <param name="predictor">The linear predictor there.</param>
    /// <param name="sigma">The standard deviation of the random effect, of either sign.</param>
    /// <param name="result">Takes the modes, whose search begins at what it holds.</param>
    /// <param name="withDerivatives">Whether derivatives are asked for.</param>
    internal void Run(Predictor predictor, double sigma, LikelihoodPoint result, bool withDerivatives)
    {
        Design.Write(predictor, firstGroup, endGroup, eta);
        Products.Clear();
        Array.Clear(Gradient);
        Array.Clear(Hessian);
        (LogLikelihood, ModesFound) = (0, true);
        for (var group = firstGroup; group < endGroup; group++)
        {
            var cells = Cells(group);
            var (mode, sums, found) = AtMode(cells, sigma, result.Modes[group]);
            ModesFound &= found;
            (result.Modes[group], result.Weights[group]) = (mode, sums.Weight);
            var precision = result.Precisions[group] = 1 + sigma * sigma * sums.Weight;
            LogLikelihood += Add(new GroupState(sigma, mode, precision, sums), cells, group, withDerivatives);
            if (withDerivatives) ModeGradient.CopyTo(result.ModeGradients.AsSpan(group * ModeGradient.Length));
        }

        if (withDerivatives) Products.Complete();
    }

    /// <summary>The gradient of the mode of the group that was added last.</summary>
    private protected abstract ReadOnlySpan<double> ModeGradient { get; }

    /// <summary>
    /// The log-likelihood of a group. With derivatives, its share is added to the gradient and the Hessian but for a sum over cells of a
    /// weight times x x', whose weights are given to <see cref="Products"/>.
    /// </summary>
    /// <param name="group">The group at its mode.</param>
    /// <param name="cells">Its cells, with their derivatives at the mode.</param>
    /// <param name="number">Its number.</param>
    /// <param name="withDerivatives">Whether derivatives are asked for.</param>
    private protected abstract double Add(in GroupState group, in CellSpan cells, int number, bool withDerivatives);

    // The search trusts that a short step leads to the mode; the derivatives there say whether it did.
    private (double Mode, KernelSums Sums, bool Found) AtMode(in CellSpan cells, double sigma, double start)
    {
        var (mode, found) = GroupMode.Find(Kernel, cells, sigma, (start, Verified: true));
        var sums = Kernel.Derivatives(cells, sigma * mode);
        if (!found || GroupMode.IsAt(mode, sigma, sums.Slopes)) return (mode, sums, found);
        (mode, found) = GroupMode.Find(Kernel, cells, sigma, (mode, Verified: false));
        return (mode, Kernel.Derivatives(cells, sigma * mode), found);
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
