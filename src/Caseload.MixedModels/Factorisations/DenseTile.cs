using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// Work on tiles of 4 by 4 numbers of row-major matrices that share a stride. All products are of rows with rows, so that both are read in
/// the order in which they are stored, and the sixteen sums of a tile stay in registers.
/// </summary>
internal static class DenseTile
{
    /// <summary>The side of a tile.</summary>
    internal const int Width = 4;

    /// <summary>Subtracts from a tile the products of four rows with four others.</summary>
    /// <param name="rows">The first number of the rows that belong to the tile's rows.</param>
    /// <param name="columns">The first number of the rows that belong to the tile's columns.</param>
    /// <param name="target">The tile's first number.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="length">The numbers of each row that are multiplied, a multiple of 4.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Subtract(ref double rows, ref double columns, ref double target, nuint stride, nuint length)
    {
        ref var row1 = ref Unsafe.Add(ref rows, stride);
        ref var row2 = ref Unsafe.Add(ref row1, stride);
        ref var row3 = ref Unsafe.Add(ref row2, stride);
        ref var column1 = ref Unsafe.Add(ref columns, stride);
        ref var column2 = ref Unsafe.Add(ref column1, stride);
        ref var column3 = ref Unsafe.Add(ref column2, stride);
        Vector256<double> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector256<double> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector256<double> s20 = default, s21 = default, s22 = default, s23 = default;
        Vector256<double> s30 = default, s31 = default, s32 = default, s33 = default;
        for (nuint i = 0; i < length; i += 4)
        {
            var (c0, c1) = (Vector256.LoadUnsafe(ref columns, i), Vector256.LoadUnsafe(ref column1, i));
            var (c2, c3) = (Vector256.LoadUnsafe(ref column2, i), Vector256.LoadUnsafe(ref column3, i));
            var r = Vector256.LoadUnsafe(ref rows, i);
            s00 = Vector256.MultiplyAddEstimate(r, c0, s00);
            s01 = Vector256.MultiplyAddEstimate(r, c1, s01);
            s02 = Vector256.MultiplyAddEstimate(r, c2, s02);
            s03 = Vector256.MultiplyAddEstimate(r, c3, s03);
            r = Vector256.LoadUnsafe(ref row1, i);
            s10 = Vector256.MultiplyAddEstimate(r, c0, s10);
            s11 = Vector256.MultiplyAddEstimate(r, c1, s11);
            s12 = Vector256.MultiplyAddEstimate(r, c2, s12);
            s13 = Vector256.MultiplyAddEstimate(r, c3, s13);
            r = Vector256.LoadUnsafe(ref row2, i);
            s20 = Vector256.MultiplyAddEstimate(r, c0, s20);
            s21 = Vector256.MultiplyAddEstimate(r, c1, s21);
            s22 = Vector256.MultiplyAddEstimate(r, c2, s22);
            s23 = Vector256.MultiplyAddEstimate(r, c3, s23);
            r = Vector256.LoadUnsafe(ref row3, i);
            s30 = Vector256.MultiplyAddEstimate(r, c0, s30);
            s31 = Vector256.MultiplyAddEstimate(r, c1, s31);
            s32 = Vector256.MultiplyAddEstimate(r, c2, s32);
            s33 = Vector256.MultiplyAddEstimate(r, c3, s33);
        }

        SubtractSums(ref target, s00, s01, s02, s03);
        SubtractSums(ref Unsafe.Add(ref target, stride), s10, s11, s12, s13);
        SubtractSums(ref Unsafe.Add(ref target, 2 * stride), s20, s21, s22, s23);
        SubtractSums(ref Unsafe.Add(ref target, 3 * stride), s30, s31, s32, s33);
    }

    /// <summary>Solves X L' = B: B is the tile, which becomes X, and L a lower triangle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SolveTransposed(ref double tile, ref double triangle, nuint stride)
    {
        for (nuint row = 0; row < Width; row++)
        {
            ref var x = ref Unsafe.Add(ref tile, row * stride);
            for (nuint column = 0; column < Width; column++)
            {
                ref var l = ref Unsafe.Add(ref triangle, column * stride);
                var rest = Unsafe.Add(ref x, column);
                for (nuint i = 0; i < column; i++) rest -= Unsafe.Add(ref x, i) * Unsafe.Add(ref l, i);
                Unsafe.Add(ref x, column) = rest / Unsafe.Add(ref l, column);
            }
        }
    }

    /// <summary>Solves X L = B for one row of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Solve(ref double row, ref double triangle, nuint stride)
    {
        for (var column = Width - 1; column >= 0; column--)
        {
            var rest = Unsafe.Add(ref row, column);
            for (var i = column + 1; i < Width; i++)
                rest -= Unsafe.Add(ref row, i) * Unsafe.Add(ref triangle, (nuint)i * stride + (nuint)column);
            Unsafe.Add(ref row, column) = rest / Unsafe.Add(ref triangle, (nuint)column * stride + (nuint)column);
        }
    }

    /// <summary>Factorises a tile on the diagonal.</summary>
    /// <param name="tile">Its first number.</param>
    /// <param name="stride">The distance between rows.</param>
    /// <param name="floors">What each squared diagonal entry must exceed.</param>
    /// <returns>Whether each does.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool Factor(ref double tile, nuint stride, ReadOnlySpan<double> floors)
    {
        for (nuint row = 0; row < Width; row++)
        {
            ref var x = ref Unsafe.Add(ref tile, row * stride);
            for (nuint column = 0; column <= row; column++)
            {
                ref var l = ref Unsafe.Add(ref tile, column * stride);
                var rest = Unsafe.Add(ref x, column);
                for (nuint i = 0; i < column; i++) rest -= Unsafe.Add(ref x, i) * Unsafe.Add(ref l, i);
                if (column < row) Unsafe.Add(ref x, column) = rest / Unsafe.Add(ref l, column);
                else if (rest > floors[(int)row] && rest < double.PositiveInfinity) Unsafe.Add(ref x, column) = Math.Sqrt(rest);
                else return false;
            }
        }

        return true;
    }

    private static void SubtractSums(ref double row, Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d) =>
        (Vector256.LoadUnsafe(ref row) - Vector256.Create(Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d)))
            .StoreUnsafe(ref row);
}
