using System.Runtime.CompilerServices;

namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// Cholesky factor and inverse of the core, a row-major square of which the lower triangle counts. Each tile is computed whole by one
/// thread in one order, so results do not depend on the number of processors.
/// </summary>
/// <param name="start">The first number of the square in the arrays that the methods take.</param>
/// <param name="stride">Its side, padded to whole tiles with an identity matrix.</param>
internal sealed class DenseCore(int start, int stride)
{
    // A band of this many rows, taken this many columns at a time, stays in the second cache while other rows pass by.
    private const int Band = 64;
    private const int Depth = 512;

    // Passes of less work than this, in multiplications, are not worth a second thread.
    private const long WorthSharing = 1_000_000;

    /// <summary>Factorises the square in place.</summary>
    /// <param name="numbers">The array that holds it.</param>
    /// <param name="floors">What each squared diagonal entry must exceed.</param>
    /// <returns>Whether the matrix is positive definite.</returns>
    internal bool Factor(double[] numbers, double[] floors)
    {
        for (var band = 0; band < stride; band += Band)
        {
            (int From, int To) columns = (band, Math.Min(stride, band + Band));
            for (var depth = 0; depth < band; depth += Depth)
            {
                var along = (depth, Math.Min(band, depth + Depth));
                ForRows((band, stride), Work(along, columns), row => SubtractTiles(numbers, numbers, row, along, columns));
            }

            for (var row = band; row < columns.To; row += DenseTile.Width)
            {
                FinishTiles(numbers, numbers, row, band, (band, row));
                DenseTile.Subtract(
                    ref At(numbers, row, band), ref At(numbers, row, band), ref At(numbers, row, row), (nuint)stride, (nuint)(row - band));
                if (!DenseTile.Factor(ref At(numbers, row, row), (nuint)stride, floors.AsSpan(row))) return false;
            }

            ForRows((columns.To, stride), Work(columns, columns), row => FinishTiles(numbers, numbers, row, columns.From, columns));
        }

        return true;
    }

    /// <summary>
    /// The inverse from the factor L. The rows of U = L'^-1 solve U L' = I, as the rows below a tile do in the factorisation; the inverse
    /// is U U'.
    /// </summary>
    /// <param name="numbers">The array that holds the factor.</param>
    /// <param name="inverse">The array whose square takes the inverse, both triangles.</param>
    internal void Inverse(double[] numbers, double[] inverse)
    {
        Array.Clear(inverse, start, stride * stride);
        for (var row = 0; row < stride; row++) At(inverse, row, row) = 1;
        for (var band = 0; band < stride; band += Band)
        {
            (int From, int To) columns = (band, Math.Min(stride, band + Band));
            for (var depth = 0; depth < band; depth += Depth)
            {
                var (start, end) = (depth, Math.Min(band, depth + Depth));
                ForRows((0, end), Work((start, end), columns),
                    row => SubtractTiles(inverse, numbers, row, (Math.Max(row, start), end), columns));
            }

            ForRows((0, columns.To), Work(columns, columns), row =>
            {
                var first = Math.Max(row, columns.From);
                FinishTiles(inverse, numbers, row, first, (first, columns.To));
            });
        }

        ForBands(band => MultiplyBand(inverse, band));
        for (var row = 0; row < stride; row++)
        {
            for (var column = 0; column <= row; column++)
                At(inverse, column, row) = At(inverse, row, column) = -At(inverse, row, column);
        }
    }

    /// <summary>Solves X L' = B for four rows B, in place.</summary>
    internal void SolveTransposed(double[] numbers, Span<double> rows)
    {
        for (var column = 0; column < stride; column += DenseTile.Width)
        {
            DenseTile.Subtract(ref rows[0], ref At(numbers, column, 0), ref rows[column], (nuint)stride, (nuint)column);
            DenseTile.SolveTransposed(ref rows[column], ref At(numbers, column, column), (nuint)stride);
        }
    }

    /// <summary>Solves X L = B for some rows B, in place.</summary>
    internal void Solve(double[] numbers, Span<double> rows, int count)
    {
        for (var column = stride - DenseTile.Width; column >= 0; column -= DenseTile.Width)
        {
            for (var row = 0; row < count; row++)
            {
                var x = rows.Slice(row * stride, column + DenseTile.Width);
                DenseTile.Solve(ref x[column], ref At(numbers, column, column), (nuint)stride);
                for (var i = 0; i < DenseTile.Width; i++)
                    Numerics.Vectors.AddTimes(x[..column], -x[column + i], numbers.AsSpan(start + (column + i) * stride, column));
            }
        }
    }

    private ref double At(double[] numbers, int row, int column) => ref numbers[start + row * stride + column];

    // Multiplications for four rows.
    private static long Work((int From, int To) along, (int From, int To) columns) =>
        (long)DenseTile.Width * (along.To - along.From) * (columns.To - columns.From);

    // Subtracts from four rows, between two columns, their products with the factor's rows along some earlier columns.
    private void SubtractTiles(double[] rows, double[] factor, int row, (int From, int To) along, (int From, int To) columns)
    {
        for (var column = columns.From; column < columns.To; column += DenseTile.Width)
        {
            DenseTile.Subtract(
                ref At(rows, row, along.From), ref At(factor, column, along.From), ref At(rows, row, column), (nuint)stride,
                (nuint)(along.To - along.From));
        }
    }

    // Four rows X of X L' = B between two columns, once the products along the columns before the first one have been subtracted.
    private void FinishTiles(double[] rows, double[] factor, int row, int first, (int From, int To) columns)
    {
        for (var column = columns.From; column < columns.To; column += DenseTile.Width)
        {
            ref var target = ref At(rows, row, column);
            DenseTile.Subtract(ref At(rows, row, first), ref At(factor, column, first), ref target, (nuint)stride, (nuint)(column - first));
            DenseTile.SolveTransposed(ref target, ref At(factor, column, column), (nuint)stride);
        }
    }

    // Minus U U' for some rows and the columns up to the diagonal. U is 0 below its diagonal, where the product goes; on the diagonal the
    // product takes the place of a tile of U that no other tile reads.
    private void MultiplyBand(double[] inverse, int band)
    {
        var end = Math.Min(stride, band + Band);
        for (var depth = band; depth < stride; depth += Depth)
        {
            var depthEnd = Math.Min(stride, depth + Depth);
            for (var column = 0; column < end; column += DenseTile.Width)
            {
                for (var row = Math.Max(band, column + DenseTile.Width); row < end; row += DenseTile.Width)
                {
                    // Rows of U begin at their diagonal, which may lie beyond this stretch.
                    var from = Math.Max(row, depth);
                    ref var target = ref At(inverse, row, column);
                    DenseTile.Subtract(
                        ref At(inverse, row, from), ref At(inverse, column, from), ref target, (nuint)stride,
                        (nuint)Math.Max(0, depthEnd - from));
                }
            }
        }

        for (var row = band; row < end; row += DenseTile.Width) MultiplyDiagonal(inverse, row);
    }

    private void MultiplyDiagonal(double[] inverse, int row)
    {
        for (var i = 0; i < DenseTile.Width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                // Column j takes its product only after the last row that reads U there.
                var sum = 0.0;
                for (var k = i; k < DenseTile.Width; k++) sum += At(inverse, row + i, row + k) * At(inverse, row + j, row + k);
                At(inverse, row + i, row + j) = -sum;
            }
        }

        var next = row + DenseTile.Width;
        if (next == stride) return;
        ref var rows = ref At(inverse, row, next);
        DenseTile.Subtract(ref rows, ref rows, ref At(inverse, row, row), (nuint)stride, (nuint)(stride - next));
    }

    private static void ForRows((int From, int To) rows, long workOfFour, Action<int> finish)
    {
        var tiles = (rows.To - rows.From) / DenseTile.Width;
        if (tiles * workOfFour < WorthSharing) for (var tile = 0; tile < tiles; tile++) finish(rows.From + tile * DenseTile.Width);
        else Parallel.For(0, tiles, tile => finish(rows.From + tile * DenseTile.Width));
    }

    private void ForBands(Action<int> finish)
    {
        var bands = (stride + Band - 1) / Band;
        if ((long)stride * stride * Band < WorthSharing) for (var band = 0; band < bands; band++) finish(band * Band);
        else Parallel.For(0, bands, band => finish(band * Band));
    }
}
