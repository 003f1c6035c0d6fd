using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// A run of groups whose integrals are approximated on a grid of nodes, with the exact gradient: nodes move with the parameters, through
/// the mode and through the spread. docs/method.md derives it; the names are those used there.
/// </summary>
internal sealed class GridPart
{
    private readonly Design design;
    private readonly Integrand integrand;
    private readonly GroupQuadrature quadrature;
    private readonly (int First, int End) runs;
    private readonly int size;
    private readonly double[,] curvatureAdjoint;
    private readonly double[] sums;
    private readonly double[] scores;
    private readonly double[] adjoint;
    private readonly double[] moved;

    /// <summary>The part.</summary>
    /// <param name="design">The design.</param>
    /// <param name="integrand">The integrand, of one grouping.</param>
    /// <param name="grid">The nodes.</param>
    /// <param name="groups">The groups, from the first to before the end.</param>
    /// <param name="runs">The runs of their cells; a group without cells has none.</param>
    internal GridPart(Design design, Integrand integrand, NodeGrid grid, (int First, int End) groups, (int First, int End) runs)
    {
        (this.design, this.integrand, this.runs, size) = (design, integrand, runs, grid.Effects);
        var starts = integrand.Layout.RunStarts;
        var most = Enumerable.Range(runs.First, runs.End - runs.First).Select(run => starts[run + 1] - starts[run]).DefaultIfEmpty().Max();
        quadrature = new GroupQuadrature(design, integrand, grid, most);
        Elements = new double[size, size];
        curvatureAdjoint = new double[size, size];
        (sums, scores, adjoint, moved) = (new double[size], new double[size], new double[size], new double[most]);
        Curvature = new Lazy<NodeCurvature>(() => new NodeCurvature(design, groups, most));
    }

    /// <summary>The sum of the logarithms of the integrals.</summary>
    internal double Value { get; private set; }

    /// <summary>The derivative by the elements of Lambda.</summary>
    internal double[,] Elements { get; }

    /// <summary>The derivative by the logarithm of the dispersion.</summary>
    internal double Kappa { get; private set; }

    /// <summary>Second derivatives by the coefficients.</summary>
    internal Lazy<NodeCurvature> Curvature { get; }

    /// <summary>Computes the value alone.</summary>
    /// <param name="at">The modes.</param>
    internal void Integrate(GridPoint at)
    {
        Value = 0;
        for (var run = runs.First; run < runs.End; run++)
        {
            var (cells, node) = (Cells(run), integrand.Layout.Node(0, run));
            Value += quadrature.Value(run, at.Eta.AsSpan(cells), at.Modes.AsSpan(node * size, size), at.Precision.Block(node));
        }
    }

    /// <summary>Computes the value and the gradient; that by each cell's linear predictor is written into the point.</summary>
    /// <param name="at">The modes.</param>
    /// <param name="withCurvature">Whether second derivatives by the coefficients are asked for.</param>
    internal void Differentiate(GridPoint at, bool withCurvature)
    {
        (Value, Kappa) = (0, 0);
        Array.Clear(Elements);
        var curvature = withCurvature ? Curvature.Value : null;
        curvature?.Clear();
        for (var run = runs.First; run < runs.End; run++)
        {
            var (cells, node) = (Cells(run), integrand.Layout.Node(0, run));
            var mode = at.Modes.AsSpan(node * size, size);
            Value += quadrature.Means(run, at.Eta.AsSpan(cells), mode, at.Precision.Block(node), curvature);
            SetCurvatureAdjoint(at.Carried.Block(node));
            var leverage = at.Leverage.AsSpan(cells);
            integrand.Sums.Leverage(run, at.Carried, leverage);
            SetModeAdjoint(run, leverage, at.Slopes.AsSpan(cells));
            Complete(run, mode, at.Slopes.AsSpan(cells));
            if (integrand.Kernel is NegativeBinomialKernel kernel) AddKappa(kernel, cells, at);
        }

        curvature?.Products.Complete();
    }

    // The adjoint of H is -C P C', P the half of the lower triangle of M = (mean of z h_u') C + I, mirrored; V = Lambda adjoint Lambda'.
    private void SetCurvatureAdjoint(Span<double> carried)
    {
        var (c, lambda) = (quadrature.Spread, integrand.Factors.Lambda[0]);
        Span<double> half = stackalloc double[size * size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = row == column ? 1.0 : 0;
                for (var k = 0; k <= column; k++) sum += quadrature.TiltedSlope[row, k] * c[k, column];
                half[row * size + column] = half[column * size + row] = sum / 2;
            }
        }

        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                curvatureAdjoint[row, column] = 0;
                for (var k = row; k < size; k++)
                {
                    for (var m = column; m < size; m++) curvatureAdjoint[row, column] -= c[row, k] * half[k * size + m] * c[column, m];
                }
            }
        }

        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                carried[row * size + column] = 0;
                for (var k = 0; k <= row; k++)
                {
                    for (var m = 0; m <= column; m++)
                        carried[row * size + column] += lambda[row, k] * curvatureAdjoint[k, m] * lambda[column, m];
                }
            }
        }
    }

    // s = v w', and lambda = H^-1 (Lambda'Z's + mean of h_u).
    private void SetModeAdjoint(int run, ReadOnlySpan<double> leverage, Span<double> s)
    {
        var (c, lambda) = (quadrature.Spread, integrand.Factors.Lambda[0]);
        var slopes = integrand.WeightSlope.AsSpan(Cells(run));
        for (var i = 0; i < s.Length; i++) s[i] = leverage[i] * slopes[i];
        integrand.Sums.OfEffects(run, s, sums);
        Span<double> half = stackalloc double[size];
        half.Clear();
        for (var k = 0; k < size; k++)
        {
            var total = quadrature.MeanSlope[k];
            for (var row = k; row < size; row++) total += lambda[row, k] * sums[row];
            for (var m = k; m < size; m++) half[m] += c[k, m] * total;
        }

        for (var k = 0; k < size; k++)
        {
            adjoint[k] = 0;
            for (var m = k; m < size; m++) adjoint[k] += c[k, m] * half[m];
        }
    }

    // e = s - w Z Lambda lambda + mean of d, and the elements.
    private void Complete(int run, ReadOnlySpan<double> mode, Span<double> e)
    {
        var (lambda, columns) = (integrand.Factors.Lambda[0], integrand.Layout.Groupings[0].Columns);
        Span<double> coefficients = stackalloc double[integrand.Layout.Columns.Count];
        coefficients.Clear();
        for (var row = 0; row < size; row++)
        {
            for (var k = 0; k <= row; k++) coefficients[columns[row]] += lambda[row, k] * adjoint[k];
        }

        var along = moved.AsSpan(0, e.Length);
        along.Clear();
        integrand.Sums.Spread(run, coefficients, along);
        var weight = integrand.Weight.AsSpan(Cells(run));
        for (var i = 0; i < e.Length; i++) e[i] -= weight[i] * along[i];
        integrand.Sums.OfEffects(run, e, sums);
        integrand.Sums.OfEffects(run, integrand.Score.AsSpan(Cells(run)), scores);
        var information = integrand.Information.Block(integrand.Layout.Node(0, run));
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var product = 0.0;
                for (var k = 0; k < size; k++)
                {
                    for (var m = 0; m <= k; m++) product += information[row * size + k] * lambda[k, m] * curvatureAdjoint[m, column];
                }

                Elements[row, column] += sums[row] * mode[column] + scores[row] * adjoint[column] + 2 * product
                    + quadrature.DirectElements[row, column];
            }
        }

        Vectors.AddTimes(e, 1, quadrature.MeanScore.AsSpan(0, e.Length));
    }

    private void AddKappa(NegativeBinomialKernel kernel, Range cells, GridPoint at)
    {
        Kappa += quadrature.MeanKappa;
        for (var (cell, i) = (cells.Start.Value, 0); cell < cells.End.Value; cell++, i++)
        {
            var by = kernel.ByKappa(design.Cells.Successes[cell], design.Cells.Trials[cell], at.Eta[cell]);
            Kappa += at.Leverage[cell] * by.Weight + moved[i] * by.Score;
        }
    }

    private Range Cells(int run) => integrand.Layout.RunStarts[run]..integrand.Layout.RunStarts[run + 1];
}
