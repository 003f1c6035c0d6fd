using Caseload.MixedModels.Fits;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>
/// The covariance of what predictions depend on: the fixed effects, then the covariance matrices of the random effects, block after
/// block and row after row.
/// </summary>
internal sealed record JointCovariance
{
    private readonly double[,] matrix;
    private double[,]? root;

    private JointCovariance(double[,] matrix) => this.matrix = matrix;

    internal int Size => matrix.GetLength(0);

    /// <summary>Whether the variances count as known.</summary>
    internal bool VariancesAreKnown { get; private init; }

    /// <summary>Of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="withVariances">
    /// Whether what is predicted depends on the random effects' variances; otherwise they are taken as known, which is quicker.
    /// </param>
    internal static JointCovariance Of(MixedModelFit fit, bool withVariances)
    {
        if (!withVariances || fit.Link == Link.Identity || fit.RandomEffects.Count == 0) return OfFixedEffects(fit);
        if (FreeParameters.Of(fit) is not { } free) return OfFixedEffects(fit) with { VariancesAreKnown = true };
        var size = free.Covariance.GetLength(0);
        double[][] half = [.. Enumerable.Range(0, size).Select(column =>
            free.Carry([.. Enumerable.Range(0, size).Select(row => free.Covariance[row, column])]))];
        var matrix = new double[half[0].Length, half[0].Length];
        for (var row = 0; row < half[0].Length; row++)
        {
            var carried = free.Carry([.. half.Select(column => column[row])]);
            for (var column = 0; column < carried.Length; column++) matrix[row, column] = carried[column];
        }

        return new JointCovariance(matrix);
    }

    private static JointCovariance OfFixedEffects(MixedModelFit fit)
    {
        var (width, size) = (fit.FixedEffects.Count, fit.FixedEffects.Count + fit.RandomEffects.Sum(e => e.Terms.Count * e.Terms.Count));
        var matrix = new double[size, size];
        for (var row = 0; row < width; row++)
        {
            for (var column = 0; column < width; column++) matrix[row, column] = fit.Covariance[row, column];
        }

        return new JointCovariance(matrix);
    }

    /// <summary>What a reader must know.</summary>
    internal IEnumerable<string> Said() => VariancesAreKnown
        ? ["The random effects' variances are taken as known: of a singular fit, or one by quasi-likelihood, their estimates have no "
            + "covariance."] : [];

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
