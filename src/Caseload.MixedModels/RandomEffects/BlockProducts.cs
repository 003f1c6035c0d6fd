using Caseload.MixedModels.Factorisations;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>Products of symmetric block matrices on one pattern, as far as the pattern reaches.</summary>
internal static class BlockProducts
{
    /// <summary>A b.</summary>
    internal static double[] Multiply(BlockMatrix a, double[] b)
    {
        var (pattern, product) = (a.Pattern, new double[b.Length]);
        if (pattern.Length == pattern.Nodes) return MultiplyNumbers(a, b, product);
        for (var node = 0; node < pattern.Nodes; node++)
        {
            var (column, columns) = (pattern.Start(node), pattern.Size(node));
            for (var slot = pattern.ColumnStarts[node]; slot < pattern.ColumnStarts[node + 1]; slot++)
            {
                var (row, rows) = (pattern.Start(pattern.Rows[slot]), pattern.Size(pattern.Rows[slot]));
                var block = a.Block(slot);
                for (var i = 0; i < rows; i++)
                {
                    for (var j = 0; j < columns; j++)
                    {
                        product[row + i] += block[i * columns + j] * b[column + j];
                        if (row != column) product[column + j] += block[i * columns + j] * b[row + i];
                    }
                }
            }
        }

        return product;
    }

    // Blocks of a single number stand at their slots.
    private static double[] MultiplyNumbers(BlockMatrix a, double[] b, double[] product)
    {
        var (pattern, values) = (a.Pattern, a.Values);
        for (var node = 0; node < pattern.Nodes; node++)
        {
            var (slot, end) = (pattern.ColumnStarts[node], pattern.ColumnStarts[node + 1]);
            var sum = values[slot] * b[node];
            for (slot++; slot < end; slot++)
            {
                var row = pattern.Rows[slot];
                sum += values[slot] * b[row];
                product[row] += values[slot] * b[node];
            }

            product[node] += sum;
        }

        return product;
    }

    /// <summary>The trace of A B: the sum over the whole matrix of products of elements.</summary>
    internal static double Trace(BlockMatrix a, BlockMatrix b)
    {
        var (pattern, diagonal) = (a.Pattern, 0.0);
        var whole = Numerics.Vectors.Dot(a.Values, b.Values);
        if (pattern.Rows.Length == pattern.Nodes) return whole;

        // A block beside the diagonal stands for its mirror image too.
        for (var node = 0; node < pattern.Nodes; node++)
            diagonal += Numerics.Vectors.Dot(a.Block(pattern.ColumnStarts[node]), b.Block(pattern.ColumnStarts[node]));
        return 2 * whole - diagonal;
    }

    /// <summary>C B C of matrices whose only blocks are those on the diagonal.</summary>
    internal static void Sandwich(BlockMatrix c, BlockMatrix b, BlockMatrix result)
    {
        var pattern = c.Pattern;
        if (pattern.Length == pattern.Nodes)
        {
            for (var node = 0; node < pattern.Nodes; node++) result.Values[node] = c.Values[node] * b.Values[node] * c.Values[node];
            return;
        }

        Span<double> half = stackalloc double[Enumerable.Range(0, pattern.Nodes).Max(node => pattern.Size(node) * pattern.Size(node))];
        for (var node = 0; node < pattern.Nodes; node++)
        {
            var (size, slot) = (pattern.Size(node), pattern.ColumnStarts[node]);
            Multiply(c.Block(slot), b.Block(slot), half, size);
            Multiply(half, c.Block(slot), result.Block(slot), size);
        }
    }

    private static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int size)
    {
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < size; k++) sum += left[i * size + k] * right[k * size + j];
                product[i * size + j] = sum;
            }
        }
    }

    /// <summary>The trace of Lambda_e'A Lambda_f C, where Lambda_e has a 1 in the place of an element and 0 elsewhere.</summary>
    internal static double Trace(RandomLayout layout, (BlockMatrix A, BlockMatrix C) matrices, FactorElement e, FactorElement f)
    {
        var (pattern, sum) = (layout.Pattern, 0.0);
        for (var node = 0; node < pattern.Nodes; node++)
        {
            var column = layout.GroupingOf(node);
            if (column != e.Grouping && column != f.Grouping) continue;
            for (var slot = pattern.ColumnStarts[node]; slot < pattern.ColumnStarts[node + 1]; slot++)
            {
                var row = layout.GroupingOf(pattern.Rows[slot]);
                var columns = pattern.Size(node);
                var a = matrices.A.Block(slot);
                var c = matrices.C.Block(slot);
                if (row == e.Grouping && column == f.Grouping) sum += a[e.Row * columns + f.Row] * c[e.Column * columns + f.Column];
                if (row == f.Grouping && column == e.Grouping && row != column)
                    sum += a[f.Row * columns + e.Row] * c[f.Column * columns + e.Column];
            }
        }

        return sum;
    }

    /// <summary>The sums over groups of the diagonal blocks of A Lambda C, one matrix a grouping.</summary>
    internal static double[][,] Diagonals(RandomLayout layout, BlockMatrix a, double[][,] lambda, BlockMatrix c)
    {
        double[][,] sums = [.. layout.Groupings.Select(grouping => new double[grouping.Effects, grouping.Effects])];
        if (layout.Columns.OnlyIntercept)
        {
            AddNumbers(layout, (a, c), lambda, sums);
            return sums;
        }

        for (var g = 0; g < layout.Groupings.Count; g++)
        {
            for (var group = 0; group < layout.Groupings[g].Groups; group++)
            {
                var node = layout.Groupings[g].FirstNode + group;
                for (var slot = layout.Pattern.ColumnStarts[node]; slot < layout.Pattern.ColumnStarts[node + 1]; slot++)
                {
                    var f = layout.GroupingOf(layout.Pattern.Rows[slot]);
                    AddProduct(a.Block(slot), c.Block(slot), (lambda[f], sums[f]), (lambda[g], g == f ? null : sums[g]));
                }
            }
        }

        return sums;
    }

    // Blocks of a single number stand at their slots.
    private static void AddNumbers(RandomLayout layout, (BlockMatrix A, BlockMatrix C) matrices, double[][,] lambda, double[][,] sums)
    {
        var (pattern, a, c) = (layout.Pattern, matrices.A.Values, matrices.C.Values);
        for (var node = 0; node < pattern.Nodes; node++)
        {
            var (slot, column) = (pattern.ColumnStarts[node], layout.GroupingOf(node));
            var sum = a[slot] * c[slot] * lambda[column][0, 0];
            for (slot++; slot < pattern.ColumnStarts[node + 1]; slot++)
            {
                var (row, product) = (layout.GroupingOf(pattern.Rows[slot]), a[slot] * c[slot]);
                sum += product * lambda[row][0, 0];
                sums[row][0, 0] += product * lambda[column][0, 0];
            }

            sums[column][0, 0] += sum;
        }
    }

    // A block (f, g) of A and of C beside the diagonal serves both groups: A_fg Lambda_g C_gf for f, A_gf Lambda_f C_fg for g. On the
    // diagonal the one is the other.
    private static void AddProduct(ReadOnlySpan<double> a, ReadOnlySpan<double> c, (double[,] Lambda, double[,] Sums) row,
        (double[,] Lambda, double[,]? Sums) column)
    {
        var (rows, columns) = (row.Lambda.GetLength(0), column.Lambda.GetLength(0));
        if (rows == 1 && columns == 1)
        {
            var product = a[0] * c[0];
            row.Sums[0, 0] += product * column.Lambda[0, 0];
            if (column.Sums is not null) column.Sums[0, 0] += product * row.Lambda[0, 0];
            return;
        }

        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < rows; j++)
            {
                for (var k = 0; k < columns; k++)
                {
                    for (var m = 0; m <= k; m++) row.Sums[i, j] += a[i * columns + k] * column.Lambda[k, m] * c[j * columns + m];
                }
            }
        }

        if (column.Sums is null) return;
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                for (var k = 0; k < rows; k++)
                {
                    for (var m = 0; m <= k; m++) column.Sums[i, j] += a[k * columns + i] * row.Lambda[k, m] * c[m * columns + j];
                }
            }
        }
    }

}
