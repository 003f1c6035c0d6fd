using Caseload.Frames;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Inference.Hypotheses;

/// <summary>
/// The second stage: effects of areas regressed on area-level columns, a = Z g + u + e with u of an unknown variance and e of a known
/// covariance matrix, by restricted maximum likelihood (Raudenbush and Bryk 1985; Berkey, Hoaglin, Mosteller and Colditz 1995).
/// </summary>
/// <param name="effects">The effects a.</param>
/// <param name="sampling">The covariance matrix of e.</param>
/// <param name="columns">The columns Z.</param>
internal sealed class AreaRegression(double[] effects, double[,] sampling, IReadOnlyList<double[]> columns)
{
    private const int Sections = 80;
    private const double GoldenRatio = 0.618_033_988_749_895;

    private readonly Vector<double> a = Vector<double>.Build.Dense(effects);
    private readonly Matrix<double> v = Matrix<double>.Build.DenseOfArray(sampling);
    private readonly Matrix<double> z = Matrix<double>.Build.DenseOfColumnArrays(columns);

    /// <summary>The coefficients and their covariance matrix at the maximum, and the standard deviation between areas.</summary>
    internal (double[] Estimates, double[,] Covariance, double Deviation) Find()
    {
        // By the standard deviation, whose likelihood is flat at 0; the spread of the effects is more than it can be.
        var (low, high) = (0.0, 2 * Math.Sqrt(a.Subtract(a.Average()).PointwisePower(2).Average()) + 1e-9);
        var (one, two) = (high - GoldenRatio * (high - low), low + GoldenRatio * (high - low));
        var (atOne, atTwo) = (At(one).LogLikelihood, At(two).LogLikelihood);
        for (var section = 0; section < Sections; section++)
        {
            if (atOne > atTwo) (high, two, atTwo, one) = (two, one, atOne, two - GoldenRatio * (two - low));
            else (low, one, atOne, two) = (one, two, atTwo, one + GoldenRatio * (high - one));
            (atOne, atTwo) = (At(one).LogLikelihood, At(two).LogLikelihood);
        }

        var (found, zero) = (At((low + high) / 2), At(0));
        return zero.LogLikelihood >= found.LogLikelihood
            ? (zero.Estimates, zero.Covariance, 0) : (found.Estimates, found.Covariance, (low + high) / 2);
    }

    /// <summary>The restricted log-likelihood at a standard deviation, without constants, with the coefficients there.</summary>
    internal (double LogLikelihood, double[] Estimates, double[,] Covariance) At(double deviation)
    {
        var whole = v.Clone();
        for (var i = 0; i < a.Count; i++) whole[i, i] += deviation * deviation;
        var factor = whole.Cholesky();
        var information = z.Transpose() * factor.Solve(z);
        var inner = Factor(information);
        var estimates = inner.Solve(z.Transpose() * factor.Solve(a));
        var rest = a - z * estimates;
        var value = -(factor.DeterminantLn + inner.DeterminantLn + rest * factor.Solve(rest)) / 2;
        return (value, estimates.ToArray(), inner.Solve(Matrix<double>.Build.DenseIdentity(z.ColumnCount)).ToArray());
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
