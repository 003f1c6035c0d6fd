using Caseload.Frames;

namespace Caseload.MixedModels.Tests.Fits;

public sealed class PredictionTests
{
    [Fact]
    public void Adds_up_the_linear_predictor_from_its_pieces()
    {
        var data = Simulated.TwoLevel(seed: 31);
        var fit = MixedModel.Fit(data, "y ~ x * f + offset(x / 10) + (1 | g)");
        var prediction = fit.Predict(data);
        for (var row = 0; row < data.RowCount; row++)
        {
            var (x, level) = (data.Number("x").Values[row], data.Text("f")[row]!);
            var eta = fit["(Intercept)"].Estimate + (fit["x"].Estimate + 0.1) * x
                + (level == "a" ? 0 : fit["f" + level].Estimate + fit["x:f" + level].Estimate * x);
            var mode = fit.ConditionalModes.Single(m => m.Level == data.Text("g")[row]).Mode;
            Assert.Equal(eta, prediction.FixedPart[row], 1e-10);
            Assert.Equal(mode, prediction.RandomPart[row], 1e-12);
            Assert.Equal(1 / (1 + Math.Exp(-eta - mode)), prediction.Probability[row], 1e-10);
            Assert.Equal(1 / (1 + Math.Exp(-eta)), prediction.ProbabilityInAverageGroup[row], 1e-10);
        }
    }

    [Fact]
    public void Has_the_standard_error_of_the_intercept_where_all_else_is_0()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 32), "y ~ x + f + (1 | g)");
        var other = Simulated.Frame([0], [0], ["a"], ["an area never seen"]);
        var prediction = fit.Predict(other.Select("x", "f", "g"));
        Assert.Equal(fit["(Intercept)"].StandardError, prediction.FixedPartStandardError[0], 1e-10);
        Assert.Equal(0, prediction.RandomPart[0]);
    }

    [Fact]
    public void Does_not_need_the_response_or_the_groups()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 33), "y ~ x + f + (1 | g)");
        Assert.Equal(2, fit.Predict(Simulated.Frame([0, 0], [1, 2], ["b", "a"], ["", ""]).Select("x", "f")).FixedPart.Length);
    }

    [Fact]
    public void Is_missing_where_a_cell_is_missing()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 34), "y ~ x + f + (1 | g)");
        var prediction = fit.Predict(new Frame([new NumberColumn("x", [1, double.NaN, 1]), TextColumn.Of("f", ["a", "a", null])]));
        Assert.Equal([false, true, true], prediction.FixedPart.Select(double.IsNaN));
    }

    [Fact]
    public void Refuses_a_level_that_the_fit_has_not_seen()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 35), "y ~ x + f + (1 | g)");
        Assert.Equal(ProblemKind.CheckFailed,
            Assert.Throws<ProblemException>(() => fit.Predict(Simulated.Frame([0], [1], ["d"], ["G01"]))).Problem.Kind);
    }
}
