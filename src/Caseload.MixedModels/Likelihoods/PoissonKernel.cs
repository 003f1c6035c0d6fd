using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The Poisson log-likelihood with a log link, s eta - n exp(eta), where s is the sum of a cell's counts times their weights and n the sum
/// of the weights. All derivatives beyond the first are -n exp(eta).
/// </summary>
internal sealed class PoissonKernel : ResponseKernel
{
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
}
