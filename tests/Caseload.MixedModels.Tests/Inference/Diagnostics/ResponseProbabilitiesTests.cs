using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Diagnostics;

namespace Caseload.MixedModels.Tests.Inference.Diagnostics;

public sealed class ResponseProbabilitiesTests
{
    private static readonly MixedModelFit Fitted = MixedModel.Fit(Simulated.TwoLevel(seed: 191), "y ~ x");

    // R 4.2.2: pbinom(c(-1, 0, 2, 5, 6), 6, 0.3), ppois(c(-1, 0, 3), 4.2), ppois(300, 250), pnbinom(c(-1, 0, 3, 12), size = 1.7, mu = 4.2),
    // pnorm(sqrt(2) * (1.3 - 1) / 1.5).
    [Theory]
    [InlineData(Family.Binomial, 0, 6, 0.3, 0, 0.117649)]
    [InlineData(Family.Binomial, 2, 6, 0.3, 0.420175, 0.744310)]
    [InlineData(Family.Binomial, 6, 6, 0.3, 0.999271, 1)]
    [InlineData(Family.Binomial, 1, 1, 0.3, 0.7, 1)]
    [InlineData(Family.Poisson, 0, 1, 4.2, 0, 0.0149955768204777)]
    [InlineData(Family.Poisson, 3, 1, 4.2, 0.210237987023097, 0.3954033696023562)]
    [InlineData(Family.Poisson, 300, 1, 250, 0.998837606368946, 0.999047780413607)]
    [InlineData(Family.NegativeBinomial, 0, 1, 4.2, 0, 0.120590958347308)]
    [InlineData(Family.NegativeBinomial, 3, 1, 4.2, 0.406772944870705, 0.529904607021271)]
    [InlineData(Family.Gaussian, 1.3, 2, 1, 0.611351294605239, 0.611351294605239)]
    public void Are_those_of_R(Family family, double value, double trials, double mean, double below, double notAbove)
    {
        var fit = Fitted with { Family = family, Dispersion = family == Family.Gaussian ? 1.5 * 1.5 : 1.7 };
        var at = ResponseProbabilities.Of(fit, value, trials, mean);
        Assert.Equal(below, at.Below, 1e-12);
        Assert.Equal(notAbove, at.NotAbove, 1e-12);
        if (value == 0 && family != Family.Binomial) Assert.Equal(notAbove, ResponseProbabilities.Zero(fit, mean), 1e-12);
    }
}
