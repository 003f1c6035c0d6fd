using Caseload.MixedModels.Likelihoods;
using MathNet.Numerics;

namespace Caseload.MixedModels.Tests.Likelihoods;

public sealed class NegativeBinomialKernelTests
{
    private static readonly double[] Kappas = [-3, 0, 1.3, 6];

    [Fact]
    public void Has_the_derivatives_that_differences_give()
    {
        foreach (var (kappa, successes) in Kappas.SelectMany(_ => new[] { 0.0, 2, 40 }, (k, s) => (k, s)))
        {
            for (var eta = -8.0; eta <= 9; eta += 0.73)
            {
                var at = At(kappa, successes, eta);
                var by = new NegativeBinomialKernel(kappa).ByKappa(successes, 3, eta);
                Near(e => At(kappa, successes, e).LogLikelihood, eta, at.Score);
                Near(e => -At(kappa, successes, e).Score, eta, at.Weight);
                Near(e => At(kappa, successes, e).Weight, eta, at.WeightSlope);
                Near(e => At(kappa, successes, e).WeightSlope, eta, at.WeightCurve);
                Near(k => At(k, successes, eta).LogLikelihood, kappa, by.Slope);
                Near(k => new NegativeBinomialKernel(k).ByKappa(successes, 3, eta).Slope, kappa, by.Curve);
                Near(k => At(k, successes, eta).Score, kappa, by.Score);
                Near(k => At(k, successes, eta).Weight, kappa, by.Weight);
                Assert.True(at.Weight > 0);
            }
        }
    }

    // The density of a count in closed form: lgamma(y + d) - lgamma(d) - lgamma(y + 1) + d log(d/(d + m)) + y log(m/(d + m)).
    [Fact]
    public void With_the_terms_of_the_counts_is_the_density()
    {
        foreach (var (kappa, y) in Kappas.SelectMany(_ => new[] { 0.0, 1, 7, 10, 11, 12, 250 }, (k, y) => (k, y)))
        {
            var (d, m) = (Math.Exp(kappa), 5.0);
            var expected = SpecialFunctions.GammaLn(y + d) - SpecialFunctions.GammaLn(d) + d * Math.Log(d / (d + m)) + y * Math.Log(m / (d + m));
            var found = new NegativeBinomialKernel(kappa).At(y, 1, Math.Log(m)).LogLikelihood + new DispersionTerms([(y, 1)]).At(kappa).Value;
            Assert.Equal(expected, found, 1e-11 * (1 + Math.Abs(SpecialFunctions.GammaLn(y + d))));
        }
    }

    [Fact]
    public void Tends_to_the_Poisson_family_as_the_dispersion_grows()
    {
        foreach (var (y, eta) in new[] { (0.0, 0.3), (4, 1.2), (300, 5.5) })
        {
            var poisson = PoissonKernel.Instance.At(y, 2, eta);
            foreach (var kappa in new[] { 20.0, 25, 30 })
            {
                var (at, terms) = (new NegativeBinomialKernel(kappa).At(y, 2, eta), new DispersionTerms([(y, 1)]).At(kappa));
                var near = 1e6 * Math.Exp(-kappa) + 1e-12 * (1 + Math.Abs(poisson.LogLikelihood));
                Assert.Equal(poisson.LogLikelihood, at.LogLikelihood, near);
                Assert.Equal(poisson.Score, at.Score, near);
                Assert.Equal(poisson.Weight, at.Weight, near);
                Assert.Equal(0, terms.Value, near);
                Assert.Equal(0, terms.Slope, near);
            }
        }
    }

    private static KernelSums At(double kappa, double successes, double eta) => new NegativeBinomialKernel(kappa).At(successes, 3, eta);

    private static void Near(Func<double, double> function, double at, double derivative)
    {
        const double Step = 1e-3;
        double Central(double h) => (function(at + h) - function(at - h)) / (2 * h);
        var numeric = (4 * Central(Step) - Central(2 * Step)) / 3;
        Assert.Equal(numeric, derivative, 1e-6 * (Math.Abs(derivative) + 1e-6) + 1e-11 * Math.Abs(function(at)));
    }
}
