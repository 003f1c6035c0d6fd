using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.Numerics;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference.Profiles;

/// <summary>
/// The log-likelihood of a linear mixed model with nothing profiled out: of the coefficients of the standardised columns, of the covariance
/// factors relative to the residual standard deviation, and of the logarithm of that. Of the restricted likelihood, which has no
/// coefficients, of the last two. Gradients are exact; so are second derivatives but for those of the covariance factors, which are
/// differences of gradients. docs/method.md derives them.
/// </summary>
internal sealed class LinearJointLikelihood : ILogLikelihood
{
    // Of the size of an element: far above rounding, and far below the distance over which second derivatives change. The error of a
    // difference is of the size of the step, of a central one of the square of it.
    private const double DifferenceStep = 1e-5;
    private const double CentralStep = 1e-4;
    private const double SmallElement = 0.1;

    private readonly LinearStatistics statistics;
    private readonly PenalisedLeastSquares problem;
    private readonly BlockMatrix inverse;
    private readonly bool isRestricted;

    internal LinearJointLikelihood(LinearStatistics statistics, bool isRestricted)
    {
        (this.statistics, this.isRestricted) = (statistics, isRestricted);
        problem = new PenalisedLeastSquares(statistics);
        inverse = new BlockMatrix(statistics.Layout.Pattern);
    }

    /// <inheritdoc/>
    public int ModeCount => 0;

    /// <inheritdoc/>
    public int FirstRandomParameter => isRestricted ? 0 : statistics.Design.Width;

    /// <inheritdoc/>
    public int DispersionParameters => 1;

    /// <summary>The ratio of standard deviations at which residuals are rounding next to the random effects.</summary>
    public double LargestDeviation => 1e6;

    /// <summary>How the random effects meet the cells.</summary>
    internal RandomLayout Layout => statistics.Layout;

    /// <summary>The covariance factors' free elements.</summary>
    internal IReadOnlyList<FactorElement> Elements => problem.Factors.Elements;

    /// <summary>The number of observations, of the restricted likelihood less that of coefficients.</summary>
    internal double Freedom => statistics.Observations - (isRestricted ? statistics.Design.Width : 0);

    private int Last => FirstRandomParameter + Elements.Count;

    /// <inheritdoc/>
    public ILogLikelihood Another() => new LinearJointLikelihood(statistics, isRestricted);

    /// <inheritdoc/>
    public double Value(double[] point) => Gradient(point).LogLikelihood;

    /// <inheritdoc/>
    public LikelihoodPoint Confirm(double[] point) => WithHessian(point, k =>
    {
        var step = CentralStep * (Math.Abs(point[k]) + SmallElement);
        return [.. Moved(point, k, step).Zip(Moved(point, k, -step), (up, down) => (up - down) / (2 * step))];
    });

    /// <inheritdoc/>
    public LikelihoodPoint Evaluate(double[] point, double[] modes)
    {
        var here = Gradient(point).Gradient;
        return WithHessian(point, k =>
        {
            var step = DifferenceStep * (Math.Abs(point[k]) + SmallElement);
            return [.. Moved(point, k, step).Zip(here, (there, at) => (there - at) / step)];
        });
    }

    /// <summary>The coefficients at their maximum given the other parameters last evaluated, and the penalised sum of squares.</summary>
    internal (double[] Beta, double Squares) Solution(ReadOnlySpan<double> theta)
    {
        problem.At(theta);
        double[] beta = [.. statistics.First];
        Vectors.AddTimes(beta, 1, problem.Change);
        return (beta, problem.Squares);
    }

    /// <summary>The part of some of the cells, which need not tell every coefficient; not of the restricted likelihood.</summary>
    /// <inheritdoc cref="LinearStatistics.At"/>
    internal LinearJointLikelihood At(int[] cells, IReadOnlyList<double[]> columns, CellMeans means, double observations) =>
        new(statistics.At(cells, columns, means, observations), isRestricted: false);

    /// <summary>The first derivatives.</summary>
    internal double[] Slopes(double[] point) => Gradient(point).Gradient;

    private LikelihoodPoint Gradient(double[] point)
    {
        var result = new LikelihoodPoint(double.NaN, new double[point.Length], new double[point.Length, point.Length], [], []);
        var theta = point.AsSpan(FirstRandomParameter, Elements.Count);
        if (!(isRestricted ? problem.At(theta) : problem.Eliminate(theta))) return result with { ModesFound = false };
        var change = Change(point);
        var (squares, slopes) = Squares(change);
        var precision = Math.Exp(-2 * point[Last]);
        for (var k = 0; k < FirstRandomParameter; k++) result.Gradient[k] = precision * slopes[k];
        result.Gradient[Last] = precision * squares - Freedom;
        if (problem.Factor is not null) AddElements(result.Gradient, change, precision);
        var value = Freedom * (Math.Log(2 * Math.PI) + 2 * point[Last]) + problem.LogDeterminant + precision * squares;
        if (isRestricted) value += problem.FixedLogDeterminant + 2 * statistics.Design.Standardised.Scales.Sum(Math.Log);
        return result with { LogLikelihood = -value / 2, ModesFound = double.IsFinite(value) };
    }

    private double[] Moved(double[] point, int k, double step)
    {
        var moved = (double[])point.Clone();
        moved[k] += step;
        return Gradient(moved).Gradient;
    }

    // The point itself comes last, so that the cross products there are at hand.
    private LikelihoodPoint WithHessian(double[] point, Func<int, double[]> slopesOf)
    {
        double[][] rows = [.. Enumerable.Range(FirstRandomParameter, Elements.Count).Select(slopesOf)];
        var result = Gradient(point);
        if (result.ModesFound) Fill(result, point, rows);
        return result;
    }

    private double[] Change(double[] point) => isRestricted
        ? problem.Change : [.. statistics.First.Select((first, k) => point[k] - first)];

    // S_rr - 2 S_rx d + d'S_xx d, and minus half its derivatives by d.
    private (double Value, double[] Slopes) Squares(double[] change)
    {
        var (width, value) = (change.Length, problem.Schur[change.Length, change.Length]);
        var slopes = new double[width];
        for (var row = 0; row < width; row++)
        {
            slopes[row] = problem.Schur[row, width];
            for (var column = 0; column < width; column++) slopes[row] -= problem.Schur[row, column] * change[column];
            value -= change[row] * (problem.Schur[row, width] + slopes[row]);
        }

        return (value, slopes);
    }

    private void AddElements(double[] gradient, double[] change, double precision)
    {
        problem.Factor!.Inverse(inverse);
        problem.FindModes(change);
        var products = BlockProducts.Diagonals(Layout, statistics.Information, problem.Factors.Lambda, inverse);
        for (var e = 0; e < Elements.Count; e++)
        {
            var element = Elements[e];
            gradient[FirstRandomParameter + e] = precision * problem.GroupSum(element, problem.Slope, problem.Modes)
                - products[element.Grouping][element.Row, element.Column];
        }

        if (isRestricted) problem.AddFixedSlopes(gradient.AsSpan(0, Elements.Count));
    }

    private void Fill(LikelihoodPoint result, double[] point, double[][] rows)
    {
        var (precision, hessian) = (Math.Exp(-2 * point[Last]), result.Hessian);
        for (var row = 0; row < FirstRandomParameter; row++)
        {
            for (var column = 0; column < FirstRandomParameter; column++) hessian[row, column] = -precision * problem.Schur[row, column];
            hessian[row, Last] = hessian[Last, row] = -2 * result.Gradient[row];
        }

        hessian[Last, Last] = -2 * (result.Gradient[Last] + Freedom);
        for (var e = 0; e < rows.Length; e++)
        {
            for (var k = 0; k < point.Length; k++)
            {
                var (row, other) = (FirstRandomParameter + e, k - FirstRandomParameter);
                hessian[row, k] = hessian[k, row] = other >= 0 && other < rows.Length ? (rows[e][k] + rows[other][row]) / 2 : rows[e][k];
            }
        }
    }
}
