namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// A Cholesky factor of a covariance matrix with the effects in the order of what variance those before them leave. In that order no
/// element divides by a variance near 0: where the variance of an effect vanishes beside one that does not, the factor in another order
/// has a ridge along which the likelihood hardly changes (Higham 2002, section 10.3, on pivoting).
/// </summary>
/// <param name="Order">Which effect stands first, second and so on.</param>
/// <param name="Factor">The lower triangular factor of the covariance matrix in this order.</param>
internal sealed record PivotedFactor(int[] Order, double[,] Factor)
{
    /// <summary>Factorises a matrix, which may be singular.</summary>
    /// <param name="covariance">A symmetric matrix without negative eigenvalues.</param>
    internal static PivotedFactor Of(double[,] covariance)
    {
        var size = covariance.GetLength(0);
        var (rest, factor, order) = ((double[,])covariance.Clone(), new double[size, size], Enumerable.Range(0, size).ToArray());
        for (var k = 0; k < size; k++)
        {
            var largest = Enumerable.Range(k, size - k).MaxBy(place => rest[order[place], order[place]]);
            (order[k], order[largest]) = (order[largest], order[k]);
            for (var column = 0; column < k; column++)
                (factor[k, column], factor[largest, column]) = (factor[largest, column], factor[k, column]);
            if (!(rest[order[k], order[k]] > 0)) break;
            factor[k, k] = Math.Sqrt(rest[order[k], order[k]]);
            for (var row = k + 1; row < size; row++) factor[row, k] = rest[order[row], order[k]] / factor[k, k];
            for (var row = k + 1; row < size; row++)
            {
                for (var column = k + 1; column < size; column++) rest[order[row], order[column]] -= factor[row, k] * factor[column, k];
            }
        }

        return new PivotedFactor(order, factor);
    }
}
