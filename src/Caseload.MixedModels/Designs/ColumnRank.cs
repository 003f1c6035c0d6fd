using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Designs;

/// <summary>A column that is a linear combination of columns before it.</summary>
/// <param name="Column">The column.</param>
/// <param name="Combination">The coefficient of every column in it; 0 of columns that take no part.</param>
internal sealed record AliasedColumn(int Column, double[] Combination);

/// <summary>Which columns of a design are linearly independent of those before them.</summary>
/// <param name="Kept">The independent columns, ascending.</param>
/// <param name="Aliased">The others.</param>
internal sealed record ColumnRank(IReadOnlyList<int> Kept, IReadOnlyList<AliasedColumn> Aliased)
{
    // R's rule: a column whose part outside the span of the columns before it is below this share of the column is dropped.
    private const double Tolerance = 1e-7;

    /// <summary>
    /// Orthogonalises column after column (modified Gram-Schmidt, twice, which is as accurate as Householder's; Giraud and others 2005),
    /// in the order of the formula, so that of columns which say the same the later is dropped.
    /// </summary>
    /// <param name="columns">The standardised columns. They are not changed.</param>
    /// <param name="rawSizes">The size of each column before it was centred, in units of its scale.</param>
    internal static ColumnRank Of(IReadOnlyList<double[]> columns, double[] rawSizes)
    {
        var (kept, aliased, basis) = (new List<int>(), new List<AliasedColumn>(), new List<double[]>());
        // Each basis vector as a combination of the kept columns.
        var made = new List<double[]>();
        for (var k = 0; k < columns.Count; k++)
        {
            var rest = (double[])columns[k].Clone();
            var size = Math.Sqrt(Vectors.Dot(rest, rest));
            var combination = new double[columns.Count];
            for (var pass = 0; pass < 2; pass++)
            {
                for (var b = 0; b < basis.Count; b++)
                {
                    var share = Vectors.Dot(rest, basis[b]);
                    Vectors.AddTimes(rest, -share, basis[b]);
                    Vectors.AddTimes(combination, share, made[b]);
                }
            }

            var left = Math.Sqrt(Vectors.Dot(rest, rest));
            var threshold = double.IsFinite(rawSizes[k]) ? Math.Max(Tolerance * rawSizes[k], 1e-11) * size : 0;
            if (!(left > threshold))
            {
                aliased.Add(new AliasedColumn(k, combination));
                continue;
            }

            for (var i = 0; i < rest.Length; i++) rest[i] /= left;
            var maker = new double[columns.Count];
            Vectors.AddTimes(maker, -1 / left, combination);
            maker[k] += 1 / left;
            kept.Add(k);
            basis.Add(rest);
            made.Add(maker);
        }

        return new ColumnRank(kept, aliased);
    }

    /// <summary>Whether a correlation matrix of columns proves them independent by far, so that they need no orthogonalising.</summary>
    /// <param name="pivots">The squared diagonal of its Cholesky factor: each column's share outside the span of those before it.</param>
    /// <param name="rawSizes">The size of each column before it was centred, in units of its scale.</param>
    internal static bool IsPlainlyFull(IEnumerable<double> pivots, double[] rawSizes) =>
        pivots.Zip(rawSizes).All(column => column.First > 1e-6 && Math.Sqrt(column.First) > 10 * Tolerance * column.Second);
}
