using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;
using Caseload.MixedModels.Tests.Fits;

namespace Caseload.MixedModels.Tests.Inference.Profiles;

public sealed class ProfileIntervalsTests
{
    private const string Formula = "y ~ x + f + (1 | g)";

    [Fact]
    public void Every_interval_holds_its_estimate() => ModelKind.HoldOnKinds(_ => true, (kind, data) =>
    {
        var fit = kind.Fit(data);
        var intervals = Profile(fit);
        foreach (var interval in intervals.Intervals.Where(at => !double.IsNaN(at.Lower) && !double.IsNaN(at.Upper)))
            Assert.InRange(interval.Estimate, interval.Lower, interval.Upper);
        if (kind.Reml) return;
        foreach (var effect in fit.FixedEffects)
        {
            Assert.Equal(effect.Estimate, intervals[effect.Term].Estimate, 1e-9 * (1 + Math.Abs(effect.Estimate)));
            Assert.True(double.IsFinite(intervals[effect.Term].Lower) && double.IsFinite(intervals[effect.Term].Upper));
        }
    }, count: 16);

    [Fact]
    public void Rows_in_another_order_change_nothing_to_the_last_bit() => Properties.HoldOnData(data =>
    {
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        new Random(1).Shuffle(rows);
        Assert.Equal(Profile(MixedModel.Fit(data, Formula)).Intervals, Profile(MixedModel.Fit(data.Take(rows), Formula)).Intervals);
    }, count: 8);

    [Fact]
    public void A_covariate_in_other_units_and_from_another_origin_moves_its_own_interval_alone() => Properties.HoldOnData(data =>
    {
        var moved = data.With(new NumberColumn("x", [.. data.Number("x").Values.ToArray().Select(x => 2010 + 1000 * x)]));
        var (one, other) = (Profile(MixedModel.Fit(data, Formula)), Profile(MixedModel.Fit(moved, Formula)));
        Assert.Equal(one["x"].Lower, 1000 * other["x"].Lower, 1e-6);
        Assert.Equal(one["x"].Upper, 1000 * other["x"].Upper, 1e-6);
        Assert.Equal(one["fb"].Lower, other["fb"].Lower, 1e-6);
        Assert.Equal(one.Find(IntervalKind.Variance).Upper, other.Find(IntervalKind.Variance).Upper, 1e-6);
    }, count: 8);

    [Fact]
    public void Variances_shares_and_median_odds_ratios_are_those_of_the_limits_of_the_standard_deviation()
    {
        var intervals = Profile(MixedModel.Fit(Simulated.TwoLevel(seed: 3), Formula));
        var deviation = intervals.Find(IntervalKind.StandardDeviation);
        Assert.Equal(deviation.Upper * deviation.Upper, intervals.Find(IntervalKind.Variance).Upper, 1e-12);
        var share = intervals.Find(IntervalKind.PartitionCoefficient);
        Assert.Equal(Math.Pow(deviation.Lower, 2) / (Math.Pow(deviation.Lower, 2) + Math.PI * Math.PI / 3), share.Lower, 1e-12);
        Assert.Equal(Math.Exp(Math.Sqrt(2) * deviation.Lower * 0.6744897501960817),
            intervals.Find(IntervalKind.MedianOddsRatio).Lower, 1e-12);
    }

    [Fact]
    public void A_variance_that_may_be_0_has_the_lower_limit_0_and_the_test_that_goes_with_it()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 7, groups: 8, size: 12, sigma: 0.25), Formula);
        Assert.False(fit.Singular);
        var intervals = Profile(fit);
        Assert.Equal(0, intervals.Find(IntervalKind.StandardDeviation).Lower);
        Assert.Equal(1, intervals.Find(IntervalKind.MedianOddsRatio).Lower);
        var without = MixedModel.Fit(Simulated.TwoLevel(seed: 7, groups: 8, size: 12, sigma: 0.25), "y ~ x + f");
        var p = LikelihoodRatio.Compare(("without", without), ("with", fit)).Rows[1].P;
        Assert.Contains(FormattableString.Invariant($"p = {p:F4}"), Assert.Single(intervals.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_singular_fit_has_an_upper_limit_and_says_that_the_lower_one_is_the_estimate()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 3, groups: 6, size: 8, sigma: 0), Formula);
        Assert.True(fit.Singular);
        var intervals = Profile(fit);
        var deviation = intervals.Find(IntervalKind.StandardDeviation);
        Assert.Equal((0, 0), (deviation.Estimate, deviation.Lower));
        Assert.InRange(deviation.Upper, 0.05, 3);
        Assert.Contains(intervals.Remarks, remark => remark.Contains("end of its range", StringComparison.Ordinal));
    }

    [Fact]
    public void A_separated_coefficient_has_one_infinite_limit_and_one_that_is_finite()
    {
        var data = Simulated.TwoLevel(seed: 11);
        var y = data.Integer("y").Values.ToArray();
        for (var row = 0; row < y.Length; row++) y[row] = data.Text("f")[row] == "c" ? 1 : y[row];
        var separated = data.With(new IntegerColumn("y", y));
        var fit = MixedModel.Fit(separated, Formula);
        var intervals = Profile(fit);
        var level = intervals["fc"];
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (level.Estimate, level.Upper));
        Assert.Contains("fc", Assert.Single(intervals.Remarks), StringComparison.Ordinal);

        // With the coefficient held there the deviance is that of the limit.
        var held = separated.With(new NumberColumn("o", [.. Enumerable.Range(0, data.RowCount)
            .Select(row => data.Text("f")[row] == "c" ? level.Lower : 0)]))
            .With(new IntegerColumn("b", [.. Enumerable.Range(0, data.RowCount).Select(row => data.Text("f")[row] == "b" ? 1 : 0)]));
        Assert.Equal(fit.Deviance + 3.841458820694124, MixedModel.Fit(held, "y ~ x + b + offset(o) + (1 | g)").Deviance, 1e-5);

        // The others are those of the rows that are left.
        var rest = Profile(MixedModel.Fit(separated.Filter(row => data.Text("f")[row] != "c"), Formula));
        Assert.Equal(rest["x"].Lower, intervals["x"].Lower, 1e-6);
    }

    // Seeds at which a search from the maximum alone went astray: singular, at an edge, or with fewer directions than effects.
    [Theory]
    [InlineData("y ~ x + (1 + x | h) + (1 | ab)", 2, 150)]
    [InlineData("y ~ x + (1 + x | h) + (1 | ab)", 5, 150)]
    [InlineData("y ~ x + f + (1 + x | h)", 2, 150)]
    [InlineData("y ~ x + f + (1 + x | h)", 4, 150)]
    public void Linear_models_at_the_edge_have_every_limit(string formula, int seed, int rows)
    {
        var intervals = Profile(MixedModel.Fit(Simulated.Linear(seed, rows), formula, new FitSettings { Family = Family.Gaussian }));
        Assert.All(intervals.Intervals, at => Assert.True(at.Lower <= at.Estimate && at.Estimate <= at.Upper, at.ToString()));
        Assert.Contains(intervals.Intervals, at => at.Kind == IntervalKind.Correlation);
    }

    // A correlation whose profile ends where one of the variances is 0; a coefficient that wakes a variance of 0; small groups.
    [Theory]
    [InlineData("y ~ x + f + (1 + x | g)", Family.Binomial, 3)]
    [InlineData("y ~ x + f + (1 + x | h)", Family.Binomial, 10)]
    [InlineData("y ~ x + (1 | r/g)", Family.Binomial, 6)]
    [InlineData("n ~ x + f + (1 + x | r)", Family.Gaussian, 3)]
    [InlineData("n ~ x + f + (1 + x | r)", Family.Gaussian, 27)]
    public void Small_models_have_every_limit(string formula, Family family, int seed)
    {
        var intervals = Profile(MixedModel.Fit(Simulated.Crossed(seed, groups: 8, others: 4, rows: 150), formula,
            new FitSettings { Family = family }));
        Assert.All(intervals.Intervals, at => Assert.True(at.Lower <= at.Estimate && at.Estimate <= at.Upper, at.ToString()));
    }

    [Fact]
    public void A_correlation_estimated_as_1_ends_there_and_has_its_other_limit()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 4, groups: 10, size: 20, sigma: 0.6), "y ~ x + f + (1 + x | g)");
        Assert.Equal(1, fit.RandomEffects[0].Correlation[0][1], 1e-9);
        var correlation = Profile(fit).Find(IntervalKind.Correlation);
        Assert.Equal((1, 1), (correlation.Estimate, correlation.Upper));
        Assert.InRange(correlation.Lower, -1, 0.99);
    }

    [Fact]
    public void Of_several_effects_that_are_singular_together_the_standard_deviations_have_limits_and_a_sentence_tells_of_the_rest()
    {
        var intervals = Profile(MixedModel.Fit(Simulated.Linear(seed: 5, rows: 300), "y ~ x + f + (1 + x + f | ab)",
            new FitSettings { Family = Family.Gaussian }));
        Assert.DoesNotContain(intervals.Intervals, at => at.Kind == IntervalKind.Correlation);
        Assert.All(intervals.Intervals, at => Assert.True(at.Lower <= at.Estimate && at.Estimate < at.Upper, at.ToString()));
        Assert.Contains(intervals.Remarks, remark =>
            remark.StartsWith("The effects of ab vary in fewer directions", StringComparison.Ordinal));
    }

    [Fact]
    public void Coefficients_that_run_away_together_have_a_sentence_where_there_is_no_limit()
    {
        var data = Simulated.TwoLevel(seed: 3);
        int[] y = [.. Enumerable.Range(0, data.RowCount).Select(row => data.Text("f")[row] == "b" ? 0 : data.Integer("y").Values[row])];
        var intervals = Profile(MixedModel.Fit(data.With(new IntegerColumn("y", y)), "y ~ x * f + (1 | g)"));
        Assert.Equal(double.NegativeInfinity, intervals["fb"].Lower);
        Assert.True(double.IsFinite(intervals["fb"].Upper));
        Assert.False(double.IsFinite(intervals["x:fb"].Upper));
        Assert.Contains(intervals.Remarks, remark =>
            remark.StartsWith("The likelihood rises for ever with x:fb; on the other side no limit", StringComparison.Ordinal));
    }

    [Fact]
    public void Restricted_likelihood_has_profiles_of_its_variances_only_and_says_so()
    {
        var intervals = Profile(MixedModel.Fit(Simulated.Linear(seed: 4), "y ~ x + (1 | ab)",
            new FitSettings { Family = Family.Gaussian, Reml = true }));
        Assert.DoesNotContain(intervals.Intervals, interval => interval.Kind == IntervalKind.FixedEffect);
        Assert.True(intervals.Find(IntervalKind.ResidualStandardDeviation).Lower > 0);
        Assert.Contains("maximum likelihood", Assert.Single(intervals.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wider_level_gives_wider_intervals()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 3), Formula);
        var (narrow, wide) = (Profile(fit, 0.8), Profile(fit, 0.99));
        foreach (var (inner, outer) in narrow.Intervals.Zip(wide.Intervals))
            Assert.True(outer.Lower <= inner.Lower && inner.Upper <= outer.Upper, inner.ToString());
        Assert.Contains("99% from", wide.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_fit_without_estimates_and_a_level_that_is_no_probability()
    {
        var data = Simulated.TwoLevel(seed: 3);
        var nothing = MixedModel.Fit(data.With(new IntegerColumn("y", new int[data.RowCount])), Formula);
        Assert.Equal(ProblemKind.NoEstimate, Assert.Throws<ProblemException>(() => Profile(nothing)).Problem.Kind);
        Assert.Equal(ProblemKind.WrongUsage,
            Assert.Throws<ProblemException>(() => Profile(MixedModel.Fit(data, Formula), 95)).Problem.Kind);
    }

    [Fact]
    public void Prints_a_table_of_coefficients_and_one_of_the_random_part()
    {
        var text = Profile(MixedModel.Fit(Simulated.TwoLevel(seed: 3), Formula)).ToString();
        Assert.Contains("Fixed effects, profile likelihood\n  term         estimate  95% from", text, StringComparison.Ordinal);
        Assert.Contains("odds ratio  95% from", text, StringComparison.Ordinal);
        Assert.Contains("Random part, profile likelihood\n  group  quantity", text, StringComparison.Ordinal);
        Assert.Contains("median odds ratio", text, StringComparison.Ordinal);
    }

    private static IntervalTable Profile(MixedModelFit fit, double level = 0.95) =>
        fit.ProfileIntervals(level, TestContext.Current.CancellationToken);
}
