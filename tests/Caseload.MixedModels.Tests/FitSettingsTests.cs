using Caseload.Frames;

namespace Caseload.MixedModels.Tests;

public sealed class FitSettingsTests
{
    [Fact]
    public void Have_the_defaults_that_their_documentation_names()
    {
        var settings = new FitSettings();
        Assert.Equal(Family.Binomial, settings.Family);
        Assert.Equal(Link.Logit, settings.Link);
        Assert.Equal(Link.Log, new FitSettings { Family = Family.Poisson }.Link);
        Assert.Equal(1, settings.QuadraturePoints);
        Assert.False(settings.Reml);
        Assert.Equal(Estimator.Ml, settings.Estimator);
        Assert.Null(settings.Weights);
        Assert.Null(settings.RowCounts);
        Assert.Empty(settings.Factors);
        Assert.Empty(settings.References);
        Assert.Equal(100, settings.MaxIterations);
        Assert.Equal(1e-4, settings.StepTolerance);
    }

    public static TheoryData<FitSettings, string> Refused => new()
    {
        { new FitSettings { Family = Family.Gaussian, Link = Link.Logit }, "the logit link with the gaussian family" },
        { new FitSettings { Family = Family.NegativeBinomial, Link = Link.Identity }, "the identity link with the negative-binomial" },
        { new FitSettings { Link = Link.Identity }, "the identity link with the binomial family" },
        { new FitSettings { Family = Family.Poisson, Link = Link.Logit }, "the logit link with the poisson family" },
        { new FitSettings { QuadraturePoints = 102 }, "102 quadrature points" },
        { new FitSettings { QuadraturePoints = 0 }, "0 quadrature points" },
        { new FitSettings { Reml = true }, "restricted maximum likelihood" },
        { new FitSettings { MaxIterations = 0 }, "0 iterations" },
        { new FitSettings { StepTolerance = 0 }, "step tolerance" },
        { new FitSettings { Factors = ["nosuch"] }, "nosuch" },
        { new FitSettings { Weights = "nosuch" }, "nosuch" },
        { new FitSettings { Frequencies = "nosuch" }, "nosuch" },
        { new FitSettings { RowCounts = "nosuch" }, "nosuch" },
    };

    [Fact]
    public void Refuse_quadrature_where_there_is_no_random_term()
    {
        var problem = Assert.Throws<ProblemException>(() =>
            MixedModel.Fit(Simulated.TwoLevel(seed: 1), "y ~ x", new FitSettings { QuadraturePoints = 7 })).Problem;
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.Contains("without a random term, which has no integral", problem.Found, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void That_cannot_be_met_are_wrong_usage(FitSettings settings, string found)
    {
        var problem =
            Assert.Throws<ProblemException>(() => MixedModel.Fit(Simulated.TwoLevel(seed: 1), "y ~ x + (1 | g)", settings)).Problem;
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
    }
}
