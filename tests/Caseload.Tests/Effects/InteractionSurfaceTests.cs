using Caseload.Effects;
using Caseload.Frames;

namespace Caseload.Tests.Effects;

/// <summary>Predicted probabilities: means over the children, whatever is collapsed on the way.</summary>
public sealed class InteractionSurfaceTests
{
    [Theory]
    [InlineData(10, 550)]
    [InlineData(6, 1200)]
    [InlineData(25, 200)]
    public void Is_the_mean_over_every_single_child_with_the_area_figures_set(double cin, double rate)
    {
        var data = StudyFit.Data;
        NumberColumn Constant(string name, double value) => new(name, [.. Enumerable.Repeat(value, data.RowCount)]);
        var predicted = StudyFit.Fit.Predict(data.With(Constant("cin_5", (cin - 10) / 5)).With(Constant("rate_250", (rate - 550) / 250)));

        var at = new InteractionSurface(StudyFit.Fit, data).At(cin, rate);

        Assert.Equal(predicted.MeanInAverageGroup.Average(), at.Probability, 10);
        Assert.Equal((cin, rate), (at.CinPerSocialWorker, at.ReferralRate));
    }

    [Fact]
    public void The_interval_holds_the_probability_and_lies_within_0_and_1_however_far_out()
    {
        var surface = new InteractionSurface(StudyFit.Fit, StudyFit.Data);
        foreach (var (cin, rate) in new[] { (10.0, 550.0), (0, 0), (60, 5000), (5, 20000) })
        {
            var at = surface.At(cin, rate);
            Assert.InRange(at.Probability, at.Lower, at.Upper);
            Assert.InRange(at.Lower, 0, 1);
            Assert.InRange(at.Upper, 0, 1);
        }
    }

    [Fact]
    public void The_interval_is_the_delta_method_on_the_logit_scale()
    {
        // The variance of the logit of the mean, with its gradient by central differences in each coefficient rather than in closed form.
        var (fit, data) = (StudyFit.Fit, StudyFit.Data);
        double LogitOfMean(int moved, double by)
        {
            var effects = fit.FixedEffects.ToArray();
            if (moved >= 0) effects[moved] = effects[moved] with { Estimate = effects[moved].Estimate + by };
            var p = new InteractionSurface(fit with { FixedEffects = effects }, data).At(15, 700).Probability;
            return Math.Log(p / (1 - p));
        }

        const double Step = 1e-5;
        var gradient = Enumerable.Range(0, fit.FixedEffects.Count).Select(k => (LogitOfMean(k, Step) - LogitOfMean(k, -Step)) / (2 * Step)).ToArray();
        var variance = gradient.SelectMany((a, k) => gradient.Select((b, l) => a * b * fit.Covariance[k, l])).Sum();
        var at = new InteractionSurface(fit, data).At(15, 700);
        double Logit(double p) => Math.Log(p / (1 - p));

        Assert.Equal(1.959963984540054 * Math.Sqrt(variance), (Logit(at.Upper) - Logit(at.Lower)) / 2, 6);
        Assert.Equal(LogitOfMean(-1, 0), (Logit(at.Upper) + Logit(at.Lower)) / 2, 9);
    }

    [Fact]
    public void A_curve_runs_evenly_from_end_to_end()
    {
        var curve = new InteractionSurface(StudyFit.Fit, StudyFit.Data).Along(12, 200, 1000, 5);

        Assert.Equal([200, 400, 600, 800, 1000], curve.Select(p => p.ReferralRate));
        Assert.All(curve, p => Assert.Equal(12, p.CinPerSocialWorker));
    }

    [Fact]
    public void With_a_positive_interaction_the_rate_matters_more_where_there_are_more_cases()
    {
        var surface = new InteractionSurface(StudyFit.With(0.02, 0.1, 0.001, 0, 0.001), StudyFit.Data);
        double Rise(double cin) => surface.At(cin, 900).Probability - surface.At(cin, 400).Probability;

        Assert.True(Rise(20) > Rise(12));
        Assert.True(Rise(5) < 0);
    }
}
