using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The integral over one group's effects by adaptive quadrature: the grid's nodes z are moved to u = mode + C z, where C C' = H^-1
/// (Pinheiro and Chao 2006). Beside the integral it has the means over the nodes, each weighted by its share, that the gradient needs.
/// </summary>
internal sealed class GroupQuadrature
{
    private readonly Design design;
    private readonly Integrand integrand;
    private readonly NodeGrid grid;
    private readonly double[] work;
    private readonly double[] slope;

    /// <summary>Room for groups of a size.</summary>
    /// <param name="design">The design.</param>
    /// <param name="integrand">The integrand, of one grouping.</param>
    /// <param name="grid">The nodes.</param>
    /// <param name="mostCells">The cells of the largest group.</param>
    internal GroupQuadrature(Design design, Integrand integrand, NodeGrid grid, int mostCells)
    {
        (this.design, this.integrand, this.grid) = (design, integrand, grid);
        work = new double[5 * mostCells];
        MeanScore = new double[mostCells];
        var effects = grid.Effects;
        (Effects, Sums, slope, MeanSlope) = (new double[effects], new double[effects], new double[effects], new double[effects]);
        (Spread, TiltedSlope, DirectElements) =
            (new double[effects, effects], new double[effects, effects], new double[effects, effects]);
    }

    /// <summary>C, upper triangular.</summary>
    internal double[,] Spread { get; }

    /// <summary>The effects u at the node last visited.</summary>
    internal double[] Effects { get; }

    /// <summary>Z'd there.</summary>
    internal double[] Sums { get; }

    /// <summary>The mean of each cell's score.</summary>
    internal double[] MeanScore { get; }

    /// <summary>The mean of h_u = Lambda'Z'd - u.</summary>
    internal double[] MeanSlope { get; }

    /// <summary>The mean of z h_u'.</summary>
    internal double[,] TiltedSlope { get; }

    /// <summary>The mean of Z'd u', the derivative of h by Lambda at fixed u.</summary>
    internal double[,] DirectElements { get; }

    /// <summary>The mean of the derivative of the log-likelihood by the logarithm of the dispersion.</summary>
    internal double MeanKappa { get; private set; }

    /// <summary>The logarithm of the integral.</summary>
    /// <param name="run">The run of the group's cells.</param>
    /// <param name="eta">Their linear predictor at the mode.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="precision">H there, row by row.</param>
    internal double Value(int run, ReadOnlySpan<double> eta, ReadOnlySpan<double> mode, ReadOnlySpan<double> precision) =>
        Integrate(run, eta, mode, precision, null, withMeans: false);

    /// <summary>The same, and the means.</summary>
    /// <param name="run">The run of the group's cells.</param>
    /// <param name="eta">Their linear predictor at the mode.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="precision">H there, row by row.</param>
    /// <param name="curvature">Takes what second derivatives need, or null.</param>
    internal double Means(int run, ReadOnlySpan<double> eta, ReadOnlySpan<double> mode, ReadOnlySpan<double> precision,
        NodeCurvature? curvature)
    {
        var cells = eta.Length;
        MeanScore.AsSpan(0, cells).Clear();
        Array.Clear(MeanSlope);
        Array.Clear(TiltedSlope);
        Array.Clear(DirectElements);
        MeanKappa = 0;
        return Integrate(run, eta, mode, precision, curvature, withMeans: true);
    }

    // Terms are taken about the integrand's value at the mode, which no node exceeds.
    private double Integrate(int run, ReadOnlySpan<double> eta, ReadOnlySpan<double> mode, ReadOnlySpan<double> precision,
        NodeCurvature? curvature, bool withMeans)
    {
        var cells = Cells(run, eta.Length);
        var logSpread = SetSpread(precision);
        var atNode = work.AsSpan(0, eta.Length);
        eta.CopyTo(atNode);
        var atMode = integrand.Kernel.Derivatives(cells, 0).LogLikelihood - Vectors.Dot(mode, mode) / 2;
        var total = 0.0;
        for (var node = 0; node < grid.Count; node++)
        {
            eta.CopyTo(atNode);
            Move(run, grid.Node(node), mode, atNode);
            var h = integrand.Kernel.Derivatives(cells, 0).LogLikelihood - Vectors.Dot(Effects, Effects) / 2;
            var term = Math.Exp(grid.LogFactors[node] + h - atMode);

            // A node without a share may lie where a mean overflows.
            if (!(term > 0)) continue;
            total += term;
            if (!withMeans) continue;
            Add(run, node, term, cells);
            curvature?.Add(integrand.Layout.Node(0, run), cells, term);
        }

        if (withMeans) Divide(eta.Length, total);
        curvature?.Complete(integrand.Layout.Node(0, run), eta.Length, total);
        return atMode + logSpread + Math.Log(total);
    }

    // C = L'^-1, where H = L L'. The logarithm of its determinant is returned.
    private double SetSpread(ReadOnlySpan<double> precision)
    {
        var size = grid.Effects;
        var matrix = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                matrix[row, column] = precision[row * size + column];
                for (var k = 0; k < column; k++) matrix[row, column] -= matrix[row, k] * matrix[column, k];
                matrix[row, column] = row == column ? Math.Sqrt(matrix[row, row]) : matrix[row, column] / matrix[column, column];
            }
        }

        var log = 0.0;
        for (var row = size - 1; row >= 0; row--)
        {
            Spread[row, row] = 1 / matrix[row, row];
            log -= Math.Log(matrix[row, row]);
            for (var column = row + 1; column < size; column++)
            {
                var sum = 0.0;
                for (var k = row + 1; k <= column; k++) sum -= matrix[k, row] * Spread[k, column];
                Spread[row, column] = sum / matrix[row, row];
            }
        }

        return log;
    }

    private void Move(int run, ReadOnlySpan<double> z, ReadOnlySpan<double> mode, Span<double> eta)
    {
        var (size, columns) = (grid.Effects, integrand.Layout.Groupings[0].Columns);
        var lambda = integrand.Factors.Lambda[0];
        Span<double> coefficients = stackalloc double[integrand.Layout.Columns.Count];
        coefficients.Clear();
        for (var effect = 0; effect < size; effect++)
        {
            var shift = 0.0;
            for (var k = effect; k < size; k++) shift += Spread[effect, k] * z[k];
            Effects[effect] = mode[effect] + shift;
            for (var row = effect; row < size; row++) coefficients[columns[row]] += lambda[row, effect] * shift;
        }

        integrand.Sums.Spread(run, coefficients, eta);
    }

    private void Add(int run, int node, double term, in CellSpan cells)
    {
        var (size, lambda) = (grid.Effects, integrand.Factors.Lambda[0]);
        var z = grid.Node(node);
        Vectors.AddTimes(MeanScore.AsSpan(0, cells.Eta.Length), term, cells.Score);
        integrand.Sums.OfEffects(run, cells.Score, Sums);
        for (var k = 0; k < size; k++)
        {
            slope[k] = -Effects[k];
            for (var row = k; row < size; row++) slope[k] += lambda[row, k] * Sums[row];
            MeanSlope[k] += term * slope[k];
        }

        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                TiltedSlope[row, column] += term * z[row] * slope[column];
                DirectElements[row, column] += term * Sums[row] * Effects[column];
            }
        }

        if (integrand.Kernel is not NegativeBinomialKernel kernel) return;
        for (var i = 0; i < cells.Eta.Length; i++)
            MeanKappa += term * kernel.ByKappa(cells.Successes[i], cells.Trials[i], cells.Eta[i]).Slope;
    }

    private void Divide(int cells, double total)
    {
        Vectors.Multiply(MeanScore.AsSpan(0, cells), 1 / total);
        Vectors.Multiply(MeanSlope, 1 / total);
        MeanKappa /= total;
        for (var row = 0; row < grid.Effects; row++)
        {
            for (var column = 0; column < grid.Effects; column++)
            {
                TiltedSlope[row, column] /= total;
                DirectElements[row, column] /= total;
            }
        }
    }

    private CellSpan Cells(int run, int count)
    {
        var start = integrand.Layout.RunStarts[run];
        return new CellSpan
        {
            Eta = work.AsSpan(0, count),
            Successes = design.Cells.Successes.AsSpan(start, count),
            Trials = design.Cells.Trials.AsSpan(start, count),
            Score = work.AsSpan(count, count),
            Weight = work.AsSpan(2 * count, count),
            WeightSlope = work.AsSpan(3 * count, count),
            WeightCurve = work.AsSpan(4 * count, count),
        };
    }
}
