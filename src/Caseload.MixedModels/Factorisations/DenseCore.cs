using System.Runtime.CompilerServices;

namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// Cholesky factor and inverse of the core, a row-major square of which the lower triangle counts. Each tile is computed whole by one thread in one
/// order, so results do not depend on the number of processors.
/// </summary>
/// <param name="start">The first number of the square in the arrays that the methods take.</param>
/// <param name="stride">Its side, padded to whole tiles with an identity matrix.</param>
internal sealed class DenseCore(int start, int stride)
{
    // Rows of a band: as many as stay in the second cache while others pass by.
    private const int Band = 32;

    // Bands of less work than this, in multiplications, are not worth a second thread.
    private const long WorthSharing = 1_000_000;

    /// <summary>Factorises the square in place.</summary>
    /// <param name="numbers">The array that holds it.</param>
    /// <param name="floors">What each squared diagonal entry must exceed.</param>
    /// <returns>Whether the matrix is positive definite.</returns>
    internal bool Factor(double[] numbers, double[] floors)
    {
        for (var band = 0; band < stride; band += Band)
        {
            var end = Math.Min(stride, band + Band);
            for (var row = band; row < end; row += DenseTile.Width)
            {
                FinishRows(numbers, numbers, (row, 0), (band, row));
                DenseTile.Subtract(ref At(numbers, row, 0), ref At(numbers, row, 0), ref At(numbers, row, row), (nuint)stride, (nuint)row);
                if (!DenseTile.Factor(ref At(numbers, row, row), (nuint)stride, floors.AsSpan(row))) return false;
            }

            ForRows(end, stride, (long)end * (end - band), row => FinishRows(numbers, numbers, (row, 0), (band, end)));
        }

        return true;
    }

    /// <summary>
    /// The inverse from the factor L. The rows of U = L'^-1 solve U L' = I, as the rows below a tile do in the factorisation; the inverse is U U'.
    /// </summary>
    /// <param name="numbers">The array that holds the factor.</param>
    /// <param name="inverse">The array whose square takes the inverse, both triangles.</param>
    internal void Inverse(double[] numbers, double[] inverse)
    {
        Array.Clear(inverse, start, stride * stride);
        for (var row = 0; row < stride; row++) At(inverse, row, row) = 1;
        for (var band = 0; band < stride; band += Band)
        {
            var end = Math.Min(stride, band + Band);
            ForRows(0, end, (long)end * (end - band) / 2, row => FinishRows(inverse, numbers, (row, row), (Math.Max(row, band), end)));
        }

        var bands = (stride + Band - 1) / Band;
        if ((long)stride * stride * Band < WorthSharing) for (var band = 0; band < bands; band++) MultiplyBand(inverse, band * Band);
        else Parallel.For(0, bands, band => MultiplyBand(inverse, band * Band));
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

    /// <summary>Solves X L = B for one row B, in place.</summary>
    internal void Solve(double[] numbers, Span<double> row)
    {
        for (var column = stride - DenseTile.Width; column >= 0; column -= DenseTile.Width)
        {
            DenseTile.Solve(ref row[column], ref At(numbers, column, column), (nuint)stride);
            for (var i = 0; i < DenseTile.Width; i++)
                Numerics.Vectors.AddTimes(row[..column], -row[column + i], numbers.AsSpan(start + (column + i) * stride, column));
        }
    }

    private ref double At(double[] numbers, int row, int column) => ref numbers[start + row * stride + column];

    // Four rows X of X L' = B between two columns; what X holds before its first column is 0.
    private void FinishRows(double[] rows, double[] factor, (int Row, int First) at, (int From, int To) columns)
    {
        for (var column = columns.From; column < columns.To; column += DenseTile.Width)
        {
            ref var target = ref At(rows, at.Row, column);
            DenseTile.Subtract(ref At(rows, at.Row, at.First), ref At(factor, column, at.First), ref target, (nuint)stride, (nuint)(column - at.First));
            DenseTile.SolveTransposed(ref target, ref At(factor, column, column), (nuint)stride);
        }
    }

    // Minus U U' for some rows and the columns up to the diagonal. U is 0 below its diagonal, where the product goes; on the diagonal the product
    // takes the place of a tile of U that no other tile reads.
    private void MultiplyBand(double[] inverse, int band)
    {
        var end = Math.Min(stride, band + Band);
        for (var column = 0; column < end; column += DenseTile.Width)
        {
            for (var row = Math.Max(band, column + DenseTile.Width); row < end; row += DenseTile.Width)
            {
                ref var target = ref At(inverse, row, column);
                DenseTile.Subtract(ref At(inverse, row, row), ref At(inverse, column, row), ref target, (nuint)stride, (nuint)(stride - row));
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

    private static void ForRows(int from, int to, long workPerRow, Action<int> finish)
    {
        var tiles = (to - from) / DenseTile.Width;
        if (tiles * workPerRow < WorthSharing / DenseTile.Width)
            for (var tile = 0; tile < tiles; tile++) finish(from + tile * DenseTile.Width);
        else
            Parallel.For(0, tiles, tile => finish(from + tile * DenseTile.Width));
    }
}
