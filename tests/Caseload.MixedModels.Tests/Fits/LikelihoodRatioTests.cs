using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

public sealed class LikelihoodRatioTests
{
    private static readonly Frame Data = Simulated.TwoLevel(seed: 21).With(new NumberColumn("z", [.. Enumerable.Range(0, 300).Select(
        row => Math.Sin(3 * row))]));

    [Fact]
    public void Warns_of_comparing_odds_ratios_between_the_models()
    {
        var data = Simulated.TwoLevel(seed: 20);
        var table = LikelihoodRatio.Compare(("small", MixedModel.Fit(data, "y ~ x + (1 | g)")),
            ("large", MixedModel.Fit(data, "y ~ x + f + (1 | g)")));
        Assert.Contains("average marginal effects", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("<p role=\"note\">Between these models", FitHtml.Table(table), StringComparison.Ordinal);
        var counts = new FitSettings { Family = Family.Poisson };
        Assert.Empty(LikelihoodRatio.Compare(("small", MixedModel.Fit(data, "y ~ x", counts)),
            ("large", MixedModel.Fit(data, "y ~ x + f", counts))).Remarks);
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

    // Expected: R 4.2, 0.5 * pchisq(x, df - 1, lower = FALSE) + 0.5 * pchisq(x, df, lower = FALSE), with one variance; pchisq without. The
    // statistics are the 5% points of chi-square with 1, 2, 2, 4, 3 and 1 degrees of freedom.
    [Theory]
    [InlineData("y ~ x", "y ~ x + (1 | g)", 3.841458820694124, "0:1", 0.025)]
    [InlineData("y ~ x + (1 | g)", "y ~ x + (1 + x | g)", 5.991464547107979, "1:2", 0.0321876)]
    [InlineData("y ~ x", "y ~ x + z + (1 | g)", 5.991464547107979, "1:2", 0.0321876)]
    [InlineData("y ~ x + (1 + x | g)", "y ~ x + z + (1 + x + z | g)", 9.487729036781154, "3:4", 0.0367311)]
    [InlineData("y ~ x", "y ~ x + (1 + x | g)", 7.814727903251179, "3", 0.05)]
    [InlineData("y ~ x + (1 + x || g)", "y ~ x + (1 + x | g)", 3.841458820694124, "1", 0.05)]
    public void Takes_the_null_distribution_that_the_added_variances_have(string small, string large, double statistic, string df, double p)
    {
        var one = Fit(small) with { LogLikelihood = -100, Singular = false };
        var table = LikelihoodRatio.Compare(("one", one), ("two", Fit(large) with { LogLikelihood = -100 + statistic / 2 }));
        Assert.Equal(p, table.Rows[1].P, 1e-6);
        Assert.Contains($" {df} ", table.ToString(), StringComparison.Ordinal);
        Assert.Equal(df.Contains(':', StringComparison.Ordinal),
            table.Remarks.Any(remark => remark.StartsWith("Where df is two numbers", StringComparison.Ordinal)));
    }

    [Fact]
    public void Several_variances_at_once_have_a_bound_and_are_sent_to_the_bootstrap()
    {
        var large = Fit("y ~ x + (1 + x | g)") with { LogLikelihood = -100 + 7.814727903251179 / 2 };
        var table = LikelihoodRatio.Compare(("one", Fit("y ~ x") with { LogLikelihood = -100 }), ("two", large));
        Assert.True(table.Rows[1].PIsBound);
        Assert.Contains("<=0.0500", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("adds 2 variances at once", table.Remarks[0], StringComparison.Ordinal);
        Assert.Contains("large.BootstrapLikelihoodRatio(small)", table.Remarks[0], StringComparison.Ordinal);
        Assert.Contains("&lt;=0.0500", FitHtml.Table(table), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_where_the_smaller_model_lies_on_the_edge_itself()
    {
        var small = Fit("y ~ x + (1 | g)") with { Singular = true };
        Assert.Contains("that fit is singular", LikelihoodRatio.Compare(("one", small), ("two", Fit("y ~ x + (1 + x | g)"))).Remarks[0],
            StringComparison.Ordinal);
        Assert.DoesNotContain("singular", LikelihoodRatio.Compare(("one", small), ("two", Fit("y ~ x + f + (1 | g)"))).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_hide_that_a_larger_model_has_a_lower_likelihood()
    {
        var (small, large) = (Fit("y ~ x + (1 | g)"), Fit("y ~ x + f + (1 | g)"));
        var table = LikelihoodRatio.Compare(("one", small), ("two", large with { LogLikelihood = small.LogLikelihood - 0.5 }));
        Assert.Equal(-1, table.Rows[1].ChiSquare, 1e-9);
        Assert.True(double.IsNaN(table.Rows[1].P));
        Assert.Contains("lower likelihood", table.Remarks[0], StringComparison.Ordinal);

        // What rounding leaves of equal likelihoods is no fall.
        var equal = LikelihoodRatio.Compare(("one", small), ("two", large with { LogLikelihood = small.LogLikelihood - 1e-7 })).Rows[1];
        Assert.Equal((0, 1), (equal.ChiSquare, equal.P));
    }

    // lme4 1.1-31, anova() of lmer(Reaction ~ Days + (1 | Subject)), (Days || Subject) and (Days | Subject), by maximum likelihood and, of
    // the last row, restricted; the p values of mixtures from pchisq.
    [Fact]
    public void The_slopes_of_the_sleep_study_are_tested_as_by_lme4()
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/sleepstudy.csv"));
        var (intercepts, apart) = (Sleep("(1 | Subject)"), Sleep("(Days || Subject)"));
        var together = Sleep("(Days | Subject)");
        var rows = LikelihoodRatio.Compare(("intercepts", intercepts), ("apart", apart), ("together", together)).Rows;
        Assert.Equal(42.07539, rows[1].ChiSquare, 1e-4);
        Assert.Equal(8.7822e-11 / 2, rows[1].P, 1e-14);
        Assert.Equal(0.06391, rows[2].ChiSquare, 1e-4);
        Assert.Equal(0.80042, rows[2].P, 1e-4);
        var row = LikelihoodRatio.Compare(("intercepts", intercepts), ("together", together)).Rows[1];
        Assert.Equal(42.1392985, row.ChiSquare, 1e-4);
        Assert.Equal(3.9612e-10, row.P, 1e-13);
        var restricted = LikelihoodRatio.Compare(("intercepts", Sleep("(1 | Subject)", reml: true)),
            ("together", Sleep("(Days | Subject)", reml: true))).Rows[1];
        Assert.Equal(42.8368134, restricted.ChiSquare, 1e-4);

        MixedModelFit Sleep(string random, bool reml = false) =>
            MixedModel.Fit(data, "Reaction ~ Days + " + random, new FitSettings { Family = Family.Gaussian, Reml = reml });
    }

    [Fact]
    public void Refuses_fewer_than_two_models_and_fits_of_different_rows()
    {
        var fit = Fit("y ~ x + (1 | g)");
        Assert.Equal("one model", Assert.Throws<ProblemException>(() => LikelihoodRatio.Compare(("one", fit))).Problem.Found);
        Assert.Contains("observations", Assert.Throws<ProblemException>(() => LikelihoodRatio.Compare(("one", fit),
            ("two", MixedModel.Fit(Data.Head(200), "y ~ x + f + (1 | g)")))).Problem.Found, StringComparison.Ordinal);
    }

    private static MixedModelFit Fit(string formula) => MixedModel.Fit(Data, formula);
}
