using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>The weighted sums over cells that gradients and Hessians are made of, in vector instructions.</summary>
internal static class WeightedProducts
{
    // Cells whose columns are taken from memory once and then stay in the cache while all pairs of columns pass over them.
    private const int BlockCells = 512;

    /// <summary>Adds a multiple of a column: y += a x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddTimes(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        ref var to = ref MemoryMarshal.GetReference(y);
        ref var from = ref MemoryMarshal.GetReference(x);
        var (count, step, i) = ((nuint)y.Length, (nuint)Vector<double>.Count, (nuint)0);
        var factor = new Vector<double>(a);
        for (; i + step <= count; i += step)
            Vector.MultiplyAddEstimate(factor, Vector.LoadUnsafe(ref from, i), Vector.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
        for (; i < count; i++) Unsafe.Add(ref to, i) += a * Unsafe.Add(ref from, i);
    }

    /// <summary>The sums over a group's cells of a column times the score, the weight and the weight's two derivatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (double Score, double Weight, double WeightSlope, double WeightCurve) Sums(ReadOnlySpan<double> column, in CellSpan cells)
    {
        ref var x = ref MemoryMarshal.GetReference(column);
        ref var d0 = ref MemoryMarshal.GetReference(cells.Score);
        ref var w0 = ref MemoryMarshal.GetReference(cells.Weight);
        ref var w1 = ref MemoryMarshal.GetReference(cells.WeightSlope);
        ref var w2 = ref MemoryMarshal.GetReference(cells.WeightCurve);
        var (count, step, i) = ((nuint)column.Length, (nuint)Vector<double>.Count, (nuint)0);
        var (d, w, v, c) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (; i + step <= count; i += step)
        {
            var value = Vector.LoadUnsafe(ref x, i);
            d = Vector.MultiplyAddEstimate(value, Vector.LoadUnsafe(ref d0, i), d);
            w = Vector.MultiplyAddEstimate(value, Vector.LoadUnsafe(ref w0, i), w);
            v = Vector.MultiplyAddEstimate(value, Vector.LoadUnsafe(ref w1, i), v);
            c = Vector.MultiplyAddEstimate(value, Vector.LoadUnsafe(ref w2, i), c);
        }

        var (sd, sw, sv, sc) = (Vector.Sum(d), Vector.Sum(w), Vector.Sum(v), Vector.Sum(c));
        for (; i < count; i++)
        {
            var value = Unsafe.Add(ref x, i);
            (sd, sw, sv, sc) = (sd + value * Unsafe.Add(ref d0, i), sw + value * Unsafe.Add(ref w0, i),
                sv + value * Unsafe.Add(ref w1, i), sc + value * Unsafe.Add(ref w2, i));
        }

        return (sd, sw, sv, sc);
    }

    /// <summary>Adds the sum over cells of weight times x x' to the lower triangle of a matrix.</summary>
    /// <param name="columns">The columns of x.</param>
    /// <param name="start">The first cell.</param>
    /// <param name="weights">The weight of each cell from there; may be negative.</param>
    /// <param name="matrix">Takes the sum in its leading rows and columns.</param>
    internal static void AddCrossProduct(IReadOnlyList<double[]> columns, int start, ReadOnlySpan<double> weights, double[,] matrix)
    {
        for (var from = 0; from < weights.Length; from += BlockCells)
        {
            var block = weights.Slice(from, Math.Min(BlockCells, weights.Length - from));
            for (var row = 0; row < columns.Count; row += 2)
            {
                var second = Math.Min(row + 1, columns.Count - 1);
                for (var column = 0; column <= second; column += 3)
                    AddTile(new Tile(columns, start + from, row, column), block, matrix);
            }
        }
    }

    // Two rows by three columns of the matrix at a time: six sums in registers for seven loads. A tile that reaches over the edge of the
    // matrix repeats its last row or column, whose sums are then not added.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile(in Tile tile, ReadOnlySpan<double> weights, double[,] matrix)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var a0 = ref tile.Row(0);
        ref var a1 = ref tile.Row(1);
        ref var b0 = ref tile.Column(0);
        ref var b1 = ref tile.Column(1);
        ref var b2 = ref tile.Column(2);
        var (count, step, i) = ((nuint)weights.Length, (nuint)Vector<double>.Count, (nuint)0);
        Vector<double> s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
        for (; i + step <= count; i += step)
        {
            var weight = Vector.LoadUnsafe(ref w, i);
            var (x0, x1) = (weight * Vector.LoadUnsafe(ref a0, i), weight * Vector.LoadUnsafe(ref a1, i));
            var (y0, y1, y2) = (Vector.LoadUnsafe(ref b0, i), Vector.LoadUnsafe(ref b1, i), Vector.LoadUnsafe(ref b2, i));
            s00 = Vector.MultiplyAddEstimate(x0, y0, s00);
            s01 = Vector.MultiplyAddEstimate(x0, y1, s01);
            s02 = Vector.MultiplyAddEstimate(x0, y2, s02);
            s10 = Vector.MultiplyAddEstimate(x1, y0, s10);
            s11 = Vector.MultiplyAddEstimate(x1, y1, s11);
            s12 = Vector.MultiplyAddEstimate(x1, y2, s12);
        }

        var (t00, t01, t02, t10, t11, t12) = (Vector.Sum(s00), Vector.Sum(s01), Vector.Sum(s02), Vector.Sum(s10), Vector.Sum(s11), Vector.Sum(s12));
        for (; i < count; i++)
        {
            var (x0, x1) = (Unsafe.Add(ref w, i) * Unsafe.Add(ref a0, i), Unsafe.Add(ref w, i) * Unsafe.Add(ref a1, i));
            var (y0, y1, y2) = (Unsafe.Add(ref b0, i), Unsafe.Add(ref b1, i), Unsafe.Add(ref b2, i));
            (t00, t01, t02, t10, t11, t12) = (t00 + x0 * y0, t01 + x0 * y1, t02 + x0 * y2, t10 + x1 * y0, t11 + x1 * y1, t12 + x1 * y2);
        }

        tile.Add(matrix, 0, (t00, t01, t02));
        tile.Add(matrix, 1, (t10, t11, t12));
    }

    /// <summary>A place in the lower triangle of a cross product: two rows and three columns.</summary>
    private readonly struct Tile(IReadOnlyList<double[]> columns, int start, int row, int column)
    {
        internal ref double Row(int offset) => ref columns[Math.Min(row + offset, columns.Count - 1)][start];

        internal ref double Column(int offset) => ref columns[Math.Min(column + offset, columns.Count - 1)][start];

        internal void Add(double[,] matrix, int offset, (double A, double B, double C) sums)
        {
            var at = row + offset;
            if (at >= columns.Count) return;
            if (column <= at) matrix[at, column] += sums.A;
            if (column + 1 <= at) matrix[at, column + 1] += sums.B;
            if (column + 2 <= at) matrix[at, column + 2] += sums.C;
        }
    }
}
