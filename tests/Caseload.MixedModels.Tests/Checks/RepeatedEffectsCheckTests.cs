using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Checks;

/// <summary>Random effects that say the same leave a ridge of maxima, and are named before a search is lost on it.</summary>
public sealed class RepeatedEffectsCheckTests
{
    [Theory]
    [InlineData("y ~ x + (1 | g) + (0 + f | g)", "The random effects of fa, fb, fc for g repeat those of (Intercept) for g")]
    [InlineData("y ~ x + (1 | g) + (1 | copy)", "g and copy divide the rows into the same groups")]
    [InlineData("y ~ x + (1 | g/copy)", "divide the rows into the same groups")]
    [InlineData("y ~ x + (x + twice | g)", "Among the random effects for g, twice is 0 or a combination of those before it")]
    [InlineData("y ~ x + (1 | h) + (x | g) + (0 + x | copy)", "repeat those of (Intercept), x for g")]
    public void Effects_that_repeat_others_are_named(string formula, string words)
    {
        foreach (var family in (ReadOnlySpan<Family>)[Family.Binomial, Family.Poisson, Family.Gaussian])
        {
            var fit = MixedModel.Fit(Data(), formula, new FitSettings { Family = family });
            Assert.Contains(words, Check(fit).Message, StringComparison.Ordinal);
            Assert.Equal(ProblemKind.NoEstimate, fit.Obstacle!.Kind);
            Assert.True(double.IsNaN(fit.LogLikelihood));
        }
    }

    // The variances of the three indicators and the covariance that the intercept adds are four numbers of a covariance matrix.
    [Theory]
    [InlineData("y ~ x + (1 | g) + (0 + a | g) + (0 + b | g) + (0 + c | g)")]
    [InlineData("y ~ x + (1 | g) + (0 + x | g)")]
    [InlineData("y ~ x + (x | g) + (1 | h)")]
    [InlineData("y ~ x + (1 | r/g)")]
    public void Effects_that_do_not_pass(string formula) =>
        Assert.Equal(CheckOutcome.Passed, Check(MixedModel.Fit(Data(), formula)).Outcome);

    [Fact]
    public void Without_random_effects_there_is_nothing_to_check() =>
        Assert.Equal(CheckOutcome.NotRun, Check(MixedModel.Fit(Data(), "y ~ x")).Outcome);

    private static FitCheck Check(MixedModelFit fit) => Assert.Single(fit.Checks, check => check.Check == CheckName.RepeatedEffects);

    private static Frame Data()
    {
        var data = Simulated.Crossed(seed: 11);
        var (x, f, g) = (data.Number("x"), data.Text("f"), data.Text("g"));
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        return new Frame([data["y"], x, f, g, data["h"], data["r"],
            TextColumn.Of("copy", rows.Select(row => $"C{g[row]}")),
            new NumberColumn("twice", [.. rows.Select(row => 2 * x.Values[row] + 1)]),
            .. "abc".Select(level => new IntegerColumn(level.ToString(), [.. rows.Select(row => f[row] == level.ToString() ? 1 : 0)]))]);
    }
}
