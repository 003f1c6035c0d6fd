using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Resampling;
using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Tests.Fits;

namespace Caseload.MixedModels.Tests.Inference.Resampling;

public sealed class RefitTests
{
    [Fact]
    public void A_refit_is_the_fit_of_the_changed_data() => ModelKind.HoldOnKinds(_ => true, (kind, data) =>
    {
        var fit = kind.Fit(data, settings => settings with { StepTolerance = 1e-7 });
        var plan = RefitPlan.Of(fit);
        var (simulator, refitter) = (new ResponseSimulator(fit, plan.Design), plan.Refitter());
        for (var replicate = 0; replicate < 3; replicate++)
        {
            var response = simulator.Draw(new RandomStream(5, replicate), RandomEffectDraws.FromDistribution);
            var (fast, slow) = (refitter.Refit(response), MixedModel.Fit(fit.Data!.Frame.Responding(response.Response), fit.Data.Settings));
            AssertSame(kind, slow, fast);
        }
    }, count: 32);

    [Fact]
    public void A_refit_of_its_own_response_is_the_fit_itself() => ModelKind.HoldOnKinds(_ => true, (kind, data) =>
    {
        var fit = kind.Fit(data, settings => settings with { StepTolerance = 1e-7 });
        double[] response = fit.Data!.Frame.Response is GaussianResponse numbers ? numbers.Values : fit.Data.Frame.Response.Successes;
        AssertSame(kind, fit, fit.Refit(response));
    }, count: 16);

    [Fact]
    public void Where_one_refit_is_separated_or_at_an_edge_the_next_is_none_the_worse()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 3), "y ~ x + f + (1 | g)");
        var data = Simulated.TwoLevel(seed: 3);
        double[] own = [.. data.Integer("y").Values.ToArray()];
        double[] separated = [.. own.Select((y, row) => data.Text("f")[row] == "c" ? 1 : y)];
        var refitter = RefitPlan.Of(fit).Refitter();
        var bad = refitter.Refit(new SimulatedResponse(separated, []));
        Assert.NotNull(bad.Obstacle);
        Assert.True(double.IsNaN(bad["fc"].Estimate));
        Assert.Equal(fit["fc"].Estimate, refitter.Refit(new SimulatedResponse(own, []))["fc"].Estimate, 1e-8);
    }

    [Fact]
    public void Refuses_a_response_of_other_rows_or_of_another_family()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 3), "y ~ x + f + (1 | g)");
        double[] own = [.. Simulated.TwoLevel(seed: 3).Integer("y").Values.ToArray()];
        Assert.Equal(ProblemKind.WrongUsage, Assert.Throws<ProblemException>(() => fit.Refit(own[1..])).Problem.Kind);
        own[4] = 0.5;
        var wrong = Assert.Throws<ProblemException>(() => fit.Refit(own)).Problem;
        Assert.Equal(ProblemKind.CheckFailed, wrong.Kind);
        Assert.Contains("row 5", wrong.Where, StringComparison.Ordinal);
    }

    private static void AssertSame(ModelKind kind, MixedModelFit slow, MixedModelFit fast)
    {
        Assert.Equal(slow.Obstacle is null, fast.Obstacle is null);
        if (slow.Obstacle is not null) return;
        Assert.True(Math.Abs(slow.LogLikelihood - fast.LogLikelihood) < 1e-7, $"{kind} {slow.LogLikelihood} {fast.LogLikelihood}");
        Assert.Equal(slow.Singular, fast.Singular);
        foreach (var (one, two) in slow.FixedEffects.Zip(fast.FixedEffects))
        {
            Assert.True(Math.Abs(one.Estimate - two.Estimate) < 1e-7, $"{kind} {one} {two}");
            Assert.True(Math.Abs(one.StandardError - two.StandardError) < 1e-5, $"{kind} {one} {two}");
        }

        foreach (var (one, two) in slow.RandomEffects.Zip(fast.RandomEffects))
        {
            foreach (var (first, second) in one.StandardDeviations.Zip(two.StandardDeviations))
                Assert.True(Math.Abs(first - second) < 1e-6, $"{kind} {first} {second}");
        }

        foreach (var (one, two) in slow.ConditionalModes.Zip(fast.ConditionalModes)) Assert.Equal(one.Mode, two.Mode, 1e-6);
    }
}
