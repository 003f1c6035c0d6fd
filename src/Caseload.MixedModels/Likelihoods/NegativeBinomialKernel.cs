using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Likelihoods;

/// <summary>The derivatives of a cell's log-likelihood by kappa, the logarithm of the dispersion.</summary>
/// <param name="Slope">dl/dkappa.</param>
/// <param name="Curve">d2l/dkappa2.</param>
/// <param name="Score">The derivative of the score.</param>
/// <param name="Weight">The derivative of the weight.</param>
internal readonly record struct DispersionSums(double Slope, double Curve, double Score, double Weight);

/// <summary>
/// The negative binomial log-likelihood with a log link at a given dispersion d, where a count of mean m has the variance m + m^2/d
/// (McCullagh and Nelder 1989, section 6.2.3): s eta - (s + n d) log(1 + e^eta/d), where s is the sum of a cell's counts times their
/// weights and n the sum of the weights. What depends on d and the counts alone is left to <see cref="DispersionTerms"/>. As d grows
/// it tends to the Poisson log-likelihood.
/// </summary>
/// <remarks>
/// With kappa = log d, N = s + n d and p = e^eta/(d + e^eta) it is a logistic log-likelihood of s successes out of N at eta - kappa, and
/// has the derivatives of that by eta.
/// </remarks>
/// <param name="kappa">The logarithm of the dispersion.</param>
internal sealed class NegativeBinomialKernel(double kappa) : ResponseKernel
{
    private readonly double dispersion = Math.Exp(kappa);

    /// <inheritdoc/>
    internal override double Attenuation => PoissonKernel.Instance.Attenuation;

    internal override double Mean(double eta) => Math.Exp(eta);

    internal override int Sign(double successes, double trials) => PoissonKernel.Instance.Sign(successes, trials);

    internal override double StartingIntercept(CellTable cells, double[] offsets) =>
        PoissonKernel.Instance.StartingIntercept(cells, offsets);

    internal override KernelSums At(double successes, double trials, double eta)
    {
        var (p, q, log) = Shares(eta);
        var all = successes + dispersion * trials;
        var weight = all * p * q;
        return new KernelSums((successes == 0 ? 0 : successes * eta) - all * log, successes * q - dispersion * trials * p, weight,
            weight * (q - p), weight * (1 - 6 * p * q));
    }

    /// <summary>The derivatives of one cell by kappa.</summary>
    /// <param name="successes">The sum of its counts times their weights.</param>
    /// <param name="trials">The sum of its weights.</param>
    /// <param name="eta">The linear predictor.</param>
    internal DispersionSums ByKappa(double successes, double trials, double eta)
    {
        var (p, q, log) = Shares(eta);
        var moved = dispersion * trials;
        var weight = (successes + moved) * p * q;
        return new DispersionSums((successes + moved) * p - moved * log, 2 * moved * p - moved * log - weight, weight - moved * p,
            moved * p * q - weight * (q - p));
    }

    // p = e^eta/(d + e^eta), 1 - p, and log(1 + e^eta/d).
    private (double P, double Q, double Log) Shares(double eta)
    {
        var t = Math.Exp(-Math.Abs(eta - kappa));
        var larger = 1 / (1 + t);
        var log = Math.Max(eta - kappa, 0) + StableFunctions.LogOnePlus(t);
        return eta >= kappa ? (larger, t * larger, log) : (t * larger, larger, log);
    }
}
