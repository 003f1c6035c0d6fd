using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>
/// A cluster of the working linear model, its rows scaled so that they have variance 1 given the random effects, in coordinates of the
/// space that the columns of its fixed and random effects span. Across from that space the covariance is the identity and nothing meets
/// the fixed effects, so that these few coordinates tell all.
/// </summary>
/// <param name="X">The columns of the fixed effects.</param>
/// <param name="V">The covariance, I + Z Sigma Z'.</param>
/// <param name="Residual">The response less the fixed part.</param>
internal sealed record ClusterPart(Matrix<double> X, Matrix<double> V, Vector<double> Residual)
{
    // What is left of a column, as a share of its length, below which it lies in the space of those before.
    private const double Dependent = 1e-9;

    // An eigenvalue, as a share of the largest, below which it is 0: the fixed effects leave no residual that way.
    private const double Nothing = 1e-10;

    /// <summary>From columns of numbers, one a row of data.</summary>
    /// <param name="x">The fixed effects.</param>
    /// <param name="z">The random effects: for each covariance matrix and group the columns of its effects.</param>
    /// <param name="residual">The response less the fixed part.</param>
    internal static ClusterPart Of(double[][] x, IReadOnlyList<(double[][] Columns, Matrix<double> Covariance)> z, double[] residual)
    {
        var basis = new List<Vector<double>>();
        foreach (var column in x.Concat(z.SelectMany(block => block.Columns))) Extend(basis, column);
        var q = basis.Count == 0 ? Matrix<double>.Build.Dense(residual.Length, 1) : Matrix<double>.Build.DenseOfColumnVectors(basis);
        var v = Matrix<double>.Build.DenseIdentity(q.ColumnCount);
        foreach (var (columns, covariance) in z)
        {
            var own = q.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfColumnArrays(columns));
            v += own * covariance * own.Transpose();
        }

        return new ClusterPart(q.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfColumnArrays(x)), v,
            q.TransposeThisAndMultiply(Vector<double>.Build.Dense(residual)));
    }

    /// <summary>X'V^-1 X.</summary>
    internal Matrix<double> Information() => X.TransposeThisAndMultiply(V.Cholesky().Solve(X));

    /// <summary>
    /// X'V^-1 A, with A = L (L'BL)^-1/2 L', V = LL' and B = V - X M X', the covariance of the residuals under the model: A B A' = V.
    /// </summary>
    /// <param name="m">M, the covariance of the coefficients under the model.</param>
    internal Matrix<double> Adjusted(Matrix<double> m)
    {
        var factor = V.Cholesky();
        var root = factor.Factor;
        var inner = root.TransposeThisAndMultiply(V - X * m * X.Transpose()) * root;
        var decomposition = ((inner + inner.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        var values = decomposition.EigenValues.Real();
        var least = Nothing * values.AbsoluteMaximum();
        var inverse = decomposition.EigenVectors.MapIndexed((_, k, value) => values[k] > least ? value / Math.Pow(values[k], 0.25) : 0);
        var half = root * inverse;
        return factor.Solve(X).Transpose() * half * half.Transpose();
    }

    // Twice, as rounding leaves of one pass something along the vectors before.
    private static void Extend(List<Vector<double>> basis, double[] column)
    {
        var rest = Vector<double>.Build.DenseOfArray(column);
        var length = rest.L2Norm();
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var vector in basis) rest.Subtract(vector * (vector * rest), rest);
        }

        var left = rest.L2Norm();
        if (left > Dependent * length) basis.Add(rest / left);
    }
}
