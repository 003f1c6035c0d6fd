using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;

namespace Caseload.MixedModels.Tests.Inference.Hypotheses;

public sealed class WaldTestTests
{
    private static readonly MixedModelFit Fit = MixedModel.Fit(Simulated.TwoLevel(seed: 3), "y ~ x * f + (1 | g)");

    [Fact]
    public void Of_one_coefficient_it_is_the_square_of_z()
    {
        var row = Assert.Single(Fit.WaldTest("x").Rows);
        Assert.Equal(Fit["x"].Z * Fit["x"].Z, row.ChiSquare, 1e-9);
        Assert.Equal(Fit["x"].P, row.P, 1e-9);
    }

    [Fact]
    public void Of_a_factor_it_does_not_depend_on_the_reference_level()
    {
        var other = MixedModel.Fit(Simulated.TwoLevel(seed: 3), "y ~ x * f + (1 | g)",
            new FitSettings { References = new Dictionary<string, string> { ["f"] = "c" } });
        foreach (var terms in new[] { new[] { "f", "x:f" }, ["f:x"] })
            Assert.Equal(Fit.WaldTest(terms).Rows[0].ChiSquare, other.WaldTest(terms).Rows[0].ChiSquare, 1e-6);
        Assert.Equal(4, Fit.WaldTest("f", "x:f").Rows[0].DegreesOfFreedom);
    }

    [Fact]
    public void Without_names_every_term_is_tested_by_itself()
    {
        var table = Fit.WaldTest();
        Assert.Equal(["x", "f", "x:f"], table.Rows.Select(row => row.Terms));
        Assert.Contains("x:f", table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_near_the_likelihood_ratio()
    {
        var data = Simulated.TwoLevel(seed: 8, groups: 40, size: 40);
        var (small, large) = (MixedModel.Fit(data, "y ~ x + (1 | g)"), MixedModel.Fit(data, "y ~ x + f + (1 | g)"));
        var ratio = LikelihoodRatio.Compare(("small", small), ("large", large)).Rows[1];
        Assert.Equal(1, large.WaldTest("f").Rows[0].ChiSquare / ratio.ChiSquare, 0.1);
    }

    [Fact]
    public void Refuses_a_term_that_is_not_there_and_names_those_that_are()
    {
        var problem = Assert.Throws<ProblemException>(() => Fit.WaldTest("age")).Problem;
        Assert.Contains("x:f", problem.Expected, StringComparison.Ordinal);
    }
}
