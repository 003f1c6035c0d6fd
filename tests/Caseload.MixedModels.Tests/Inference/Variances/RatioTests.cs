using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Variances;

namespace Caseload.MixedModels.Tests.Inference.Variances;

public sealed class RatioTests
{
    [Fact]
    public void The_median_odds_ratio_of_intercepts_is_that_of_the_fit()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 51), "y ~ x + (1 | g)");
        var ratios = fit.MedianOddsRatios();
        Assert.Equal("odds ratio", ratios.Name);
        Assert.Equal(fit.MedianOddsRatio, Assert.Single(ratios.Rows).Ratio, 1e-12);
        Printed.Fits(ratios);
    }

    // Variances and median rate ratios as printed: doi 10.1186/s12942-021-00296-8, tables 3 and 4, between municipalities;
    // half a unit of the last printed digit of each is what they leave open.
    [Theory]
    [InlineData(0.016, 1.13)]
    [InlineData(0.009, 1.10)]
    [InlineData(0.005, 1.07)]
    [InlineData(0.023, 1.16)]
    [InlineData(0.012, 1.11)]
    [InlineData(0.010, 1.10)]
    public void Published_median_ratios_follow_from_published_variances(double variance, double ratio)
    {
        Assert.InRange(ratio, Median(variance - 0.0005) - 0.005, Median(variance + 0.0005) + 0.005);

        double Median(double v) => Assert.Single(WithVariance(v).MedianOddsRatios().Rows).Ratio;
    }

    // Variances and intraclass correlations as printed: doi 10.1186/s12889-019-7529-z, table 5 (its median odds ratios take 0.95 for
    // 0.9539: 4.73 for the first variance, where exp(0.9539 sqrt(2.676)) is 4.76).
    [Theory]
    [InlineData(2.676, 44.9)]
    [InlineData(0.556, 14.5)]
    [InlineData(1.117, 25.3)]
    [InlineData(0.479, 12.7)]
    public void Published_intraclass_correlations_follow_from_published_variances(double variance, double percent) =>
        Assert.Equal(percent, 100 * WithVariance(variance).PartitionVariance().Rows[0].LatentShare, 0.06);

    private static MixedModelFit WithVariance(double variance)
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 50), "y ~ x + (1 | g)");
        return fit with { RandomEffects = [fit.RandomEffects[0] with { Covariance = [[variance]] }] };
    }

    // Its definition (Larsen and Merlo 2005): the median over pairs of groups of the higher odds over the lower.
    [Fact]
    public void The_median_odds_ratio_with_a_slope_is_the_median_of_simulated_pairs()
    {
        var fit = MixedModel.Fit(Simulated.Crossed(seed: 52, groups: 30, rows: 900), "y ~ x + (1 + x | g)");
        var (s, random) = (fit.RandomEffects[0].Covariance, new Random(52));
        var ratio = fit.MedianOddsRatios("x", -1, 0, 1.5).Rows[2];
        Assert.Equal("x = 1.5", ratio.At);
        double[] pairs = [.. Enumerable.Range(0, 200_000).Select(_ => Math.Abs(Effect() - Effect())).Order()];
        Assert.Equal(Math.Exp(pairs[100_000]), ratio.Ratio, 0.02 * ratio.Ratio);

        double Effect()
        {
            var (z, w) = (StandardNormal.Draw(random), StandardNormal.Draw(random));
            var intercept = Math.Sqrt(s[0][0]) * z;
            var slope = s[0][1] / Math.Sqrt(s[0][0]) * z + Math.Sqrt(s[1][1] - s[0][1] * s[0][1] / s[0][0]) * w;
            return intercept + 1.5 * slope;
        }
    }

    [Fact]
    public void The_median_odds_ratio_of_a_factor_with_slopes_is_taken_at_its_levels()
    {
        var simulated = Simulated.Crossed(seed: 52, groups: 30, rows: 900);
        var data = simulated.With(TextColumn.Of("side", [.. ((NumberColumn)simulated["x"]).Values.ToArray().Select(x => x > 0 ? "right" : "left")]));
        var fit = MixedModel.Fit(data, "y ~ side + (1 + side | g)");
        var s = fit.RandomEffects[0].Covariance;
        var rows = fit.MedianOddsRatios("side", "left", "right").Rows;
        Assert.Equal(["side = left", "side = right"], rows.Select(row => row.At));
        Assert.Equal([s[0][0], s[0][0] + 2 * s[0][1] + s[1][1]], rows.Select(row => row.Variance), (one, other) => Math.Abs(one - other) < 1e-12);
        var problem = Assert.Throws<ProblemException>(() => fit.MedianOddsRatios("side", "up")).Problem;
        Assert.Contains("one of left, right", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void The_median_odds_ratio_of_slopes_asks_for_their_covariates()
    {
        var fit = MixedModel.Fit(Simulated.Crossed(seed: 53), "y ~ x + (1 + x | g)");
        Assert.Contains("frame", Assert.Throws<ProblemException>(() => fit.MedianOddsRatios()).Problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_have_a_median_rate_ratio_and_probits_none()
    {
        var counts = MixedModel.Fit(Simulated.Crossed(seed: 54), "n ~ x + (1 | g)", new FitSettings { Family = Family.Poisson });
        Assert.Equal("rate ratio", counts.MedianOddsRatios().Name);
        var probit = MixedModel.Fit(Simulated.TwoLevel(seed: 54), "y ~ x + (1 | g)", new FitSettings { Link = Link.Probit });
        Assert.Throws<ProblemException>(() => probit.MedianOddsRatios());
        Assert.Throws<ProblemException>(() => probit.IntervalOddsRatios());
    }

    [Fact]
    public void Interval_odds_ratios_stand_beside_the_covariates_that_are_constant_within_groups()
    {
        var (fit, _) = WithAreaCovariate(seed: 55);
        var row = Assert.Single(fit.IntervalOddsRatios().Rows);
        Assert.Equal(("rate", "g"), (row.Effect.Term, row.Groups));
        var deviation = Math.Sqrt(2 * fit.RandomEffects[0].Covariance[0][0]);
        Assert.Equal(Math.Exp(row.Effect.Estimate - 1.2815515655446 * deviation), row.Lower, 1e-9);
        Assert.Equal(Math.Exp(row.Effect.Estimate + 1.2815515655446 * deviation), row.Upper, 1e-9);
        Printed.Fits(fit.IntervalOddsRatios());
    }

    // Larsen and Merlo (2005): of pairs of persons with different groups and covariates 1 apart, the middle 80% of odds ratios.
    [Fact]
    public void Interval_odds_ratios_hold_four_fifths_of_simulated_pairs()
    {
        var (fit, _) = WithAreaCovariate(seed: 56);
        var (row, random, deviation) = (fit.IntervalOddsRatios().Rows[0], new Random(56), fit.RandomEffects[0].StandardDeviations[0]);
        double[] ratios = [.. Enumerable.Range(0, 200_000).Select(_ =>
            Math.Exp(row.Effect.Estimate + deviation * (StandardNormal.Draw(random) - StandardNormal.Draw(random))))];
        Assert.Equal(0.1, ratios.Count(ratio => ratio < row.Lower) / 200_000.0, 0.003);
        Assert.Equal(0.1, ratios.Count(ratio => ratio > row.Upper) / 200_000.0, 0.003);
        Assert.Equal(ratios.Count(ratio => ratio > 1 != row.Effect.Estimate > 0) / 200_000.0, row.Opposed, 0.005);
    }

    // With groups in regions a region's covariate meets the variance of both, a group's covariate that of groups of one region.
    [Fact]
    public void Of_nested_groups_take_the_variance_of_the_groupings_within_which_the_covariate_is_constant()
    {
        var data = Simulated.TwoLevel(seed: 59, groups: 40, size: 25);
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        data = data.With(TextColumn.Of("region", rows.Select(row => $"R{row / 25 / 5}")))
            .With(new NumberColumn("ofRegion", [.. rows.Select(row => Math.Sin(row / 125))]))
            .With(new NumberColumn("ofGroup", [.. rows.Select(row => Math.Cos(row / 25))]));
        var fit = MixedModel.Fit(data, "y ~ x + ofRegion + ofGroup + (1 | region) + (1 | g)");
        fit = fit with
        {
            RandomEffects = [.. fit.RandomEffects.Select(effect => effect with { Covariance = [[effect.Group == "region" ? 0.2 : 0.3]] })],
        };
        var ratios = fit.IntervalOddsRatios();
        Assert.Equal(Math.Sqrt(2 * 0.5), HalfWidth(ratios.Rows[0]), 1e-9);
        Assert.Equal(Math.Sqrt(2 * 0.3), HalfWidth(ratios.Rows[1]), 1e-9);
        Assert.Contains(ratios.Remarks, remark => remark.Contains("of one group of the others", StringComparison.Ordinal));

        static double HalfWidth(IntervalRatioRow row) => Math.Log(row.Upper / row.Lower) / 2 / 1.2815515655446;
    }

    [Fact]
    public void Of_a_product_the_remarks_say_which_groups_a_ratio_compares()
    {
        var (_, data) = WithAreaCovariate(seed: 60);
        data = data.With(new NumberColumn("load", [.. Enumerable.Range(0, data.RowCount).Select(row => Math.Sin(row / 15))]));
        var ratios = MixedModel.Fit(data, "y ~ x + rate * load + (1 | g)").IntervalOddsRatios();
        Assert.Equal(["rate", "load", "rate:load"], ratios.Rows.Select(row => row.Effect.Term));
        Assert.Contains(ratios.Remarks, remark => remark.Contains("where the others in it are 0", StringComparison.Ordinal));
        var without = MixedModel.Fit(data, "y ~ x + rate + load + (1 | g)").IntervalOddsRatios();
        Assert.DoesNotContain(without.Remarks, remark => remark.Contains("product", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_without_such_a_covariate_says_so()
    {
        var ratios = MixedModel.Fit(Simulated.TwoLevel(seed: 57), "y ~ x + (1 | g)").IntervalOddsRatios();
        Assert.Empty(ratios.Rows);
        Assert.Contains("constant within groups", ratios.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_coverage_beyond_1() => Assert.Throws<ProblemException>(() =>
        MixedModel.Fit(Simulated.TwoLevel(seed: 58), "y ~ x + (1 | g)").IntervalOddsRatios(80));

    private static (MixedModelFit Fit, Frame Data) WithAreaCovariate(int seed)
    {
        var data = Simulated.TwoLevel(seed);
        data = data.With(new NumberColumn("rate", [.. Enumerable.Range(0, data.RowCount).Select(row => row / 15 % 5 / 2.0)]));
        return (MixedModel.Fit(data, "y ~ x + f + rate + (1 | g)"), data);
    }
}
