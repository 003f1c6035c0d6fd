namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The binomial log-likelihood with a complementary log-log link: with m = exp(eta) a failure has the log-likelihood -m, a success
/// log(1 - exp(-m)).
/// </summary>
/// <remarks>
/// Of a success, with r = m / (exp(m) - 1) and q = m + r - 1, l' = r, w = r q, w' = r (m - q (q + r)) and
/// w'' = r (m - q'(q + r) - q (q' + r')) - r q (m - q (q + r)), where r' = -r q and q' = m - r q. For small m, q cancels and is taken from
/// the series of the Bernoulli numbers.
/// </remarks>
internal sealed class CloglogKernel : ResponseKernel
{
    private const double Small = 0.3;

    // Beyond this exp(-m) is 0 and a success is certain.
    private const double Certain = 740;

    internal static CloglogKernel Instance { get; } = new();

    internal override double Attenuation => 6 / (Math.PI * Math.PI);

    internal override double Mean(double eta) => -StableFunctions.ExpLessOne(-Math.Exp(eta));

    internal override double MeanCurvature(double eta) => -StableFunctions.ExpLessOne(eta);

    internal override KernelSums At(double successes, double trials, double eta)
    {
        var m = Math.Exp(eta);
        var failures = trials - successes;
        var lost = failures == 0 ? 0 : failures * m;
        if (successes == 0 || m > Certain) return new KernelSums(-lost, -lost, lost, lost, lost);
        var square = m * m;
        var q = m < Small
            ? m / 2 + square * (1.0 / 12 - square * (1.0 / 720 - square * (1.0 / 30240 - square * (1.0 / 1209600 - square / 47900160))))
            : m + m / StableFunctions.ExpLessOne(m) - 1;
        var r = m < Small ? 1 - m + q : m / StableFunctions.ExpLessOne(m);
        var log = m < 1e-8 ? eta - m / 2
            : m < 0.7 ? Math.Log(-StableFunctions.ExpLessOne(-m)) : StableFunctions.LogOnePlus(-Math.Exp(-m));
        var (rSlope, qSlope, inner) = (-r * q, m - r * q, m - q * (q + r));
        var curve = rSlope * inner + r * (m - qSlope * (q + r) - q * (qSlope + rSlope));
        return new KernelSums(successes * log - lost, successes * r - lost, successes * r * q + lost, successes * r * inner + lost,
            successes * curve + lost);
    }
}
