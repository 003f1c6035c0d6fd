using Caseload.Effects;
using Caseload.Frames;
using Caseload.MixedModels;

namespace Caseload.Tests.Effects;

/// <summary>How far area-level odds ratios count among the differences between authorities.</summary>
public sealed class IntervalOddsRatioTests
{
    [Theory]
    [InlineData(0, 0.5, 0.404, 2.475)] // exp(-+1.28155 sqrt(2) 0.5) = exp(-+0.90619)
    [InlineData(0.4, 0.5, 0.603, 3.692)]
    [InlineData(0.4, 0, 1.492, 1.492)] // where authorities do not differ it is the odds ratio itself
    public void The_interval_by_hand(double estimate, double deviation, double lower, double upper)
    {
        var interval = IntervalOddsRatio.Of("rate_250", estimate, deviation);

        Assert.Equal(lower, interval.Lower, 3);
        Assert.Equal(upper, interval.Upper, 3);
    }

    [Fact]
    public void Four_in_five_pairs_of_authorities_have_their_ratio_in_it()
    {
        const int Pairs = 40_000;
        var interval = IntervalOddsRatio.Of("rate_250", 0.1, 0.3);
        var random = new Random(3);
        double Draw() => 0.3 * MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
        var inside = Enumerable.Range(0, Pairs).Count(_ => Math.Exp(0.1 + Draw() - Draw()) is var ratio && ratio > interval.Lower && ratio < interval.Upper);

        // Four standard errors of a share of 0.8.
        Assert.InRange((double)inside / Pairs, 0.8 - (4 * Math.Sqrt(0.16 / Pairs)), 0.8 + (4 * Math.Sqrt(0.16 / Pairs)));
    }

    [Fact]
    public void They_are_those_of_the_engine_for_the_two_area_figures_and_the_interaction_has_none()
    {
        var intervals = IntervalOddsRatio.Of(StudyFit.Fit);

        Assert.Equal(["cin_5", "rate_250"], intervals.Select(i => i.Term).Order());
        foreach (var row in StudyFit.Fit.IntervalOddsRatios().Rows.Where(r => r.Effect.Term != "cin_5:rate_250"))
        {
            var interval = intervals.Single(i => i.Term == row.Effect.Term);
            Assert.Equal(row.Lower, interval.Lower, 9);
            Assert.Equal(row.Upper, interval.Upper, 9);
        }
    }

    [Fact]
    public void Along_the_interaction_the_interval_is_that_of_the_slope_and_at_10_that_of_the_referral_rate()
    {
        var rate = IntervalOddsRatio.Of(StudyFit.Fit).Single(i => i.Term == "rate_250");
        var (at10, at15) = (RateSlope.At(StudyFit.Fit, 10)!, RateSlope.At(StudyFit.Fit, 15)!);

        Assert.Equal(rate.Lower, at10.Interval.Lower, 9);
        Assert.Equal(rate.Upper * Math.Exp(at15.Slope - at10.Slope), at15.Interval.Upper, 9);
    }

    [Fact]
    public void A_model_without_every_estimate_has_none() => Assert.Empty(IntervalOddsRatio.Of(
        StudyFit.Fit with { Obstacle = new Problem(ProblemKind.NoEstimate, "a separated coefficient", "", "", "") }));
}
