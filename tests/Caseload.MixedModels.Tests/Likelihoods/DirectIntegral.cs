using Caseload.Frames;

namespace Caseload.MixedModels.Tests.Likelihoods;

/// <summary>
/// The slow and readable twin of quadrature: the log-likelihood of y ~ x + f + (1 | g) row by row, nothing collapsed or standardised, each
/// group's integral by the trapezoidal rule on a fine grid, which is exact to rounding for an integrand that falls like a normal density.
/// </summary>
internal static class DirectIntegral
{
    private const double Reach = 14;
    private const double Step = 0.005;

    /// <summary>The log-likelihood.</summary>
    /// <param name="data">A frame of <see cref="Simulated"/>.</param>
    /// <param name="beta">Intercept, x, level b, level c.</param>
    /// <param name="sigma">The standard deviation of the random intercept.</param>
    internal static double LogLikelihood(Frame data, double[] beta, double sigma)
    {
        var (y, x, f, g) = (data.Integer("y").Values.ToArray(), data.Number("x").Values.ToArray(), data.Text("f"), data.Text("g"));
        double Fixed(int row) => beta[0] + beta[1] * x[row] + (f[row] == "b" ? beta[2] : f[row] == "c" ? beta[3] : 0);
        return Enumerable.Range(0, data.RowCount).GroupBy(row => g[row])
            .Sum(group => Group([.. group.Select(row => (Fixed(row), y[row]))], sigma));
    }

    private static double Group((double Eta, int Y)[] rows, double sigma)
    {
        var terms = Enumerable.Range(0, (int)(2 * Reach / Step) + 1).Select(i => i * Step - Reach)
            .Select(b => rows.Sum(r => Row(r.Eta + sigma * b, r.Y)) - b * b / 2).ToArray();
        var largest = terms.Max();
        return largest + Math.Log(terms.Sum(t => Math.Exp(t - largest)) * Step / Math.Sqrt(2 * Math.PI));
    }

    private static double Row(double eta, int y) => y * eta - (eta > 0 ? eta + Math.Log(1 + Math.Exp(-eta)) : Math.Log(1 + Math.Exp(eta)));
}
