using Caseload.MixedModels.Fits;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>
/// The covariance of what predictions depend on: the fixed effects, then the covariance matrices of the random effects, block after
/// block and row after row.
/// </summary>
internal sealed class JointCovariance
{
    private readonly double[,] matrix;
    private double[,]? root;

    private JointCovariance(double[,] matrix, int fixedEffects) => (this.matrix, FixedEffects) = (matrix, fixedEffects);

    /// <summary>The number of fixed effects, which stand first.</summary>
    internal int FixedEffects { get; }

    internal int Size => matrix.GetLength(0);

    /// <summary>Of a fit.</summary>
    internal static JointCovariance Of(MixedModelFit fit)
    {
        var (width, size) = (fit.FixedEffects.Count, fit.FixedEffects.Count + fit.RandomEffects.Sum(e => e.Terms.Count * e.Terms.Count));
        var matrix = new double[size, size];
        for (var row = 0; row < width; row++)
        {
            for (var column = 0; column < width; column++) matrix[row, column] = fit.Covariance[row, column];
        }

        return new JointCovariance(matrix, width);
    }

    /// <summary>The variance of a linear function of the estimates.</summary>
    internal double Variance(double[] gradient)
    {
        var variance = 0.0;
        for (var row = 0; row < Size; row++)
        {
            if (gradient[row] == 0) continue;
            for (var column = 0; column < Size; column++) variance += gradient[row] * gradient[column] * matrix[row, column];
        }

        return Math.Max(variance, 0);
    }

    /// <summary>Its standard error.</summary>
    internal double Error(double[] gradient) => Math.Sqrt(Variance(gradient));

    /// <summary>A draw of the differences of the estimates from the truth.</summary>
    internal double[] Draw(Random random)
    {
        root ??= Root();
        var (change, size) = (new double[Size], root.GetLength(1));
        for (var k = 0; k < size; k++)
        {
            var z = Means.StandardNormal.Draw(random);
            for (var row = 0; row < change.Length; row++) change[row] += root[row, k] * z;
        }

        return change;
    }

    // A covariance matrix may be singular, as where a variance is 0.
    private double[,] Root()
    {
        var decomposition = Matrix<double>.Build.DenseOfArray(matrix).Evd(Symmetricity.Symmetric);
        var values = decomposition.EigenValues.Select(value => Math.Sqrt(Math.Max(value.Real, 0))).ToArray();
        return Matrix<double>.Build.Dense(Size, Size, (row, k) => decomposition.EigenVectors[row, k] * values[k]).ToArray();
    }
}
