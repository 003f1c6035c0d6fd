using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Numerics;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.LinearModels;

/// <summary>
/// The least-squares problem that a linear mixed model is at given covariance factors, min |r - X d - Z Lambda u|^2 + |u|^2 in the metric
/// of the weights (Bates, Machler, Bolker and Walker 2015, section 3), solved by H = I + Lambda'Z'WZ Lambda and its Schur complement
/// S = (X, r)'W(X, r) - (X, r)'WZ Lambda H^-1 Lambda'Z'W(X, r). It holds the solution last computed; one thread at a time.
/// </summary>
internal sealed class PenalisedLeastSquares
{
    private readonly LinearStatistics statistics;
    private readonly BlockMatrix precision;
    private readonly double[][] carried;
    private readonly double[,] schur;
    private readonly double[] effects;

    internal PenalisedLeastSquares(LinearStatistics statistics)
    {
        this.statistics = statistics;
        var pattern = statistics.Layout.Pattern;
        Factors = new CovarianceFactors(statistics.Layout);
        (precision, Factor) = (new BlockMatrix(pattern), pattern.Nodes == 0 ? null : new BlockCholesky(pattern));
        carried = [.. statistics.Crossed.Select(_ => new double[pattern.Length])];
        Solved = [.. statistics.Crossed.Select(_ => new double[pattern.Length])];
        schur = new double[Width + 1, Width + 1];
        (Modes, effects, Slope) = (new double[pattern.Length], new double[pattern.Length], new double[pattern.Length]);
    }

    internal CovarianceFactors Factors { get; }

    /// <summary>The factorisation of H; null of a model without random effects.</summary>
    internal BlockCholesky? Factor { get; }

    /// <summary>H^-1 Lambda'Z'W(X, r), column after column.</summary>
    internal double[][] Solved { get; }

    /// <summary>The change d of the coefficients from those of the first fit.</summary>
    internal double[] Change { get; private set; } = [];

    /// <summary>The factor of S's block of the coefficients, X'V^-1 X; V is the variance of the response over sigma^2.</summary>
    internal Cholesky? Fixed { get; private set; }

    /// <summary>S, whose last row and column belong to the response.</summary>
    internal double[,] Schur => schur;

    /// <summary>The minimum: the penalised residual sum of squares.</summary>
    internal double Squares { get; private set; }

    /// <summary>The minimising u.</summary>
    internal double[] Modes { get; }

    /// <summary>Z'We at the minimum, e being the residuals.</summary>
    internal double[] Slope { get; }

    private int Width => statistics.Design.Width;

    /// <summary>log|H|.</summary>
    internal double LogDeterminant => Factor?.LogDeterminant ?? 0;

    /// <summary>log|X'V^-1 X| of the standardised columns.</summary>
    internal double FixedLogDeterminant => Fixed!.Pivots.Sum(Math.Log);

    /// <summary>Solves the problem at the free elements of Lambda.</summary>
    /// <returns>Whether it has one solution, with residuals that are not 0.</returns>
    internal bool At(ReadOnlySpan<double> theta) => Eliminate(theta) && SolveFixed();

    /// <summary>Computes S alone, which is there whether or not the cells tell every coefficient.</summary>
    internal bool Eliminate(ReadOnlySpan<double> theta)
    {
        Factors.Set(theta);
        if (Factor is not null)
        {
            Factors.Precision(statistics.Information, precision);
            if (!Factor.Factor(precision)) return false;
            for (var k = 0; k <= Width; k++)
            {
                Factors.MultiplyTransposed(statistics.Crossed[k], carried[k]);
                carried[k].CopyTo(Solved[k], 0);
            }

            Factor.Solve(Solved);
        }

        for (var row = 0; row <= Width; row++)
        {
            for (var column = 0; column <= row; column++)
                schur[row, column] = schur[column, row] =
                    statistics.Products[row, column] - Vectors.Dot(carried[row], Solved[column]);
        }

        return true;
    }

    /// <summary>Computes u and Z'We from the solution.</summary>
    internal void FindModes() => FindModes(Change);

    /// <summary>The same where the coefficients are held at another change from those of the first fit.</summary>
    internal void FindModes(ReadOnlySpan<double> change)
    {
        Solved[Width].CopyTo(Modes, 0);
        statistics.Crossed[Width].CopyTo(Slope, 0);
        for (var k = 0; k < Width; k++)
        {
            Vectors.AddTimes(Modes, -change[k], Solved[k]);
            Vectors.AddTimes(Slope, -change[k], statistics.Crossed[k]);
        }

        TakeOff(Modes, Slope);
    }

    /// <summary>Z'W times what the random effects leave of a column x of X: Z'W(x - Z Lambda H^-1 Lambda'Z'W x).</summary>
    internal void Remainder(int column, double[] slope)
    {
        statistics.Crossed[column].CopyTo(slope, 0);
        TakeOff(Solved[column], slope);
    }

    /// <summary>Adds minus half the derivative of log|X'V^-1 X| by the free elements: the sum over pairs of columns of its inverse times
    /// what a pair adds.</summary>
    internal void AddFixedSlopes(Span<double> gradient)
    {
        var unscaled = Fixed!.Inverse();
        var (slope, combined) = (new double[Slope.Length], new double[Slope.Length]);
        for (var k = 0; k < Width; k++)
        {
            Remainder(k, slope);
            Array.Clear(combined);
            for (var l = 0; l < Width; l++) Vectors.AddTimes(combined, unscaled[k, l], Solved[l]);
            for (var i = 0; i < gradient.Length; i++) gradient[i] += GroupSum(Factors.Elements[i], slope, combined);
        }
    }

    /// <summary>The sum over the groups of an element's grouping of a slope by the effect of its row times a mode of that of its
    /// column.</summary>
    internal double GroupSum(FactorElement element, double[] slope, double[] modes)
    {
        var (layout, sum) = (statistics.Layout, 0.0);
        var grouping = layout.Groupings[element.Grouping];
        for (var group = 0; group < grouping.Groups; group++)
        {
            var start = layout.Pattern.Start(grouping.FirstNode + group);
            sum += slope[start + element.Row] * modes[start + element.Column];
        }

        return sum;
    }

    private void TakeOff(double[] u, double[] slope)
    {
        Factors.Multiply(u, effects);
        SymmetricProduct.Subtract(statistics.Information, effects, slope);
    }

    private bool SolveFixed()
    {
        var (leading, right) = (new double[Width, Width], new double[Width]);
        for (var row = 0; row < Width; row++)
        {
            for (var column = 0; column < Width; column++) leading[row, column] = schur[row, column];
            right[row] = schur[row, Width];
        }

        Fixed = Cholesky.Factor(leading);
        if (Fixed is null) return false;
        Change = Fixed.Solve(right);
        Squares = schur[Width, Width] - Vectors.Dot(Change, right);
        return Squares > 0;
    }
}
