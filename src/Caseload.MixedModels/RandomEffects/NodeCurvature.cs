using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The second derivatives of the logarithm of groups' integrals by the coefficients, as if the nodes stood still: minus the mean over the
/// nodes of X'WX plus the variance of X'd (Louis 1982). They are those of the integral itself as far as the quadrature is exact, which is
/// what a search can bear; one run of groups.
/// </summary>
internal sealed class NodeCurvature
{
    private readonly Design design;
    private readonly double[] slopes;
    private readonly double[] slopeSum;
    private readonly double[,] squares;
    private readonly double[] weights;

    /// <summary>Room for a run of groups.</summary>
    /// <param name="design">The design.</param>
    /// <param name="groups">The groups, from the first to before the end.</param>
    /// <param name="mostCells">The cells of the largest group.</param>
    internal NodeCurvature(Design design, (int First, int End) groups, int mostCells)
    {
        this.design = design;
        (slopes, slopeSum, squares) = (new double[design.Width], new double[design.Width], new double[design.Width, design.Width]);
        weights = new double[mostCells];
        Hessian = new double[design.Width, design.Width];
        Products = design.Operator.Gram(groups.First, groups.End);
    }

    /// <summary>The lower triangle, but for the sum of weight times x x'.</summary>
    internal double[,] Hessian { get; }

    /// <summary>The sum of minus the weights times x x'.</summary>
    internal GramPart Products { get; }

    /// <summary>Begins anew.</summary>
    internal void Clear()
    {
        Array.Clear(Hessian);
        Products.Clear();
        ClearGroup();
    }

    /// <summary>Takes a node of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="cells">Its cells with their derivatives at the node.</param>
    /// <param name="term">The weight of the node; shares are weights over their sum.</param>
    internal void Add(int group, in CellSpan cells, double term)
    {
        design.Operator.GroupSums(group, cells.Score, slopes);
        Vectors.AddTimes(weights.AsSpan(0, cells.Eta.Length), term, cells.Weight);
        Vectors.AddTimes(slopeSum, term, slopes);
        for (var row = 0; row < slopes.Length; row++)
        {
            for (var column = 0; column <= row; column++) squares[row, column] += term * slopes[row] * slopes[column];
        }
    }

    /// <summary>Ends a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="cells">The number of its cells.</param>
    /// <param name="total">The sum of the weights of its nodes.</param>
    internal void Complete(int group, int cells, double total)
    {
        for (var row = 0; row < slopes.Length; row++)
        {
            for (var column = 0; column <= row; column++)
                Hessian[row, column] += (squares[row, column] - slopeSum[row] * slopeSum[column] / total) / total;
        }

        var weight = weights.AsSpan(0, cells);
        Vectors.Multiply(weight, -1 / total);
        design.Operator.GroupSums(group, weight, slopes);
        Products.Add(group, weight, slopes);
        ClearGroup();
    }

    private void ClearGroup()
    {
        Array.Clear(slopeSum);
        Array.Clear(squares);
        Array.Clear(weights);
    }
}
