using Caseload.MixedModels.Factorisations;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>A free element of a covariance factor.</summary>
/// <param name="Grouping">The grouping.</param>
/// <param name="Row">The row, an effect of the grouping.</param>
/// <param name="Column">The column, at most the row.</param>
/// <param name="Name">Its name in checks.</param>
internal sealed record FactorElement(int Grouping, int Row, int Column, string Name);

/// <summary>
/// The random effects of a group are b = Lambda u with independent standard normal u. Lambda is lower triangular, one matrix a grouping,
/// with a block for each covariance matrix; its free elements are the parameters, in the order of groupings, blocks, columns, rows. They
/// may have either sign: a column of Lambda changed in sign is the same model.
/// </summary>
internal sealed class CovarianceFactors
{
    private readonly RandomLayout layout;

    internal CovarianceFactors(RandomLayout layout)
    {
        this.layout = layout;
        Elements = [.. layout.Groupings.SelectMany((grouping, g) => ElementsOf(grouping, g))];
        Lambda = [.. layout.Groupings.Select(grouping => new double[grouping.Effects, grouping.Effects])];
    }

    /// <summary>The free elements.</summary>
    internal IReadOnlyList<FactorElement> Elements { get; }

    /// <summary>Lambda of each grouping.</summary>
    internal double[][,] Lambda { get; }

    /// <summary>Takes the free elements.</summary>
    internal void Set(ReadOnlySpan<double> theta)
    {
        for (var i = 0; i < Elements.Count; i++) Lambda[Elements[i].Grouping][Elements[i].Row, Elements[i].Column] = theta[i];
    }

    /// <summary>The covariance matrix of each block of effects, in the order of groupings and blocks.</summary>
    internal IEnumerable<double[,]> Covariances()
    {
        for (var g = 0; g < layout.Groupings.Count; g++)
        {
            var (lambda, first) = (Lambda[g], 0);
            foreach (var block in layout.Groupings[g].Grouping.Blocks)
            {
                var (size, covariance) = (block.Columns.Count, new double[block.Columns.Count, block.Columns.Count]);
                for (var row = 0; row < size; row++)
                {
                    for (var column = 0; column < size; column++)
                    {
                        for (var k = first; k < first + size; k++)
                            covariance[row, column] += lambda[first + row, k] * lambda[first + column, k];
                    }
                }

                yield return covariance;
                first += size;
            }
        }
    }

    /// <summary>Elements for a start: the same standard deviation of every effect, without correlation.</summary>
    internal double[] Diagonal(double deviation) => [.. Elements.Select(element => element.Row == element.Column ? deviation : 0)];

    /// <summary>b = Lambda u.</summary>
    internal void Multiply(double[] u, double[] b) => ForEachGroup((lambda, start, size) =>
    {
        for (var row = 0; row < size; row++)
        {
            var sum = 0.0;
            for (var column = 0; column <= row; column++) sum += lambda[row, column] * u[start + column];
            b[start + row] = sum;
        }
    });

    /// <summary>u = Lambda' b; the two may be the same array.</summary>
    internal void MultiplyTransposed(double[] b, double[] u) => ForEachGroup((lambda, start, size) =>
    {
        for (var column = 0; column < size; column++)
        {
            var sum = 0.0;
            for (var row = column; row < size; row++) sum += lambda[row, column] * b[start + row];
            u[start + column] = sum;
        }
    });

    /// <summary>H = I + Lambda' A Lambda.</summary>
    internal void Precision(BlockMatrix a, BlockMatrix h)
    {
        ForEachBlock((row, column, slot) => Sandwich(Lambda[row], Lambda[column], a.Block(slot), h.Block(slot)));
        for (var node = 0; node < layout.Pattern.Nodes; node++)
        {
            var size = layout.Pattern.Size(node);
            var block = h.Block(layout.Pattern.ColumnStarts[node]);
            for (var k = 0; k < size; k++) block[k * size + k] += 1;
        }
    }

    /// <summary>V = Lambda C Lambda', in the place of C.</summary>
    internal void Carry(BlockMatrix c)
    {
        var (lower, work) = (Lambda.Select(Transpose).ToArray(), new double[Lambda.Max(l => l.Length)]);
        ForEachBlock((row, column, slot) =>
        {
            var block = c.Block(slot);
            block.CopyTo(work);
            Sandwich(lower[row], lower[column], work.AsSpan(0, block.Length), block);
        });
    }

    /// <summary>
    /// The derivative of H along a direction: Lambda'(dA)Lambda, and Lambda_e'A Lambda + Lambda'A Lambda_e where an element moves.
    /// </summary>
    /// <param name="a">A = Z'WZ.</param>
    /// <param name="change">dA, the change of A; that of H on return.</param>
    /// <param name="element">The element that moves, or null where only A does.</param>
    internal void PrecisionSlope(BlockMatrix a, BlockMatrix change, FactorElement? element)
    {
        if (layout.Columns.OnlyIntercept)
        {
            PrecisionSlopeOfIntercepts(a, change, element);
            return;
        }

        var unit = element is null ? null : Unit(element);
        var work = new double[Lambda.Max(l => l.GetLength(0)) * Lambda.Max(l => l.GetLength(0))];
        ForEachBlock((row, column, slot) =>
        {
            var block = change.Block(slot);
            var part = work.AsSpan(0, block.Length);
            block.CopyTo(part);
            Sandwich(Lambda[row], Lambda[column], part, block);
            if (unit is null) return;
            if (row == element!.Grouping)
            {
                Sandwich(unit, Lambda[column], a.Block(slot), part);
                for (var i = 0; i < part.Length; i++) block[i] += part[i];
            }

            if (column != element.Grouping) return;
            Sandwich(Lambda[row], unit, a.Block(slot), part);
            for (var i = 0; i < part.Length; i++) block[i] += part[i];
        });
    }

    private void PrecisionSlopeOfIntercepts(BlockMatrix a, BlockMatrix change, FactorElement? element)
    {
        var pattern = layout.Pattern;
        double[] lambda = [.. Lambda.Select(matrix => matrix[0, 0])];
        for (var node = 0; node < pattern.Nodes; node++)
        {
            var column = layout.GroupingOf(node);
            for (var slot = pattern.ColumnStarts[node]; slot < pattern.ColumnStarts[node + 1]; slot++)
            {
                var row = layout.GroupingOf(pattern.Rows[slot]);
                var slope = lambda[row] * lambda[column] * change.Values[slot];
                if (element?.Grouping == row) slope += lambda[column] * a.Values[slot];
                if (element?.Grouping == column) slope += lambda[row] * a.Values[slot];
                change.Values[slot] = slope;
            }
        }
    }

    private double[,] Unit(FactorElement element)
    {
        var size = Lambda[element.Grouping].GetLength(0);
        var unit = new double[size, size];
        unit[element.Row, element.Column] = 1;
        return unit;
    }

    // to = left' from right.
    private static void Sandwich(double[,] left, double[,] right, ReadOnlySpan<double> from, Span<double> to)
    {
        var (rows, columns) = (left.GetLength(0), right.GetLength(0));
        if (rows == 1 && columns == 1)
        {
            to[0] = left[0, 0] * from[0] * right[0, 0];
            return;
        }

        Span<double> half = stackalloc double[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < columns; k++) sum += from[i * columns + k] * right[k, j];
                half[i * columns + j] = sum;
            }
        }

        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < rows; k++) sum += left[k, i] * half[k * columns + j];
                to[i * columns + j] = sum;
            }
        }
    }

    private static double[,] Transpose(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var transposed = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++) transposed[column, row] = matrix[row, column];
        }

        return transposed;
    }

    private static IEnumerable<FactorElement> ElementsOf(GroupingLayout grouping, int place)
    {
        var first = 0;
        foreach (var block in grouping.Grouping.Blocks)
        {
            for (var column = 0; column < block.Columns.Count; column++)
            {
                for (var row = column; row < block.Columns.Count; row++)
                {
                    var (one, other) = (block.Columns[column].Name, block.Columns[row].Name);
                    yield return new FactorElement(place, first + row, first + column, row == column
                        ? $"standard deviation of {one} for {grouping.Grouping.Groups.Name}"
                        : $"covariance of {one} and {other} for {grouping.Grouping.Groups.Name}");
                }
            }

            first += block.Columns.Count;
        }
    }

    private void ForEachGroup(Action<double[,], int, int> work)
    {
        for (var g = 0; g < layout.Groupings.Count; g++)
        {
            var grouping = layout.Groupings[g];
            for (var group = 0; group < grouping.Groups; group++)
                work(Lambda[g], layout.Pattern.Start(grouping.FirstNode + group), grouping.Effects);
        }
    }

    private void ForEachBlock(Action<int, int, int> work)
    {
        for (var g = 0; g < layout.Groupings.Count; g++)
        {
            for (var group = 0; group < layout.Groupings[g].Groups; group++)
            {
                var node = layout.Groupings[g].FirstNode + group;
                for (var slot = layout.Pattern.ColumnStarts[node]; slot < layout.Pattern.ColumnStarts[node + 1]; slot++)
                    work(layout.GroupingOf(layout.Pattern.Rows[slot]), g, slot);
            }
        }
    }
}
