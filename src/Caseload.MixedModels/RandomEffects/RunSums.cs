using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>Carries numbers between cells and random effects: Z b, Z'v, Z'WZ and the diagonal of Z V Z'.</summary>
internal sealed class RunSums
{
    private readonly RandomLayout layout;
    private readonly int count;

    internal RunSums(RandomLayout layout)
    {
        (this.layout, count) = (layout, layout.Columns.Count);
        Scores = new double[layout.Runs * count];
        Moments = new double[layout.Runs * layout.Columns.Pairs];
    }

    /// <summary>For each run, the sums of a number of its cells times each column.</summary>
    internal double[] Scores { get; }

    /// <summary>For each run, the sums of a weight of its cells times each pair of columns.</summary>
    internal double[] Moments { get; }

    /// <summary>Writes what a run adds to the linear predictor, as the coefficient of each column.</summary>
    internal void Coefficients(int run, double[] b, Span<double> coefficients)
    {
        coefficients.Clear();
        for (var g = 0; g < layout.Groupings.Count; g++)
        {
            var (columns, start) = (layout.Groupings[g].Columns, layout.Pattern.Start(layout.Node(g, run)));
            for (var k = 0; k < columns.Length; k++) coefficients[columns[k]] += b[start + k];
        }
    }

    /// <summary>Adds Z b to the numbers of a run's cells.</summary>
    internal void Spread(int run, ReadOnlySpan<double> coefficients, Span<double> values)
    {
        var start = layout.RunStarts[run];
        for (var k = 0; k < count; k++)
        {
            var column = layout.Columns.Column(k, start, values.Length);
            if (column.IsEmpty) Vectors.Subtract(values, -coefficients[k]);
            else Vectors.AddTimes(values, coefficients[k], column);
        }
    }

    /// <summary>Takes the sums of a number of a run's cells times each column.</summary>
    internal void SetScores(int run, ReadOnlySpan<double> values)
    {
        var start = layout.RunStarts[run];
        for (var k = 0; k < count; k++)
        {
            var column = layout.Columns.Column(k, start, values.Length);
            Scores[run * count + k] = column.IsEmpty ? Vectors.Moments(values).Sum : Vectors.Dot(column, values);
        }
    }

    /// <summary>Writes Z'v of a run's group, of one grouping.</summary>
    internal void OfEffects(int run, ReadOnlySpan<double> values, Span<double> sums)
    {
        SetScores(run, values);
        var columns = layout.Groupings[0].Columns;
        for (var k = 0; k < columns.Length; k++) sums[k] = Scores[run * count + columns[k]];
    }

    /// <summary>Takes the sums of a weight of a run's cells times each pair of columns.</summary>
    internal void SetMoments(int run, ReadOnlySpan<double> weights)
    {
        var (start, pairs) = (layout.RunStarts[run], layout.Columns.Pairs);
        for (var pair = 0; pair < pairs; pair++)
        {
            var product = layout.Columns.Product(pair, start, weights.Length);
            Moments[run * pairs + pair] = product.IsEmpty ? Vectors.Moments(weights).Sum : Vectors.Dot(product, weights);
        }
    }

    /// <summary>Z'v, from the sums of the runs.</summary>
    internal void GatherScores(double[] sums)
    {
        Array.Clear(sums);
        for (var g = 0; g < layout.Groupings.Count; g++)
        {
            var columns = layout.Groupings[g].Columns;
            for (var run = 0; run < layout.Runs; run++)
            {
                var start = layout.Pattern.Start(layout.Node(g, run));
                for (var k = 0; k < columns.Length; k++) sums[start + k] += Scores[run * count + columns[k]];
            }
        }
    }

    /// <summary>Z'WZ, from the sums of the runs.</summary>
    internal void GatherMoments(BlockMatrix a) => GatherMoments(Moments, a);

    /// <summary>The same from other sums of the runs.</summary>
    internal void GatherMoments(double[] moments, BlockMatrix a)
    {
        a.Clear();
        for (var row = 0; row < layout.Groupings.Count; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                if (layout.Columns.OnlyIntercept) AddNumbers(layout.Slots(row, column), moments, a.Values);
                else AddBlocks((row, column), moments, a);
            }
        }
    }

    // Blocks of a single number stand at their slots.
    private static void AddNumbers(int[] slots, double[] moments, double[] values)
    {
        for (var run = 0; run < slots.Length; run++) values[slots[run]] += moments[run];
    }

    private void AddBlocks((int Row, int Column) groupings, double[] moments, BlockMatrix a)
    {
        var (rows, columns) = (layout.Groupings[groupings.Row].Columns, layout.Groupings[groupings.Column].Columns);
        var (slots, pairs) = (layout.Slots(groupings.Row, groupings.Column), layout.Columns.Pairs);
        for (var run = 0; run < slots.Length; run++)
        {
            var block = a.Block(slots[run]);
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j < columns.Length; j++)
                    block[i * columns.Length + j] += moments[run * pairs + EffectColumns.Pair(rows[i], columns[j])];
            }
        }
    }

    /// <summary>
    /// Writes z'V z of each cell of a run, where z holds the cell's columns of all groupings and V is a symmetric matrix on the pattern.
    /// </summary>
    internal void Leverage(int run, BlockMatrix v, Span<double> values)
    {
        Span<double> ofPairs = stackalloc double[layout.Columns.Pairs];
        ofPairs.Clear();
        for (var row = 0; row < layout.Groupings.Count; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var (rows, columns) = (layout.Groupings[row].Columns, layout.Groupings[column].Columns);
                var block = v.Block(layout.Slots(row, column)[run]);

                // A block beside the diagonal stands for its mirror image too; a square one holds both.
                var times = row == column ? 1 : 2;
                for (var i = 0; i < rows.Length; i++)
                {
                    for (var j = 0; j < columns.Length; j++)
                        ofPairs[EffectColumns.Pair(rows[i], columns[j])] += times * block[i * columns.Length + j];
                }
            }
        }

        values.Clear();
        for (var pair = 0; pair < ofPairs.Length; pair++)
        {
            var product = layout.Columns.Product(pair, layout.RunStarts[run], values.Length);
            if (product.IsEmpty) Vectors.Subtract(values, -ofPairs[pair]);
            else Vectors.AddTimes(values, ofPairs[pair], product);
        }
    }
}
