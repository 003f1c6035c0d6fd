using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Variances;

/// <summary>The variance of an observation on the scale of the linear predictor, with its name.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Value">The variance.</param>
internal sealed record ObservationVariance(string Name, double Value)
{
    /// <summary>Of a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="mean">The mean count, which only the log link asks for.</param>
    /// <param name="counts">How the variance of counts is carried over.</param>
    internal static ObservationVariance Of(MixedModelFit fit, double mean, CountVariance counts) => fit.Link switch
    {
        Link.Logit => new("pi^2/3, logistic", Math.PI * Math.PI / 3),
        Link.Probit => new("1, standard normal", 1),
        Link.Cloglog => new("pi^2/6, extreme value", Math.PI * Math.PI / 6),
        Link.Identity => new("residual", fit.Dispersion),
        _ => OfCounts(1 / mean + (fit.Family == Family.NegativeBinomial ? 1 / fit.Dispersion : 0), counts),
    };

    private static ObservationVariance OfCounts(double relative, CountVariance counts) => counts switch
    {
        CountVariance.Trigamma => new("trigamma", Trigamma(1 / relative)),
        CountVariance.Delta => new("delta method", relative),
        _ => new("lognormal", Math.Log(1 + relative)),
    };

    /// <summary>
    /// The second derivative of log Gamma: the recurrence psi1(x) = psi1(x + 1) + 1/x^2 up to 20, then the asymptotic series (Abramowitz
    /// and Stegun 1964, 6.4.6 and 6.4.12).
    /// </summary>
    internal static double Trigamma(double x)
    {
        var sum = 0.0;
        for (; x < 20; x++) sum += 1 / (x * x);
        var y = 1 / (x * x);
        return sum + 1 / x + y / 2 + y / x * (1.0 / 6 - y * (1.0 / 30 - y * (1.0 / 42 - y / 30)));
    }
}
