using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The binomial log-likelihood of a cell with a logit link, and its derivatives by the linear predictor. With t = exp(-|eta|) both
/// probabilities come without cancellation: the larger is 1 / (1 + t), the smaller t / (1 + t).
/// </summary>
internal sealed class LogisticKernel : ResponseKernel
{
    private const int Lanes = 4;

    internal static LogisticKernel Instance { get; } = new();

    /// <summary>c = 16 sqrt(3) / (15 pi).</summary>
    internal override double Attenuation => 0.345_843;

    internal override double Mean(double eta) => Probabilities(eta, out _).P;

    internal override KernelSums At(double successes, double trials, double eta)
    {
        var (p, q) = Probabilities(eta, out var t);
        var weight = trials * p * q;
        return new KernelSums(successes * eta - trials * (Math.Max(eta, 0) + StableFunctions.LogOnePlus(t)),
            successes * q - (trials - successes) * p, weight, weight * (q - p), weight * (1 - 6 * p * q));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override SlopeSums Slopes(in CellSpan cells, double shift)
    {
        ref var eta = ref MemoryMarshal.GetReference(cells.Eta);
        ref var s = ref MemoryMarshal.GetReference(cells.Successes);
        ref var n = ref MemoryMarshal.GetReference(cells.Trials);
        var (count, i) = ((nuint)cells.Eta.Length, (nuint)0);
        var (score, weight, slope) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (; i + Lanes <= count; i += Lanes)
        {
            var (trials, successes) = (Vector256.LoadUnsafe(ref n, i), Vector256.LoadUnsafe(ref s, i));
            var (p, q, _) = Probabilities(Vector256.LoadUnsafe(ref eta, i) + Vector256.Create(shift));
            var w = trials * p * q;
            score += successes * q - (trials - successes) * p;
            weight += w;
            slope = Vector256.MultiplyAddEstimate(w, q - p, slope);
        }

        var sums = new SlopeSums(Vector256.Sum(score), Vector256.Sum(weight), Vector256.Sum(slope));
        for (; i < count; i++) sums += At(Unsafe.Add(ref s, i), Unsafe.Add(ref n, i), Unsafe.Add(ref eta, i) + shift).Slopes;
        return sums;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override KernelSums Derivatives(in CellSpan cells, double shift)
    {
        ref var eta = ref MemoryMarshal.GetReference(cells.Eta);
        ref var s = ref MemoryMarshal.GetReference(cells.Successes);
        ref var n = ref MemoryMarshal.GetReference(cells.Trials);
        ref var d0 = ref MemoryMarshal.GetReference(cells.Score);
        ref var w0 = ref MemoryMarshal.GetReference(cells.Weight);
        ref var w1 = ref MemoryMarshal.GetReference(cells.WeightSlope);
        ref var w2 = ref MemoryMarshal.GetReference(cells.WeightCurve);
        var (count, i) = ((nuint)cells.Eta.Length, (nuint)0);
        var (one, six) = (Vector256<double>.One, Vector256.Create(6.0));
        Vector256<double> l = default, d = default, w = default, v = default, c = default;
        for (; i + Lanes <= count; i += Lanes)
        {
            var (trials, successes) = (Vector256.LoadUnsafe(ref n, i), Vector256.LoadUnsafe(ref s, i));
            var at = Vector256.LoadUnsafe(ref eta, i) + Vector256.Create(shift);
            var (p, q, t) = Probabilities(at);
            var variance = p * q;
            var score = successes * q - (trials - successes) * p;
            var weight = trials * variance;
            var slope = weight * (q - p);
            var curve = weight * (one - six * variance);
            score.StoreUnsafe(ref d0, i);
            weight.StoreUnsafe(ref w0, i);
            slope.StoreUnsafe(ref w1, i);
            curve.StoreUnsafe(ref w2, i);
            l += successes * at - trials * (Vector256.Max(at, Vector256<double>.Zero) + VectorFunctions.LogOnePlus(t));
            d += score;
            w += weight;
            v += slope;
            c += curve;
        }

        var sums = new KernelSums(Vector256.Sum(l), Vector256.Sum(d), Vector256.Sum(w), Vector256.Sum(v), Vector256.Sum(c));
        for (; i < count; i++)
        {
            var at = At(Unsafe.Add(ref s, i), Unsafe.Add(ref n, i), Unsafe.Add(ref eta, i) + shift);
            (Unsafe.Add(ref d0, i), Unsafe.Add(ref w0, i), Unsafe.Add(ref w1, i), Unsafe.Add(ref w2, i)) =
                (at.Score, at.Weight, at.WeightSlope, at.WeightCurve);
            sums += at;
        }

        return sums;
    }

    /// <summary>The probabilities of success and failure, and t = exp(-|eta|).</summary>
    private static (double P, double Q) Probabilities(double eta, out double t)
    {
        t = Math.Exp(-Math.Abs(eta));
        var larger = 1 / (1 + t);
        var smaller = t * larger;
        return eta >= 0 ? (larger, smaller) : (smaller, larger);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> P, Vector256<double> Q, Vector256<double> T) Probabilities(Vector256<double> eta)
    {
        var t = VectorFunctions.Exp(-Vector256.Abs(eta));
        var larger = Vector256<double>.One / (Vector256<double>.One + t);
        var smaller = t * larger;
        var positive = Vector256.GreaterThanOrEqual(eta, Vector256<double>.Zero);
        return (Vector256.ConditionalSelect(positive, larger, smaller), Vector256.ConditionalSelect(positive, smaller, larger), t);
    }
}
