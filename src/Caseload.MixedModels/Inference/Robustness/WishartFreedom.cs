using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>
/// The degrees of freedom of an estimated covariance matrix of q coefficients, a sum over clusters of p_j p_j' with normal p_j of the
/// covariances P_jk: those of the Wishart matrix whose elements, once its mean is the identity, have the same sum of variances (Tipton and
/// Pustejovsky 2015). Of one coefficient they are Satterthwaite's. docs/method.md derives the sums.
/// </summary>
internal static class WishartFreedom
{
    /// <summary>The degrees of freedom; not-a-number where no cluster adds anything.</summary>
    /// <param name="parts">
    /// Of each cluster D_j and G_j, with P_jk = D_j - G_j'G_j where k is j and -G_j'G_k otherwise: q by q, and of q columns.
    /// </param>
    internal static double Of(IReadOnlyList<(Matrix<double> D, Matrix<double> G)> parts)
    {
        var (size, height) = (parts[0].D.RowCount, parts[0].G.RowCount);
        var mean = parts.Aggregate(Matrix<double>.Build.Dense(size, size), (sum, part) =>
            sum + part.D - part.G.TransposeThisAndMultiply(part.G));
        if (Numerics.Cholesky.Factor(mean.ToArray()) is null) return double.NaN;
        var scale = mean.Cholesky().Factor.Inverse().Transpose();
        var (spread, outer) = (0.0, Matrix<double>.Build.Dense(size * height, size * height));
        foreach (var part in parts)
        {
            var (d, g) = (scale.TransposeThisAndMultiply(part.D * scale), part.G * scale);
            var own = g.TransposeThisAndMultiply(g);
            spread += d.Trace() * (d.Trace() - 2 * own.Trace()) + (d * (d - 2 * own)).Trace();
            var stacked = Vector<double>.Build.DenseOfArray(g.ToColumnMajorArray());
            outer += stacked.OuterProduct(stacked);
        }

        // The sums over pairs of clusters of tr(G_j'G_k)^2 and of tr(G_j'G_k G_j'G_k).
        for (var s = 0; s < size; s++)
        {
            for (var t = 0; t < size; t++)
            {
                var own = outer.SubMatrix(s * height, height, t * height, height);
                var other = outer.SubMatrix(t * height, height, s * height, height);
                spread += own.PointwiseMultiply(own).RowSums().Sum() + own.PointwiseMultiply(other).RowSums().Sum();
            }
        }

        return spread > 0 ? size * (size + 1) / spread : double.NaN;
    }
}
