using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Fits;

/// <summary>How much counts vary beyond the Poisson family, by moments: where the search for the dispersion begins.</summary>
/// <param name="Terms">What depends on the dispersion and the counts alone.</param>
/// <param name="Share">
/// The alpha of a variance m + alpha m^2 about means m of the Poisson family without random effects; above 0, if only a little.
/// </param>
internal sealed record Overdispersion(DispersionTerms Terms, double Share)
{
    /// <summary>The name of the parameter in checks.</summary>
    internal const string ParameterName = "logarithm of the dispersion";

    // The least overdispersion to begin from: a hundredth of the variance at the mean count.
    private const double Least = 0.01;

    // Where random effects may explain all of it, a part is left to begin from.
    private const double Part = 0.05;

    /// <summary>From the sum over rows of (y - m)^2 - m against that of m^2.</summary>
    /// <param name="design">The design.</param>
    /// <param name="terms">What depends on the dispersion and the counts alone.</param>
    /// <param name="beta">Coefficients of the Poisson family without random effects.</param>
    internal static Overdispersion Of(Design design, DispersionTerms terms, double[] beta)
    {
        var eta = design.Predict(beta.AsMemory(0, design.Width));
        var (excess, squares) = (terms.SumOfSquares, 0.0);
        for (var cell = 0; cell < eta.Length; cell++)
        {
            var (mean, sum, weight) = (Math.Exp(eta[cell]), design.Cells.Successes[cell], design.Cells.Trials[cell]);
            excess += weight * mean * mean - 2 * sum * mean - weight * mean;
            squares += weight * mean * mean;
        }

        return new Overdispersion(terms, Math.Max(excess / squares, Least / terms.MeanCount));
    }

    /// <summary>
    /// The logarithm of the dispersion that leaves the overdispersion as it is beside a random intercept: (1 + share) = (1 + 1/d)
    /// exp(deviation^2), by the moments of the lognormal distribution.
    /// </summary>
    internal double Kappa(double deviation) =>
        -Math.Log(Math.Max((1 + Share) * Math.Exp(-deviation * deviation) - 1, Part * Share));
}
