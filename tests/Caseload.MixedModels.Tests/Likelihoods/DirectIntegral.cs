using Caseload.Frames;
using MathNet.Numerics;

namespace Caseload.MixedModels.Tests.Likelihoods;

/// <summary>
/// The slow and readable twin of quadrature: the log-likelihood of y ~ x + f + (1 | g) row by row, nothing collapsed or standardised, each
/// group's integral by the trapezoidal rule on a fine grid, which is exact to rounding for an integrand that falls like a normal density.
/// </summary>
internal static class DirectIntegral
{
    private const double Reach = 14;
    private const double Step = 0.005;

    /// <summary>The log-likelihood, of the Poisson family without the factorials.</summary>
    /// <param name="data">A frame of <see cref="Simulated"/>.</param>
    /// <param name="point">Intercept, x, level b, level c, and the standard deviation of the random intercept.</param>
    /// <param name="link">The link; log stands for counts.</param>
    internal static double LogLikelihood(Frame data, double[] point, Link link = Link.Logit)
    {
        var (y, x, f, g) = (data.Integer("y").Values.ToArray(), data.Number("x").Values.ToArray(), data.Text("f"), data.Text("g"));
        double Fixed(int row) => point[0] + point[1] * x[row] + (f[row] == "b" ? point[2] : f[row] == "c" ? point[3] : 0);
        return Enumerable.Range(0, data.RowCount).GroupBy(row => g[row])
            .Sum(group => Group([.. group.Select(row => (Fixed(row), y[row]))], point[4], link));
    }

    private static double Group((double Eta, int Y)[] rows, double sigma, Link link)
    {
        var terms = Enumerable.Range(0, (int)(2 * Reach / Step) + 1).Select(i => i * Step - Reach)
            .Select(b => rows.Sum(r => Row(r.Eta + sigma * b, r.Y, link)) - b * b / 2).ToArray();
        var largest = terms.Max();
        return largest + Math.Log(terms.Sum(t => Math.Exp(t - largest)) * Step / Math.Sqrt(2 * Math.PI));
    }

    // Written as in a textbook; where a probability underflows, its part of the integral is 0.
    private static double Row(double eta, int y, Link link) => link switch
    {
        Link.Probit => Math.Log(SpecialFunctions.Erfc((y == 1 ? -eta : eta) / Math.Sqrt(2)) / 2),
        Link.Cloglog => y == 0 ? -Math.Exp(eta) : Math.Log(1 - Math.Exp(-Math.Exp(eta))),
        Link.Log => y * eta - Math.Exp(eta),
        _ => y * eta - (eta > 0 ? eta + Math.Log(1 + Math.Exp(-eta)) : Math.Log(1 + Math.Exp(eta))),
    };
}
