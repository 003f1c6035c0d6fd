using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The second derivatives of the logarithm of groups' integrals as if the nodes stood still: the mean of h's second derivatives over the
/// nodes plus the variance of its first ones (Louis 1982). They are those of the integral itself as far as the quadrature is exact, which
/// is what a search can bear; one run of groups.
/// </summary>
internal sealed class NodeCurvature
{
    private readonly Design design;
    private readonly Integrand integrand;
    private readonly int parameters;
    private readonly double[] first;
    private readonly double[] firstSum;
    private readonly double[,] squares;
    private readonly double[][] weights;
    private readonly double[] mixed;
    private readonly double[] sums;

    /// <summary>Room for a run of groups.</summary>
    /// <param name="design">The design.</param>
    /// <param name="integrand">The integrand, of one grouping.</param>
    /// <param name="parameters">The number of parameters.</param>
    /// <param name="groups">The groups, from the first to before the end.</param>
    /// <param name="mostCells">The cells of the largest group.</param>
    internal NodeCurvature(Design design, Integrand integrand, int parameters, (int First, int End) groups, int mostCells)
    {
        (this.design, this.integrand, this.parameters) = (design, integrand, parameters);
        (first, firstSum, squares) = (new double[parameters], new double[parameters], new double[parameters, parameters]);
        Hessian = new double[parameters, parameters];
        Products = design.Operator.Gram(groups.First, groups.End);

        // The weights times 1, times each effect, and times each product of two effects.
        weights = [.. Enumerable.Range(0, 1 + Size + Size * (Size + 1) / 2).Select(_ => new double[mostCells])];
        (mixed, sums) = (new double[mostCells], new double[Math.Max(design.Width, Size)]);
    }

    /// <summary>The lower triangle, but for the sum of weight times x x'.</summary>
    internal double[,] Hessian { get; }

    /// <summary>The sum of minus the weights times x x'.</summary>
    internal GramPart Products { get; }

    private int Size => integrand.Layout.Groupings[0].Effects;

    /// <summary>Begins anew.</summary>
    internal void Clear()
    {
        Array.Clear(Hessian);
        Products.Clear();
        ClearGroup();
    }

    /// <summary>Takes a node of a group.</summary>
    /// <param name="at">The group, at the node.</param>
    /// <param name="run">The run of its cells.</param>
    /// <param name="cells">The cells with their derivatives at the node.</param>
    /// <param name="term">The weight of the node; shares are weights over their sum.</param>
    internal void Add(GroupQuadrature at, int run, in CellSpan cells, double term)
    {
        var (elements, width, count) = (integrand.Factors.Elements, design.Width, cells.Eta.Length);
        design.Operator.GroupSums(Group(run), cells.Score, first.AsSpan(0, width));
        for (var e = 0; e < elements.Count; e++) first[width + e] = at.Sums[elements[e].Row] * at.Effects[elements[e].Column];
        Vectors.AddTimes(weights[0].AsSpan(0, count), term, cells.Weight);
        for (var b = 0; b < Size; b++)
        {
            Vectors.AddTimes(weights[1 + b].AsSpan(0, count), term * at.Effects[b], cells.Weight);
            for (var d = 0; d <= b; d++)
                Vectors.AddTimes(weights[Both(b, d)].AsSpan(0, count), term * at.Effects[b] * at.Effects[d], cells.Weight);
        }

        if (integrand.Kernel is NegativeBinomialKernel kernel) AddKappa(at, kernel, (run, term), cells);
        Vectors.AddTimes(firstSum, term, first);
        for (var row = 0; row < parameters; row++)
        {
            for (var column = 0; column <= row; column++) squares[row, column] += term * first[row] * first[column];
        }
    }

    /// <summary>Ends a group.</summary>
    /// <param name="run">The run of its cells.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="total">The sum of the weights of its nodes.</param>
    internal void Complete(int run, in CellSpan cells, double total)
    {
        var (elements, width, count) = (integrand.Factors.Elements, design.Width, cells.Eta.Length);
        for (var row = 0; row < parameters; row++)
        {
            for (var column = 0; column <= row; column++)
                Hessian[row, column] += (squares[row, column] - firstSum[row] * firstSum[column] / total) / total;
        }

        foreach (var array in weights) Vectors.Multiply(array.AsSpan(0, count), -1 / total);
        var weight = weights[0].AsSpan(0, count);
        design.Operator.GroupSums(Group(run), weight, sums.AsSpan(0, width));
        Products.Add(Group(run), weight, sums.AsSpan(0, width));
        for (var e = 0; e < elements.Count; e++)
        {
            Times(run, elements[e].Row, weights[1 + elements[e].Column].AsSpan(0, count));
            design.Operator.GroupSums(Group(run), mixed.AsSpan(0, count), sums.AsSpan(0, width));
            for (var k = 0; k < width; k++) Hessian[width + e, k] += sums[k];
            for (var f = 0; f <= e; f++)
            {
                Times(run, elements[e].Row, weights[Both(elements[e].Column, elements[f].Column)].AsSpan(0, count));
                integrand.Sums.OfEffects(run, mixed.AsSpan(0, count), sums);
                Hessian[width + e, width + f] += sums[elements[f].Row];
            }
        }

        ClearGroup();
    }

    private void AddKappa(GroupQuadrature at, NegativeBinomialKernel kernel, (int Run, double Term) node, in CellSpan cells)
    {
        var (elements, last, curve, count) = (integrand.Factors.Elements, parameters - 1, 0.0, cells.Eta.Length);
        first[last] = 0;
        for (var i = 0; i < count; i++)
        {
            var by = kernel.ByKappa(cells.Successes[i], cells.Trials[i], cells.Eta[i]);
            (first[last], curve, mixed[i]) = (first[last] + by.Slope, curve + by.Curve, by.Score);
        }

        // Second derivatives themselves, which are divided by the sum of terms with the squares.
        squares[last, last] += node.Term * curve;
        design.Operator.GroupSums(Group(node.Run), mixed.AsSpan(0, count), sums.AsSpan(0, design.Width));
        for (var k = 0; k < design.Width; k++) squares[last, k] += node.Term * sums[k];
        integrand.Sums.OfEffects(node.Run, mixed.AsSpan(0, count), sums);
        for (var e = 0; e < elements.Count; e++)
            squares[last, design.Width + e] += node.Term * sums[elements[e].Row] * at.Effects[elements[e].Column];
    }

    // A weight times the column of an effect.
    private void Times(int run, int effect, ReadOnlySpan<double> weight)
    {
        var column = integrand.Layout.Columns.Column(integrand.Layout.Groupings[0].Columns[effect],
            integrand.Layout.RunStarts[run], weight.Length);
        for (var i = 0; i < weight.Length; i++) mixed[i] = column.IsEmpty ? weight[i] : weight[i] * column[i];
    }

    private int Group(int run) => integrand.Layout.Node(0, run);

    private int Both(int b, int d) => 1 + Size + EffectColumns.Pair(b, d);

    private void ClearGroup()
    {
        Array.Clear(firstSum);
        Array.Clear(squares);
        foreach (var array in weights) Array.Clear(array);
    }
}
