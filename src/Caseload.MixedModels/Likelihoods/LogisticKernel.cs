using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The binomial log-likelihood of a cell with a logit link, and its derivatives by the linear predictor. With t = exp(-|eta|) both
/// probabilities come without cancellation: the larger is 1 / (1 + t), the smaller t / (1 + t).
/// </summary>
internal sealed class LogisticKernel : ResponseKernel
{
    internal static LogisticKernel Instance { get; } = new();

    /// <summary>c = 16 sqrt(3) / (15 pi).</summary>
    internal override double Attenuation => 0.345_843;

    internal override double Mean(double eta) => Probabilities(eta, out _).P;

    internal override KernelSums At(double successes, double trials, double eta)
    {
        var (p, q) = Probabilities(eta, out var t);
        var weight = trials * p * q;
        return new KernelSums(successes * eta - trials * (Math.Max(eta, 0) + Math.Log(1 + t)),
            successes * q - (trials - successes) * p, weight, weight * (q - p), weight * (1 - 6 * p * q));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override (double Score, double Weight) ScoreAndWeight(in CellSpan cells, double shift)
    {
        ref var eta = ref MemoryMarshal.GetReference(cells.Eta);
        ref var s = ref MemoryMarshal.GetReference(cells.Successes);
        ref var n = ref MemoryMarshal.GetReference(cells.Trials);
        var (count, i) = ((nuint)cells.Eta.Length, (nuint)0);
        var (score, weight) = (Vector<double>.Zero, Vector<double>.Zero);
        var step = (nuint)Vector<double>.Count;
        for (; i + step <= count; i += step)
        {
            var (trials, successes) = (Vector.LoadUnsafe(ref n, i), Vector.LoadUnsafe(ref s, i));
            var at = Vector.LoadUnsafe(ref eta, i) + new Vector<double>(shift);
            var t = Vector.Exp(-Vector.Abs(at));
            var larger = Vector<double>.One / (Vector<double>.One + t);
            var smaller = t * larger;
            var positive = Vector.GreaterThanOrEqual(at, Vector<double>.Zero);
            var p = Vector.ConditionalSelect(positive, larger, smaller);
            var q = Vector.ConditionalSelect(positive, smaller, larger);
            score += successes * q - (trials - successes) * p;
            weight += trials * larger * smaller;
        }

        var (sumScore, sumWeight) = (Vector.Sum(score), Vector.Sum(weight));
        for (; i < count; i++)
        {
            var (p, q) = Probabilities(Unsafe.Add(ref eta, i) + shift, out _);
            sumScore += Unsafe.Add(ref s, i) * q - (Unsafe.Add(ref n, i) - Unsafe.Add(ref s, i)) * p;
            sumWeight += Unsafe.Add(ref n, i) * p * q;
        }

        return (sumScore, sumWeight);
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
        var step = (nuint)Vector<double>.Count;
        var (one, six) = (Vector<double>.One, new Vector<double>(6));
        var (l, d, w, v, c) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (; i + step <= count; i += step)
        {
            var (trials, successes) = (Vector.LoadUnsafe(ref n, i), Vector.LoadUnsafe(ref s, i));
            var at = Vector.LoadUnsafe(ref eta, i) + new Vector<double>(shift);
            var t = Vector.Exp(-Vector.Abs(at));
            var larger = one / (one + t);
            var smaller = t * larger;
            var positive = Vector.GreaterThanOrEqual(at, Vector<double>.Zero);
            var p = Vector.ConditionalSelect(positive, larger, smaller);
            var q = Vector.ConditionalSelect(positive, smaller, larger);
            var score = successes * q - (trials - successes) * p;
            var weight = trials * larger * smaller;
            var slope = weight * (q - p);
            var curve = weight * (one - six * larger * smaller);
            score.StoreUnsafe(ref d0, i);
            weight.StoreUnsafe(ref w0, i);
            slope.StoreUnsafe(ref w1, i);
            curve.StoreUnsafe(ref w2, i);
            l += successes * at - trials * (Vector.Max(at, Vector<double>.Zero) + Vector.Log(one + t));
            (d, w, v, c) = (d + score, w + weight, v + slope, c + curve);
        }

        var sums = new KernelSums(Vector.Sum(l), Vector.Sum(d), Vector.Sum(w), Vector.Sum(v), Vector.Sum(c));
        for (; i < count; i++)
        {
            var at = At(Unsafe.Add(ref s, i), Unsafe.Add(ref n, i), Unsafe.Add(ref eta, i) + shift);
            (Unsafe.Add(ref d0, i), Unsafe.Add(ref w0, i), Unsafe.Add(ref w1, i), Unsafe.Add(ref w2, i)) =
                (at.Score, at.Weight, at.WeightSlope, at.WeightCurve);
            sums = new KernelSums(sums.LogLikelihood + at.LogLikelihood, sums.Score + at.Score, sums.Weight + at.Weight,
                sums.WeightSlope + at.WeightSlope, sums.WeightCurve + at.WeightCurve);
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
}
