using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The Poisson log-likelihood with a log link, s eta - n exp(eta), where s is the sum of a cell's counts times their weights and n the sum
/// of the weights. All derivatives beyond the first are -n exp(eta).
/// </summary>
internal sealed class PoissonKernel : ResponseKernel
{
    private const int Lanes = 4;

    internal static PoissonKernel Instance { get; } = new();

    /// <summary>0: with a log link a random intercept leaves the slopes as they are.</summary>
    internal override double Attenuation => 0;

    internal override double Mean(double eta) => Math.Exp(eta);

    internal override KernelSums At(double successes, double trials, double eta)
    {
        var mean = trials * Math.Exp(eta);
        return new KernelSums((successes == 0 ? 0 : successes * eta) - mean, successes - mean, mean, mean, mean);
    }

    /// <summary>A cell of zero counts only rises towards 0 as its mean vanishes; any other has a maximum.</summary>
    internal override int Sign(double successes, double trials) => successes == 0 ? -1 : 0;

    /// <summary>The logarithm of the overall rate, so that large counts are not approached from a mean of 1.</summary>
    internal override double StartingIntercept(CellTable cells, double[] offsets)
    {
        var largest = offsets.Length == 0 ? 0 : offsets.Max();
        var exposure = 0.0;
        for (var cell = 0; cell < cells.Count; cell++)
            exposure += cells.Trials[cell] * (offsets.Length == 0 ? 1 : Math.Exp(offsets[cell] - largest));
        return exposure > 0 ? Math.Log(Math.Max(cells.Successes.Sum(), 0.5) / exposure) - largest : 0;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override SlopeSums Slopes(in CellSpan cells, double shift)
    {
        ref var eta = ref MemoryMarshal.GetReference(cells.Eta);
        ref var s = ref MemoryMarshal.GetReference(cells.Successes);
        ref var n = ref MemoryMarshal.GetReference(cells.Trials);
        var (count, i) = ((nuint)cells.Eta.Length, (nuint)0);
        var (score, weight) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (; i + Lanes <= count; i += Lanes)
        {
            var mean = Vector256.LoadUnsafe(ref n, i)
                * VectorFunctions.Exp(Vector256.LoadUnsafe(ref eta, i) + Vector256.Create(shift));
            score += Vector256.LoadUnsafe(ref s, i) - mean;
            weight += mean;
        }

        var sums = new SlopeSums(Vector256.Sum(score), Vector256.Sum(weight), Vector256.Sum(weight));
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
        var (count, i) = ((nuint)cells.Eta.Length, (nuint)0);
        Vector256<double> l = default, d = default, w = default;
        for (; i + Lanes <= count; i += Lanes)
        {
            var successes = Vector256.LoadUnsafe(ref s, i);
            var at = Vector256.LoadUnsafe(ref eta, i) + Vector256.Create(shift);
            var mean = Vector256.LoadUnsafe(ref n, i) * VectorFunctions.Exp(at);
            var score = successes - mean;
            score.StoreUnsafe(ref d0, i);
            mean.StoreUnsafe(ref w0, i);
            l += Vector256.ConditionalSelect(Vector256.Equals(successes, Vector256<double>.Zero), successes, successes * at) - mean;
            d += score;
            w += mean;
        }

        var weight = Vector256.Sum(w);
        var sums = new KernelSums(Vector256.Sum(l), Vector256.Sum(d), weight, weight, weight);
        for (; i < count; i++)
        {
            var at = At(Unsafe.Add(ref s, i), Unsafe.Add(ref n, i), Unsafe.Add(ref eta, i) + shift);
            (Unsafe.Add(ref d0, i), Unsafe.Add(ref w0, i)) = (at.Score, at.Weight);
            sums += at;
        }

        cells.Weight.CopyTo(cells.WeightSlope);
        cells.Weight.CopyTo(cells.WeightCurve);
        return sums;
    }
}
