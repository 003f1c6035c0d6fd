using Caseload.Frames;
using Caseload.MixedModels.Inference.GroupComparisons;
using Caseload.MixedModels.Inference.Means;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Inference.GroupComparisons;

public sealed class GroupComparisonTests
{
    // Goldstein and Healy (1995): 1.39 standard errors at 5%; 1.96 / sqrt(2) where all are alike.
    [Theory]
    [InlineData(0.95, 1.3859038243496777)]
    [InlineData(0.99, 1.8213863677184498)]
    public void Pairs_of_equal_errors_have_the_published_multiplier(double level, double multiplier) =>
        Assert.Equal(multiplier, PairMultiplier.Of([0.2, 0.2, 0.2, 0.2], level), 1e-9);

    // Of two groups the one pair decides: 1.96 sqrt(1 + k^2) / (1 + k), where one error is k times the other.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void Two_groups_have_the_multiplier_of_their_errors_ratio(double ratio) =>
        Assert.Equal(1.959963984540054 * Math.Sqrt(1 + ratio * ratio) / (1 + ratio), PairMultiplier.Of([0.3, 0.3 * ratio], 0.95), 1e-9);

    [Fact]
    public void Equal_groups_are_told_apart_as_often_as_the_level_says() => Properties.Hold(
        Gen.Choose(1, 100).ArrayOf(12).Select(errors => errors.Select(error => error / 100.0).ToArray()), errors =>
        {
            var multiplier = PairMultiplier.Of(errors, 0.95);
            Assert.InRange(multiplier, 1.3859, 1.96);
            Assert.Equal(0.05, PairMultiplier.Chance(errors, multiplier), 1e-9);
        });

    // R 4.2.2 with lme4 1.1-31: as.data.frame(ranef(fit, condVar = TRUE)), the multiplier by uniroot() over all pairs.
    [Fact]
    public void Of_districts_are_those_of_lme4()
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/contraception.csv"));
        var groups = MixedModel.Fit(data, "y ~ age + I(age^2) + urban + livch + (1 | district)").CompareGroups();
        Assert.Equal(1.398119, groups.PairMultiplier, 1e-6);
        foreach (var (level, mode, error) in new[]
        {
            ("1", -0.7499635, 0.1933680), ("11", -0.7353168, 0.3767566), ("14", 0.6443209, 0.1819236),
        })
        {
            var row = groups.Rows.Single(row => row.Level == level);
            Assert.Equal(mode, row.Effect, 1e-5);
            Assert.Equal(error, row.ComparativeError, 1e-5);
        }
    }

    // The chance itself, by drawing pairs of equal groups.
    [Fact]
    public void Intervals_of_equal_groups_fail_to_overlap_by_simulation_as_often_as_the_level_says()
    {
        double[] errors = [0.1, 0.15, 0.2, 0.5, 0.9];
        var (multiplier, random, apart, pairs) = (PairMultiplier.Of(errors, 0.95), new Random(101), 0, 0);
        for (var draw = 0; draw < 20_000; draw++)
        {
            double[] effects = [.. errors.Select(error => error * StandardNormal.Draw(random))];
            for (var i = 0; i < 5; i++)
            {
                for (var j = 0; j < i; j++, pairs++)
                    apart += Math.Abs(effects[i] - effects[j]) > multiplier * (errors[i] + errors[j]) ? 1 : 0;
            }
        }

        Assert.Equal(0.05, apart / (double)pairs, 0.002);
    }

    [Fact]
    public void The_multiplier_of_many_groups_is_that_of_the_quantiles_of_their_errors()
    {
        var random = new Random(102);
        double[] errors = [.. Enumerable.Range(0, 900).Select(_ => 0.1 + random.NextDouble())];
        Assert.Equal(0.05, PairMultiplier.Chance(errors, PairMultiplier.Of(errors, 0.95)), 2e-4);
    }

    [Fact]
    public void The_variance_of_the_effects_is_that_of_the_modes_and_that_about_them() => Properties.HoldOnData(data =>
    {
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        var comparison = fit.CompareGroups();
        Assert.Equal(comparison.Rows.Select(row => row.Effect).Order(), comparison.Rows.Select(row => row.Effect));
        foreach (var row in comparison.Rows)
        {
            Assert.Equal(fit.RandomEffects[0].Covariance[0][0],
                row.ComparativeError * row.ComparativeError + row.DiagnosticError * row.DiagnosticError, 1e-10);
            Assert.Equal(1.959963984540054 * 2 * row.ComparativeError, row.Upper - row.Lower, 1e-9);
            Assert.True(row.PairUpper - row.PairLower <= row.Upper - row.Lower);
        }
    }, count: 5);

    [Fact]
    public void The_effect_of_a_slope_is_named()
    {
        var fit = MixedModel.Fit(Simulated.Crossed(seed: 103), "y ~ x + (1 + x | g) + (1 | h)");
        var slopes = fit.CompareGroups(new GroupSettings { Group = "g", Term = "x" });
        Assert.Equal("g, x", slopes.Group);
        Assert.Equal(fit.ConditionalModes.Where(mode => mode is { Group: "g", Term: "x" }).Select(mode => mode.Mode).Order(),
            slopes.Rows.Select(row => row.Effect));
        Assert.Contains("g, h", Assert.Throws<ProblemException>(() => fit.CompareGroups()).Problem.Expected, StringComparison.Ordinal);
        Assert.Contains("named \"r\"", Found(new GroupSettings { Group = "r" }), StringComparison.Ordinal);
        Assert.Contains("named \"x\"", Found(new GroupSettings { Group = "h", Term = "x" }), StringComparison.Ordinal);

        string Found(GroupSettings settings) => Assert.Throws<ProblemException>(() => fit.CompareGroups(settings)).Problem.Found;
    }

    [Fact]
    public void Effects_within_other_groups_are_said_to_be()
    {
        var fit = MixedModel.Fit(Simulated.Linear(seed: 106), "y ~ x + (1 | a/b)", new FitSettings { Family = Family.Gaussian });
        var inner = fit.CompareGroups(new GroupSettings { Group = "b:a" });
        Assert.Contains("the effects of a are not in them", inner.Remarks[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("not in them", fit.CompareGroups(new GroupSettings { Group = "a" }).ToString(), StringComparison.Ordinal);
        Printed.Fits(inner);
    }

    [Fact]
    public void Everything_about_groups_fits_a_terminal()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 104), "y ~ x + f + (1 | g)");
        Printed.Fits(fit.CompareGroups());
        Printed.Fits(fit.UnexpectedGroups(Math.Log(1.2)));
        Printed.Fits(fit.RankGroups());
        Printed.Fits(fit.Funnel());
        Printed.Fits(fit.DeletionResiduals());
    }

    [Fact]
    public void Refuses_a_model_without_groups() =>
        Assert.Throws<ProblemException>(() => MixedModel.Fit(Simulated.TwoLevel(seed: 105), "y ~ x").CompareGroups());
}
