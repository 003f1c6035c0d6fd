using Caseload.MixedModels.Factorisations;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>The diagonal blocks of A Lambda H^-1, of which the derivatives of log|H| by the elements of Lambda are made.</summary>
/// <param name="layout">The random effects.</param>
/// <param name="lambda">Lambda of each grouping.</param>
/// <param name="a">A.</param>
/// <param name="inverse">H^-1 on the pattern.</param>
internal sealed class InverseProducts(RandomLayout layout, double[][,] lambda, BlockMatrix a, BlockMatrix inverse)
{
    /// <summary>The sums over groups of those diagonal blocks, one matrix a grouping.</summary>
    internal double[][,] Diagonals()
    {
        double[][,] sums = [.. layout.Groupings.Select(grouping => new double[grouping.Effects, grouping.Effects])];
        for (var g = 0; g < layout.Groupings.Count; g++)
        {
            for (var group = 0; group < layout.Groupings[g].Groups; group++)
            {
                var node = layout.Groupings[g].FirstNode + group;
                for (var slot = layout.Pattern.ColumnStarts[node]; slot < layout.Pattern.ColumnStarts[node + 1]; slot++)
                {
                    var other = layout.Pattern.Rows[slot];
                    var f = g;
                    while (f + 1 < layout.Groupings.Count && layout.Groupings[f + 1].FirstNode <= other) f++;
                    AddProduct(slot, (lambda[f], f), (lambda[g], g), sums);
                }
            }
        }

        return sums;
    }

    // A block (f, g) of A and of H^-1 beside the diagonal serves both groups: A_fg Lambda_g C_gf for f, A_gf Lambda_f C_fg for g.
    private void AddProduct(int slot, (double[,] Lambda, int Grouping) row, (double[,] Lambda, int Grouping) column, double[][,] sums)
    {
        var left = a.Block(slot);
        var c = inverse.Block(slot);
        var (rows, columns) = (row.Lambda.GetLength(0), column.Lambda.GetLength(0));
        if (rows == 1 && columns == 1)
        {
            var product = left[0] * c[0];
            sums[column.Grouping][0, 0] += product * row.Lambda[0, 0];
            if (row.Grouping != column.Grouping) sums[row.Grouping][0, 0] += product * column.Lambda[0, 0];
            return;
        }

        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                for (var k = 0; k < rows; k++)
                {
                    for (var m = 0; m <= k; m++)
                        sums[column.Grouping][i, j] += left[k * columns + i] * row.Lambda[k, m] * c[m * columns + j];
                }
            }
        }

        if (row.Grouping == column.Grouping) return;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < rows; j++)
            {
                for (var k = 0; k < columns; k++)
                {
                    for (var m = 0; m <= k; m++)
                        sums[row.Grouping][i, j] += left[i * columns + k] * column.Lambda[k, m] * c[j * columns + m];
                }
            }
        }
    }
}
