using Caseload.MixedModels.Inference.Predictions;
using Caseload.MixedModels.Tests.Likelihoods;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Tests.Inference.Predictions;

public sealed class JointCovarianceTests
{
    // The slow twin: minus the inverse of the numerical Hessian of the log-likelihood, row by row, in (beta, sigma^2).
    [Fact]
    public void Is_the_inverse_of_the_observed_information_of_coefficients_and_variance()
    {
        var data = Simulated.TwoLevel(seed: 151);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        double[] point = [.. fit.FixedEffects.Select(effect => effect.Estimate), fit.RandomEffects[0].Covariance[0][0]];
        var hessian = Matrix<double>.Build.Dense(5, 5, (row, column) => Differences.First(point, row, 2e-3, one =>
            Differences.First(one, column, 2e-3, at => DirectLaplace.LogLikelihood(data, at[..4], Math.Sqrt(at[4])))));
        var expected = (-hessian).Inverse();
        var covariance = JointCovariance.Of(fit, withVariances: true);
        for (var row = 0; row < 5; row++)
        {
            for (var column = 0; column < 5; column++)
            {
                var (one, both) = (Unit(row, column), Math.Sqrt(expected[row, row] * expected[column, column]));
                var variance = one.Select((a, i) => one.Select((b, j) => a * b * expected[i, j]).Sum()).Sum();
                Assert.Equal(variance, covariance.Variance(one), 1e-4 * both);
            }
        }

        static double[] Unit(int row, int column)
        {
            var unit = new double[5];
            unit[row] += 1;
            unit[column] += 1;
            return unit;
        }
    }

    [Theory]
    [InlineData("y ~ x + (1 + x | g) + (1 | h)", Family.Binomial)]
    [InlineData("n ~ x + f + (1 + x || g)", Family.Poisson)]
    [InlineData("n ~ x + (1 | g)", Family.NegativeBinomial)]
    public void Holds_the_standard_errors_of_the_fit(string formula, Family family)
    {
        var data = Simulated.Crossed(seed: 152, groups: 40, others: 10, rows: 3000);
        var fit = MixedModel.Fit(data, formula, new FitSettings { Family = family });
        Assert.False(fit.Singular);
        var covariance = JointCovariance.Of(fit, withVariances: true);
        var gradient = new double[covariance.Size];
        for (var k = 0; k < fit.FixedEffects.Count; k++)
        {
            Array.Clear(gradient);
            gradient[k] = 1;
            Assert.Equal(fit.FixedEffects[k].StandardError, covariance.Error(gradient), 1e-6 * fit.FixedEffects[k].StandardError);
        }

        var place = fit.FixedEffects.Count;
        foreach (var effect in fit.RandomEffects)
        {
            for (var i = 0; i < effect.Terms.Count; i++)
            {
                Array.Clear(gradient);
                gradient[place + i * effect.Terms.Count + i] = 1 / (2 * effect.StandardDeviations[i]);
                Assert.Equal(effect.StandardDeviationErrors[i], covariance.Error(gradient), 1e-6 * effect.StandardDeviationErrors[i]);
            }

            place += effect.Terms.Count * effect.Terms.Count;
        }
    }

    [Fact]
    public void Draws_have_the_covariance()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 153), "y ~ x + (1 | g)");
        var (covariance, random, sum) = (JointCovariance.Of(fit, withVariances: true), new Random(153), 0.0);
        double[] gradient = [1, 0.5, -2];
        for (var draw = 0; draw < 20_000; draw++) sum += Math.Pow(covariance.Draw(random).Zip(gradient, (a, b) => a * b).Sum(), 2);
        Assert.Equal(covariance.Variance(gradient), sum / 20_000, 0.05 * covariance.Variance(gradient));
    }

    [Fact]
    public void Of_a_singular_fit_takes_the_variance_as_known_and_says_so()
    {
        var data = Simulated.TwoLevel(seed: 154, sigma: 0);
        var fit = Enumerable.Range(154, 40).Select(seed => MixedModel.Fit(Simulated.TwoLevel(seed, sigma: 0), "y ~ x + (1 | g)"))
            .First(fit => fit.Singular);
        Assert.Contains("taken as known", fit.PredictMeans(data.Head(1)).Remarks[^1], StringComparison.Ordinal);
        Assert.Contains("taken as known", fit.AverageMarginalEffects(data).Remarks[^1], StringComparison.Ordinal);
    }
}
