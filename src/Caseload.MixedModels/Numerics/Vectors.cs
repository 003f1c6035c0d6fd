using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Caseload.MixedModels.Numerics;

/// <summary>Sums over arrays of numbers in vector instructions.</summary>
internal static class Vectors
{
    /// <summary>The sum of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        var (count, step, i) = ((nuint)a.Length, (nuint)Vector<double>.Count, (nuint)0);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        for (; i + 2 * step <= count; i += 2 * step)
        {
            even = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref x, i), Vector.LoadUnsafe(ref y, i), even);
            odd = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref x, i + step), Vector.LoadUnsafe(ref y, i + step), odd);
        }

        var sum = Vector.Sum(even + odd);
        for (; i < count; i++) sum += Unsafe.Add(ref x, i) * Unsafe.Add(ref y, i);
        return sum;
    }

    /// <summary>Adds a multiple of an array: y += a x.</summary>
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

    /// <summary>Replaces y by a x + b z - y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CombineLess(Span<double> y, (double A, double B) factors, ReadOnlySpan<double> x, ReadOnlySpan<double> z)
    {
        ref var to = ref MemoryMarshal.GetReference(y);
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var second = ref MemoryMarshal.GetReference(z);
        var (count, step, i) = ((nuint)y.Length, (nuint)Vector<double>.Count, (nuint)0);
        var (a, b) = (new Vector<double>(factors.A), new Vector<double>(factors.B));
        for (; i + step <= count; i += step)
        {
            var sum = a * Vector.LoadUnsafe(ref first, i) + b * Vector.LoadUnsafe(ref second, i) - Vector.LoadUnsafe(ref to, i);
            sum.StoreUnsafe(ref to, i);
        }

        for (; i < count; i++)
            Unsafe.Add(ref to, i) = factors.A * Unsafe.Add(ref first, i) + factors.B * Unsafe.Add(ref second, i) - Unsafe.Add(ref to, i);
    }

    /// <summary>Adds a symmetric matrix of low rank, a b' + b a' + c c', to the lower triangle of a matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddLowRank(double[,] matrix, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c)
    {
        ref var x = ref MemoryMarshal.GetReference(a);
        ref var y = ref MemoryMarshal.GetReference(b);
        ref var z = ref MemoryMarshal.GetReference(c);
        var step = (nuint)Vector<double>.Count;
        for (var row = 0; row < a.Length; row++)
        {
            ref var to = ref matrix[row, 0];
            var (ar, br, cr) = (new Vector<double>(a[row]), new Vector<double>(b[row]), new Vector<double>(c[row]));
            nuint i = 0;
            for (; i + step <= (nuint)row + 1; i += step)
            {
                var sum = Vector.MultiplyAddEstimate(ar, Vector.LoadUnsafe(ref y, i), Vector.LoadUnsafe(ref to, i));
                sum = Vector.MultiplyAddEstimate(br, Vector.LoadUnsafe(ref x, i), sum);
                Vector.MultiplyAddEstimate(cr, Vector.LoadUnsafe(ref z, i), sum).StoreUnsafe(ref to, i);
            }

            for (; i <= (nuint)row; i++)
                Unsafe.Add(ref to, i) += a[row] * Unsafe.Add(ref y, i) + b[row] * Unsafe.Add(ref x, i) + c[row] * Unsafe.Add(ref z, i);
        }
    }

    /// <summary>The sum of numbers and of their squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (double Sum, double Squares) Moments(ReadOnlySpan<double> values)
    {
        ref var x = ref MemoryMarshal.GetReference(values);
        var (count, step, i) = ((nuint)values.Length, (nuint)Vector<double>.Count, (nuint)0);
        var (sums, squares) = (Vector<double>.Zero, Vector<double>.Zero);
        for (; i + step <= count; i += step)
        {
            var value = Vector.LoadUnsafe(ref x, i);
            sums += value;
            squares = Vector.MultiplyAddEstimate(value, value, squares);
        }

        var (sum, square) = (Vector.Sum(sums), Vector.Sum(squares));
        for (; i < count; i++) (sum, square) = (sum + Unsafe.Add(ref x, i), square + Unsafe.Add(ref x, i) * Unsafe.Add(ref x, i));
        return (sum, square);
    }

    /// <summary>Subtracts a centre from each number.</summary>
    internal static void Subtract(Span<double> values, double centre)
    {
        for (var i = 0; i < values.Length; i++) values[i] -= centre;
    }

    /// <summary>Multiplies each number by a factor.</summary>
    internal static void Multiply(Span<double> values, double factor)
    {
        for (var i = 0; i < values.Length; i++) values[i] *= factor;
    }
}
