namespace Caseload.MixedModels.Inference.Hypotheses;

/// <summary>
/// The covariance matrix of the areas' effects about their true ones, in the form that the first stage leaves it: what an area's own data
/// bring, on the diagonal, and what all share as they rest on the same coefficients.
/// </summary>
/// <param name="Own">The diagonal part.</param>
/// <param name="Shared">Columns s whose products s s' are added, one a coefficient within areas.</param>
internal sealed record AreaSampling(double[] Own, IReadOnlyList<double[]> Shared)
{
    /// <summary>An element of the whole matrix.</summary>
    internal double this[int row, int column] => (row == column ? Own[row] : 0) + Shared.Sum(s => s[row] * s[column]);

    /// <summary>The matrix times a variance.</summary>
    internal AreaSampling Times(double variance) => new([.. Own.Select(value => value * variance)],
        [.. Shared.Select(column => column.Select(value => value * Math.Sqrt(variance)).ToArray())]);
}
