using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;
using Caseload.MixedModels.Optimisation;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Fits;

/// <summary>
/// Maximises the likelihood of the negative binomial family, dispersion included. Where counts do not vary more than the Poisson family
/// has it, the likelihood rises with the dispersion for ever and its supremum is that of the Poisson family: then the estimates are of
/// that family and the dispersion is infinite.
/// </summary>
internal sealed class NegativeBinomialSearch(Design design, DispersionTerms terms, FitSettings settings)
{
    // In mean counts. A dispersion d adds m^2/d to a variance of m: below a hundredth the Poisson family is fitted beside it and compared;
    // below a millionth no data that a computer holds could tell the two apart.
    private const double Suspicious = 1e2;
    private const double Indistinguishable = 1e6;

    /// <summary>The maximum or the supremum.</summary>
    /// <param name="rough">A rough maximum of the Poisson family without random effects.</param>
    /// <param name="layout">How the random effects meet the cells; null without random effects.</param>
    /// <param name="poisson">Maximises the likelihood of the Poisson family.</param>
    internal Estimates Maximise(Optimum rough, RandomLayout? layout, Func<Estimates> poisson)
    {
        var moments = Overdispersion.Of(design, terms, rough.Point);
        var estimates = layout is null
            ? WithoutRandomEffects(rough, moments)
            : new RandomEffectsSearch(design, layout, settings) { Overdispersion = moments }.Maximise(rough);
        estimates = estimates with { Dispersion = Math.Exp(estimates.Optimum.Next[^1]) };
        if (estimates.Optimum.Reason == StopReason.StepIsShort && estimates.Dispersion < Suspicious * terms.MeanCount) return estimates;
        var limit = poisson();
        return IsSupremum(limit, estimates) ? limit with { Dispersion = double.PositiveInfinity } : estimates;
    }

    private Estimates WithoutRandomEffects(Optimum rough, Overdispersion moments)
    {
        var likelihood = new NegativeBinomialLikelihood(design, terms);
        double[] start = [.. rough.Point.Take(design.Width), moments.Kappa(0)];
        var optimum = new NewtonOptimiser(settings).Maximise(Optimum.Start(likelihood, start, []), start.Length, settings.StepTolerance);
        return Estimates.Joint(design, optimum, [Overdispersion.ParameterName], (_, _, _) => RandomPart.None);
    }

    // The limit is one where the likelihood, near it, rises towards it; the search must have found nothing above it.
    private bool IsSupremum(Estimates limit, Estimates estimates)
    {
        if (estimates.Dispersion > Indistinguishable * terms.MeanCount) return true;
        if (estimates.Optimum.At.LogLikelihood > limit.Optimum.At.LogLikelihood) return false;
        var likelihood = estimates.Optimum.Likelihood;
        double[] near = [.. limit.Optimum.Next.Take(estimates.Optimum.Point.Length - 1), Math.Log(Indistinguishable * terms.MeanCount)];
        return likelihood.Evaluate(near, new double[likelihood.ModeCount]).Gradient[^1] >= 0;
    }
}
