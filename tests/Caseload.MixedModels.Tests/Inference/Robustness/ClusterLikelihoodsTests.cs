using Caseload.MixedModels.Inference.Profiles;
using Caseload.MixedModels.Inference.Robustness;

namespace Caseload.MixedModels.Tests.Inference.Robustness;

public sealed class ClusterLikelihoodsTests
{
    [Theory]
    [InlineData("y ~ x + f + (1 | g)", Family.Binomial, 1)]
    [InlineData("y ~ x + f + (1 | g)", Family.Binomial, 5)]
    [InlineData("y ~ x + (1 + x | g)", Family.Binomial, 1)]
    [InlineData("y ~ x + (1 + x | g)", Family.Binomial, 3)]
    [InlineData("n ~ x + (1 | g)", Family.NegativeBinomial, 1)]
    [InlineData("n ~ x + f + (1 | r / g)", Family.Poisson, 1)]
    [InlineData("n ~ x + f + (1 + x | g)", Family.Gaussian, 1)]
    [InlineData("n ~ x + f + (1 | r / g)", Family.Gaussian, 1)]
    [InlineData("n ~ f + offset(x) + (1 | g)", Family.Gaussian, 1)]
    public void Those_of_all_clusters_add_up_to_that_of_the_whole_with_all_derivatives(string formula, Family family, int points)
    {
        var fit = MixedModel.Fit(Simulated.Crossed(seed: 350), formula, new FitSettings { Family = family, QuadraturePoints = points });
        var (model, clusters) = (ProfileModel.Of(fit.Data!), Clusters.Of(fit, "a sum"));
        double[] point = [.. model.Peak.Point.Select((value, k) => value + 0.05 * Math.Cos(k))];
        var whole = model.Likelihood.Confirm(point);
        var (value, gradient, hessian) = (0.0, new double[point.Length], new double[point.Length, point.Length]);
        foreach (var part in ClusterLikelihoods.Of(fit.Data!, model, clusters))
        {
            var at = part.Confirm(point);
            value += at.LogLikelihood;
            for (var k = 0; k < point.Length; k++)
            {
                gradient[k] += at.Gradient[k];
                for (var l = 0; l < point.Length; l++) hessian[k, l] += at.Hessian[k, l];
            }
        }

        // By a grid of nodes second derivatives are differences, over steps that suit a cluster here and all of them there.
        var close = model.Likelihood.HasExactHessian ? 1e-6 : 1e-4;
        Assert.Equal(whole.LogLikelihood, value, 1e-8 * Math.Abs(whole.LogLikelihood));
        for (var k = 0; k < point.Length; k++)
        {
            Assert.Equal(whole.Gradient[k], gradient[k], 1e-6);
            for (var l = 0; l < point.Length; l++)
                Assert.Equal(whole.Hessian[k, l], hessian[k, l], close * Math.Sqrt(whole.Hessian[k, k] * whole.Hessian[l, l]));
        }
    }
}
