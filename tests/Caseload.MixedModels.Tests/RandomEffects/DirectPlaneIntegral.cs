using Caseload.Frames;
using MathNet.Numerics;

namespace Caseload.MixedModels.Tests.RandomEffects;

/// <summary>
/// The slow and readable twin of quadrature for an intercept and a slope: the log-likelihood of y ~ x + f + (1 + x | g) row by row, nothing
/// collapsed or standardised, each group's integral by the trapezoidal rule on a fine grid over the plane.
/// </summary>
internal static class DirectPlaneIntegral
{
    private const double Reach = 9;
    private const double Step = 0.1;

    /// <summary>The log-likelihood, without what depends on no parameter.</summary>
    /// <param name="data">A frame of <see cref="Simulated"/>.</param>
    /// <param name="beta">Intercept, x, level b, level c.</param>
    /// <param name="lambda">The Cholesky factor of the covariance matrix: intercept, their covariance's element, slope.</param>
    /// <param name="family">The family with its canonical or log link.</param>
    /// <param name="dispersion">That of the negative binomial family.</param>
    internal static double LogLikelihood(Frame data, double[] beta, double[] lambda, Family family, double dispersion = 1)
    {
        var (y, x, f, g) = (data.Integer("y").Values.ToArray(), data.Number("x").Values.ToArray(), data.Text("f"), data.Text("g"));
        double Fixed(int row) => beta[0] + beta[1] * x[row] + (f[row] == "b" ? beta[2] : f[row] == "c" ? beta[3] : 0);
        return Enumerable.Range(0, data.RowCount).GroupBy(row => g[row]).Sum(group =>
        {
            var terms = new List<double>();
            for (var u = -Reach; u <= Reach; u += Step)
            {
                for (var v = -Reach; v <= Reach; v += Step)
                {
                    var (intercept, slope) = (lambda[0] * u, lambda[1] * u + lambda[2] * v);
                    terms.Add(group.Sum(row => Row(Fixed(row) + intercept + slope * x[row], y[row], family, dispersion)) - (u * u + v * v) / 2);
                }
            }

            var largest = terms.Max();
            return largest + Math.Log(terms.Sum(t => Math.Exp(t - largest)) * Step * Step / (2 * Math.PI));
        });
    }

    private static double Row(double eta, int y, Family family, double d) => family switch
    {
        Family.Poisson => y * eta - Math.Exp(eta),
        Family.NegativeBinomial => SpecialFunctions.GammaLn(y + d) - SpecialFunctions.GammaLn(d) + d * Math.Log(d / (d + Math.Exp(eta)))
            + y * (eta - Math.Log(d + Math.Exp(eta))),
        _ => y * eta - (eta > 0 ? eta + Math.Log(1 + Math.Exp(-eta)) : Math.Log(1 + Math.Exp(eta))),
    };
}
