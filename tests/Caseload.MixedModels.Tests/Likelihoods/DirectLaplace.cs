using Caseload.Frames;

namespace Caseload.MixedModels.Tests.Likelihoods;

/// <summary>
/// The slow and readable twin of the fast path: the Laplace log-likelihood of y ~ x + f + (1 | g) row by row, nothing collapsed or
/// standardised, the mode by bisection, the second derivative by differences of the score.
/// </summary>
internal static class DirectLaplace
{
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
        double Density(double b) => rows.Sum(r => r.Y * (r.Eta + sigma * b) - Softplus(r.Eta + sigma * b)) - b * b / 2;
        double Slope(double b) => sigma * rows.Sum(r => r.Y - 1 / (1 + Math.Exp(-(r.Eta + sigma * b)))) - b;
        var (low, high) = (-100.0, 100.0);
        for (var step = 0; step < 200; step++)
        {
            var middle = (low + high) / 2;
            if (Slope(middle) > 0) low = middle;
            else high = middle;
        }

        const double H = 1e-5;
        var curvature = -(Slope(low + H) - Slope(low - H)) / (2 * H);
        return Density(low) - Math.Log(curvature) / 2;
    }

    private static double Softplus(double eta) => eta > 0 ? eta + Math.Log(1 + Math.Exp(-eta)) : Math.Log(1 + Math.Exp(eta));
}
