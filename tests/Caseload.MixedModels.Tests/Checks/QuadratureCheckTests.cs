using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Checks;

public sealed class QuadratureCheckTests
{
    private const string Formula = "y ~ x + (1 | g)";

    [Fact]
    public void Fails_by_Laplace_and_says_what_to_do_where_groups_are_tiny_and_differ_much()
    {
        var data = Simulated.TwoLevel(seed: 3, groups: 300, size: 4, sigma: 4);
        var fit = Fit(data, Formula);
        var check = Of(fit);
        Assert.Equal(CheckOutcome.Failed, check.Outcome);
        Assert.True(check.Value > check.Tolerance);
        Assert.Contains("--quadrature 25", check.Message, StringComparison.Ordinal);
        Assert.True(fit.Converged && fit.Obstacle is null);
        Assert.Contains(check, fit.Warnings);

        // What is advised passes, and lies beyond what the check by Laplace foretold.
        var better = Fit(data, Formula, points: 25);
        Assert.Equal(CheckOutcome.Passed, Of(better).Outcome);
        Assert.True(better.LogLikelihood - fit.LogLikelihood > 1);
        Assert.True(better.RandomEffects[0].StandardDeviations[0] > fit.RandomEffects[0].StandardDeviations[0]);
    }

    [Theory]
    [InlineData("y ~ x + (1 | g)")]
    [InlineData("y ~ x + (0 + x | g)")]
    [InlineData("y ~ x + (1 + x | g)")]
    public void Passes_where_groups_are_large(string formula)
    {
        var data = Simulated.TwoLevel(seed: 3, groups: 20, size: 60);
        foreach (var points in new[] { 1, 4 })
        {
            var check = Of(Fit(data, formula, points));
            Assert.True(check.Outcome == CheckOutcome.Passed, check.Message);
            Assert.InRange(check.Value, 0, 0.1);
            Assert.NotEmpty(check.Component);
        }
    }

    [Fact]
    public void Measures_how_far_the_maximum_by_more_points_lies() => Properties.HoldOnData(data =>
    {
        var (fit, finer) = (Fit(data, Formula), Fit(data, Formula, points: 3));
        if (fit.Singular || finer.Singular) return;
        var moved = Math.Abs(finer.RandomEffects[0].StandardDeviations[0] - fit.RandomEffects[0].StandardDeviations[0])
            / fit.RandomEffects[0].StandardDeviationErrors[0];

        // One step of Newton's method over all parameters is at least as long as the move of one, to the second order.
        Assert.True(Of(fit).Value > 0.9 * moved - 1e-3, $"{Of(fit).Value} {moved}");
    }, count: 10);

    [Theory]
    [InlineData("y ~ x", 1, "no random term")]
    [InlineData("y ~ x + (1 | g) + (1 | f)", 1, "nested or crossed")]
    [InlineData("y ~ 1 + (1 + f | g)", 1, "more than 2 effects")]
    [InlineData("y ~ x + (1 | g)", 101, "no rule of more than 101 points")]
    public void Says_why_where_it_does_not_apply(string formula, int points, string why)
    {
        var check = Of(Fit(Simulated.TwoLevel(seed: 8), formula, points));
        Assert.Equal(CheckOutcome.NotRun, check.Outcome);
        Assert.Contains(why, check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Uses_the_most_points_there_are_above_50() =>
        Assert.Contains("101 quadrature points", Of(Fit(Simulated.TwoLevel(seed: 8), Formula, points: 60)).Message, StringComparison.Ordinal);

    private static FitCheck Of(MixedModelFit fit) => fit.Checks.Single(check => check.Check == CheckName.QuadratureStability);

    private static MixedModelFit Fit(Frame data, string formula, int points = 1) =>
        MixedModel.Fit(data, formula, new FitSettings { QuadraturePoints = points });
}
