using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

public sealed class LikelihoodRatioTests
{
    private static readonly Frame Data = Simulated.TwoLevel(seed: 21);

    [Fact]
    public void Warns_of_comparing_odds_ratios_between_the_models()
    {
        var data = Simulated.TwoLevel(seed: 20);
        var table = LikelihoodRatio.Compare(("small", MixedModel.Fit(data, "y ~ x + (1 | g)")),
            ("large", MixedModel.Fit(data, "y ~ x + f + (1 | g)")));
        Assert.Contains("average marginal effects", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("<p role=\"note\">Between these models", FitHtml.Table(table), StringComparison.Ordinal);
        var counts = new FitSettings { Family = Family.Poisson };
        Assert.Null(LikelihoodRatio.Compare(("small", MixedModel.Fit(data, "y ~ x", counts)),
            ("large", MixedModel.Fit(data, "y ~ x + f", counts))).Remark);
    }

    [Fact]
    public void Tests_each_model_against_the_one_before()
    {
        var (null_, child, both) = (Fit("y ~ 1 + (1 | g)"), Fit("y ~ x + (1 | g)"), Fit("y ~ x + f + (1 | g)"));
        var rows = LikelihoodRatio.Compare(("null", null_), ("child", child), ("both", both)).Rows;
        Assert.Equal([0, 1, 2], rows.Select(r => r.DegreesOfFreedom));
        Assert.True(double.IsNaN(rows[0].P));
        Assert.Equal(2 * (child.LogLikelihood - null_.LogLikelihood), rows[1].ChiSquare, 1e-9);

        // With two degrees of freedom the tail of chi-square is exp(-x / 2).
        Assert.Equal(Math.Exp(-rows[2].ChiSquare / 2), rows[2].P, 1e-10);
    }

    // The 5% point of chi-square with 1 degree of freedom is 3.841459; on the edge of the range its tail counts by half.
    [Theory]
    [InlineData(0, 1, 3.841458820694124, 0.05)]
    [InlineData(1, 1, 3.841458820694124, 0.025)]
    [InlineData(1, 2, 5.991464547107979, 0.0321876)]
    public void Halves_the_tail_where_a_variance_is_added(int variances, int freedom, double statistic, double p)
    {
        var small = Fit("y ~ x") with { LogLikelihood = -100, Parameters = 2 };
        var large = Fit(variances == 0 ? "y ~ x" : "y ~ x + (1 | g)")
            with { LogLikelihood = -100 + statistic / 2, Parameters = 2 + freedom };
        Assert.Equal(p, LikelihoodRatio.Compare(("small", small), ("large", large)).Rows[1].P, 1e-6);
    }

    // A correlated slope brings one variance and one covariance; two variances at once get the safe tail.
    [Theory]
    [InlineData("y ~ x + (1 + x | g)", 0.0321876)]
    [InlineData("y ~ x + (1 + x || g) + (1 | f)", 0.05)]
    public void Counts_variances_and_not_matrices(string formula, double p)
    {
        var small = Fit("y ~ x + (1 | g)") with { LogLikelihood = -100, Parameters = 3 };
        var large = Fit(formula) with { LogLikelihood = -100 + 5.991464547107979 / 2, Parameters = 5, Obstacle = null };
        Assert.Equal(p, LikelihoodRatio.Compare(("small", small), ("large", large)).Rows[1].P, 1e-6);
    }

    [Fact]
    public void Refuses_fits_of_different_rows_and_models_that_are_not_nested()
    {
        var fewer = MixedModel.Fit(Data.Head(200), "y ~ x + f + (1 | g)");
        Assert.Contains("observations", Refused(Fit("y ~ x + (1 | g)"), fewer), StringComparison.Ordinal);
        Assert.Contains("not nested", Refused(Fit("y ~ x + (1 | g)"), Fit("y ~ f + (1 | g)")), StringComparison.Ordinal);
        Assert.Contains("not nested", Refused(Fit("y ~ x + (1 | g)"), Fit("y ~ x")), StringComparison.Ordinal);
        Assert.Contains("not nested", Refused(Fit("y ~ x"), Fit("y ~ x")), StringComparison.Ordinal);
    }

    private static string Refused(MixedModelFit small, MixedModelFit large) =>
        Assert.Throws<ProblemException>(() => LikelihoodRatio.Compare(("small", small), ("large", large))).Problem.Found;

    private static MixedModelFit Fit(string formula) => MixedModel.Fit(Data, formula);
}
