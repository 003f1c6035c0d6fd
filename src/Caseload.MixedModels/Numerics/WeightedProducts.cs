using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Caseload.MixedModels.Numerics;

/// <summary>The weighted sums over cells that gradients and Hessians are made of, in vector instructions.</summary>
internal static class WeightedProducts
{
    /// <summary>The sums over cells of a column times each of four weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (double First, double Second, double Third, double Fourth) Sums(ReadOnlySpan<double> column,
        in FourSpans weights)
    {
        ref var x = ref MemoryMarshal.GetReference(column);
        ref var d0 = ref MemoryMarshal.GetReference(weights.First);
        ref var w0 = ref MemoryMarshal.GetReference(weights.Second);
        ref var w1 = ref MemoryMarshal.GetReference(weights.Third);
        ref var w2 = ref MemoryMarshal.GetReference(weights.Fourth);
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
}
