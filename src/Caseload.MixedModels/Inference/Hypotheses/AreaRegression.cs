using Caseload.Frames;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Inference.Hypotheses;

/// <summary>
/// The second stage: effects of areas regressed on area-level columns, a = Z g + u + e with u of an unknown variance and e of a known
/// covariance matrix, by restricted maximum likelihood (Raudenbush and Bryk 1985; Berkey, Hoaglin, Mosteller and Colditz 1995).
/// </summary>
/// <param name="effects">The effects a.</param>
/// <param name="sampling">The covariance matrix of e, whose form makes each evaluation as long as areas and coefficients are many.</param>
/// <param name="columns">The columns Z.</param>
internal sealed class AreaRegression(double[] effects, AreaSampling sampling, IReadOnlyList<double[]> columns)
{
    private const int Sections = 80;
    // Of a log-likelihood.
    private const double Rounding = 1e-9;

    private const double GoldenRatio = 0.618_033_988_749_895;

    private readonly Vector<double> a = Vector<double>.Build.Dense(effects);
    private readonly Matrix<double> shared = sampling.Shared.Count > 0
        ? Matrix<double>.Build.DenseOfColumnArrays(sampling.Shared) : Matrix<double>.Build.Dense(effects.Length, 1);

    private readonly Matrix<double> z = Matrix<double>.Build.DenseOfColumnArrays(columns);

    /// <summary>The coefficients and their covariance matrix at the maximum, and the standard deviation between areas.</summary>
    internal (double[] Estimates, double[,] Covariance, double Deviation) Find()
    {
        // By the standard deviation, whose likelihood is flat at 0; the residuals' spread is less than that of the effects, and over the
        // degrees of freedom that are left as large as it can be.
        var squares = a.Subtract(a.Average()).PointwisePower(2).Sum();
        var (low, high) = (0.0, 2 * Math.Sqrt(squares / (a.Count - z.ColumnCount)) + 1e-9);
        var (one, two) = (high - GoldenRatio * (high - low), low + GoldenRatio * (high - low));
        var (atOne, atTwo) = (At(one).LogLikelihood, At(two).LogLikelihood);
        for (var section = 0; section < Sections; section++)
        {
            if (atOne > atTwo) (high, two, atTwo, one) = (two, one, atOne, two - GoldenRatio * (two - low));
            else (low, one, atOne, two) = (one, two, atTwo, one + GoldenRatio * (high - one));
            (atOne, atTwo) = (At(one).LogLikelihood, At(two).LogLikelihood);
        }

        var (found, zero) = (At((low + high) / 2), At(0));
        return zero.LogLikelihood >= found.LogLikelihood - Rounding
            ? (zero.Estimates, zero.Covariance, 0) : (found.Estimates, found.Covariance, (low + high) / 2);
    }

    /// <summary>The restricted log-likelihood at a standard deviation, without constants, with the coefficients there.</summary>
    internal (double LogLikelihood, double[] Estimates, double[,] Covariance) At(double deviation)
    {
        // Of a diagonal matrix W and columns U, (W + UU')^-1 = W^-1 - W^-1 U (I + U'W^-1 U)^-1 U'W^-1 (Woodbury).
        var weights = Vector<double>.Build.Dense(a.Count, area => 1 / (sampling.Own[area] + deviation * deviation));
        var weighted = Weighted(shared);
        var middle = (Matrix<double>.Build.DenseIdentity(shared.ColumnCount) + weighted.TransposeThisAndMultiply(shared)).Cholesky();
        var solved = Solve(z);
        var inner = Factor(z.TransposeThisAndMultiply(solved));
        var estimates = inner.Solve(solved.TransposeThisAndMultiply(a));
        var rest = (a - z * estimates).ToColumnMatrix();
        var squares = rest.TransposeThisAndMultiply(Solve(rest))[0, 0];
        var value = -(middle.DeterminantLn - weights.PointwiseLog().Sum() + inner.DeterminantLn + squares) / 2;
        return (value, estimates.ToArray(), inner.Solve(Matrix<double>.Build.DenseIdentity(z.ColumnCount)).ToArray());

        Matrix<double> Weighted(Matrix<double> matrix) =>
            Matrix<double>.Build.Dense(matrix.RowCount, matrix.ColumnCount, (row, column) => weights[row] * matrix[row, column]);

        Matrix<double> Solve(Matrix<double> right)
        {
            var half = Weighted(right);
            return half - weighted * middle.Solve(shared.TransposeThisAndMultiply(half));
        }
    }

    private static MathNet.Numerics.LinearAlgebra.Factorization.Cholesky<double> Factor(Matrix<double> information)
    {
        try
        {
            return information.Cholesky();
        }
        catch (ArgumentException)
        {
            throw new ProblemException(new Problem(ProblemKind.NoEstimate, "area-level terms that depend on each other",
                "terms that differ between the areas left", "", "Leave one of them out."));
        }
    }
}
