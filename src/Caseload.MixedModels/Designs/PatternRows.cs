using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Designs;

/// <summary>
/// The columns that depend on the pattern alone, a row a pattern: one after another in memory, with a 1 behind the last column, so that
/// the sum of weights comes with the others, and room up to a whole number of vectors.
/// </summary>
internal sealed class PatternRows
{
    private const int Lanes = 4;
    private readonly double[] values;

    internal PatternRows(IReadOnlyList<double[]> columns, int patterns)
    {
        Stride = (columns.Count + 1 + Lanes - 1) / Lanes * Lanes;
        values = new double[patterns * Stride];
        for (var pattern = 0; pattern < patterns; pattern++)
        {
            var row = values.AsSpan(pattern * Stride, Stride);
            for (var k = 0; k < columns.Count; k++) row[k] = columns[k][pattern];
            row[columns.Count] = 1;
        }
    }

    /// <summary>The numbers a row: the columns, the 1 and what fills the last vector.</summary>
    internal int Stride { get; }

    /// <summary>Writes the sums over some cells of a weight times the row of each.</summary>
    /// <param name="patterns">The patterns of the cells.</param>
    /// <param name="weights">The weight of each.</param>
    /// <param name="sums">Takes a row.</param>
    internal void Sums(ReadOnlySpan<int> patterns, ReadOnlySpan<double> weights, Span<double> sums)
    {
        var from = 0;
        for (; from + 6 * Lanes <= Stride; from += 6 * Lanes) SixVectors(patterns, weights, from, sums);
        for (; from < Stride; from += Lanes) OneVector(patterns, weights, from, sums);
    }

    /// <summary>Writes the sums over some cells of four weights times the row of each.</summary>
    /// <param name="patterns">The patterns of the cells.</param>
    /// <param name="weights">The four weights of each.</param>
    /// <param name="sums">Takes four rows.</param>
    internal void Sums(ReadOnlySpan<int> patterns, in FourSpans weights, in FourSpans sums)
    {
        var from = 0;
        for (; from + 3 * Lanes <= Stride; from += 3 * Lanes) ThreeVectors(patterns, weights, from, sums);
        for (; from < Stride; from += Lanes) OneVector(patterns, weights, from, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SixVectors(ReadOnlySpan<int> patterns, ReadOnlySpan<double> weights, int from, Span<double> sums)
    {
        ref var column = ref values[from];
        ref var w = ref MemoryMarshal.GetReference(weights);
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
        for (var i = 0; i < patterns.Length; i++)
        {
            ref var row = ref Unsafe.Add(ref column, patterns[i] * Stride);
            var weight = Vector256.Create(Unsafe.Add(ref w, i));
            s0 = Add(s0, weight, Vector256.LoadUnsafe(ref row));
            s1 = Add(s1, weight, Vector256.LoadUnsafe(ref row, Lanes));
            s2 = Add(s2, weight, Vector256.LoadUnsafe(ref row, 2 * Lanes));
            s3 = Add(s3, weight, Vector256.LoadUnsafe(ref row, 3 * Lanes));
            s4 = Add(s4, weight, Vector256.LoadUnsafe(ref row, 4 * Lanes));
            s5 = Add(s5, weight, Vector256.LoadUnsafe(ref row, 5 * Lanes));
        }

        Store(sums[from..], s0, s1, s2);
        Store(sums[(from + 3 * Lanes)..], s3, s4, s5);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OneVector(ReadOnlySpan<int> patterns, ReadOnlySpan<double> weights, int from, Span<double> sums)
    {
        ref var column = ref values[from];
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < patterns.Length; i++)
            sum = Add(sum, Vector256.Create(weights[i]), Vector256.LoadUnsafe(ref column, (nuint)(patterns[i] * Stride)));
        sum.CopyTo(sums[from..]);
    }

    // Four weights by three vectors of columns: twelve sums stay in registers while the cells pass.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ThreeVectors(ReadOnlySpan<int> patterns, in FourSpans weights, int from, in FourSpans sums)
    {
        ref var column = ref values[from];
        ref var d = ref MemoryMarshal.GetReference(weights.First);
        ref var w = ref MemoryMarshal.GetReference(weights.Second);
        ref var v = ref MemoryMarshal.GetReference(weights.Third);
        ref var c = ref MemoryMarshal.GetReference(weights.Fourth);
        Vector256<double> d0 = default, d1 = default, d2 = default, w0 = default, w1 = default, w2 = default;
        Vector256<double> v0 = default, v1 = default, v2 = default, c0 = default, c1 = default, c2 = default;
        for (var i = 0; i < patterns.Length; i++)
        {
            ref var row = ref Unsafe.Add(ref column, patterns[i] * Stride);
            var x0 = Vector256.LoadUnsafe(ref row);
            var x1 = Vector256.LoadUnsafe(ref row, Lanes);
            var x2 = Vector256.LoadUnsafe(ref row, 2 * Lanes);
            var weight = Vector256.Create(Unsafe.Add(ref d, i));
            (d0, d1, d2) = (Add(d0, weight, x0), Add(d1, weight, x1), Add(d2, weight, x2));
            weight = Vector256.Create(Unsafe.Add(ref w, i));
            (w0, w1, w2) = (Add(w0, weight, x0), Add(w1, weight, x1), Add(w2, weight, x2));
            weight = Vector256.Create(Unsafe.Add(ref v, i));
            (v0, v1, v2) = (Add(v0, weight, x0), Add(v1, weight, x1), Add(v2, weight, x2));
            weight = Vector256.Create(Unsafe.Add(ref c, i));
            (c0, c1, c2) = (Add(c0, weight, x0), Add(c1, weight, x1), Add(c2, weight, x2));
        }

        Store(sums.First[from..], d0, d1, d2);
        Store(sums.Second[from..], w0, w1, w2);
        Store(sums.Third[from..], v0, v1, v2);
        Store(sums.Fourth[from..], c0, c1, c2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OneVector(ReadOnlySpan<int> patterns, in FourSpans weights, int from, in FourSpans sums)
    {
        ref var column = ref values[from];
        Vector256<double> d = default, w = default, v = default, c = default;
        for (var i = 0; i < patterns.Length; i++)
        {
            var x = Vector256.LoadUnsafe(ref column, (nuint)(patterns[i] * Stride));
            d = Add(d, Vector256.Create(weights.First[i]), x);
            w = Add(w, Vector256.Create(weights.Second[i]), x);
            v = Add(v, Vector256.Create(weights.Third[i]), x);
            c = Add(c, Vector256.Create(weights.Fourth[i]), x);
        }

        d.CopyTo(sums.First[from..]);
        w.CopyTo(sums.Second[from..]);
        v.CopyTo(sums.Third[from..]);
        c.CopyTo(sums.Fourth[from..]);
    }

    private static void Store(Span<double> sums, Vector256<double> first, Vector256<double> second, Vector256<double> third)
    {
        first.CopyTo(sums);
        second.CopyTo(sums[Lanes..]);
        third.CopyTo(sums[(2 * Lanes)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Add(Vector256<double> sum, Vector256<double> weight, Vector256<double> row) =>
        Vector256.MultiplyAddEstimate(weight, row, sum);
}
