using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Diagnostics;

namespace Caseload.MixedModels.Tests.Inference.Diagnostics;

public sealed class CalibrationTests
{
    // R 4.2.2 with glm(y ~ age + I(age^2) + urban + livch, binomial): the placements of DeLong, DeLong and Clarke-Pearson (1988) written
    // out, and Hosmer and Lemeshow's sum over tenths of the rows in the order of their probabilities, ties kept together.
    [Fact]
    public void Of_a_logistic_regression_is_that_of_R()
    {
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/contraception.csv")), "y ~ age + I(age^2) + urban + livch");
        var calibration = fit.Calibration();
        var measures = calibration.Measures.ToDictionary(measure => measure.Name);
        var area = measures["area under the ROC curve"];
        Assert.Equal(0.667860286491, area.Value, 1e-9);
        Assert.Equal(0.0123727216273, area.StandardError, 1e-9);
        Assert.InRange(area.Value, area.Lower, area.Upper);
        Assert.Equal(0, measures["calibration in the large"].Value, 1e-8);
        Assert.Equal(1, measures["calibration slope"].Value, 1e-7);
        Assert.Equal(0.0810667586772, measures["calibration slope"].StandardError, 1e-6);
        Assert.Equal(12.8240853706, calibration.ChiSquare, 1e-6);
        Assert.Equal(0.118047320603, calibration.P, 1e-7);
        Assert.Equal([196, 189, 195, 199, 190, 194, 189, 194, 192, 196], calibration.Risks.Select(risk => risk.Trials));
    }

    // R 4.2.2 of the same fit: probabilities q with logit(q) = 0.3 + 0.6 logit(p), then glm(y ~ offset(qlogis(q))) and glm(y ~ qlogis(q)).
    [Fact]
    public void Finds_probabilities_that_are_shifted_and_drawn_in()
    {
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/contraception.csv")), "y ~ age + I(age^2) + urban + livch");
        var means = FittedMeans.Of(fit);
        double[] q = [.. means.Fitted.Select(p => 1 / (1 + Math.Exp(-0.3 - 0.6 * Math.Log(p / (1 - p)))))];
        CalibrationMeasure[] measures = [.. CalibrationModels.Of(means with { Fitted = q }, 0.95)];
        Assert.Equal(-0.4629248997599, measures[0].Value, 1e-7);
        Assert.Equal(0.0473896218756, measures[0].StandardError, 1e-7);
        Assert.Equal(1.66666666667, measures[1].Value, 1e-7);
        Assert.Equal(0.1351112890566, measures[1].StandardError, 1e-6);
    }

    // The slow twin: every pair of a success and a failure.
    [Fact]
    public void The_area_is_the_share_of_pairs_in_the_right_order() => Properties.HoldOnData(data =>
    {
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        var (fitted, y) = (fit.Predict(data).Mean, data.Integer("y").Values.ToArray());
        var (pairs, right) = (0, 0.0);
        for (var one = 0; one < y.Length; one++)
        {
            for (var other = 0; other < y.Length; other++)
            {
                if (y[one] == 0 || y[other] == 1) continue;
                pairs++;
                right += Math.Abs(fitted[one] - fitted[other]) < 1e-12 ? 0.5 : fitted[one] > fitted[other] ? 1 : 0;
            }
        }

        Assert.Equal(right / pairs, fit.Calibration().Measures[2].Value, 2e-4);
    }, count: 5);

    [Fact]
    public void Of_successes_and_failures_is_that_of_the_rows_written_out()
    {
        var data = Simulated.TwoLevel(seed: 161);
        var groups = data.GroupBy("f", "g");
        var ones = Enumerable.Range(0, groups.Count).Select(group => groups.Rows(group).Sum(row => data.Integer("y").Values[row]));
        var cells = groups.Counts().With(new IntegerColumn("s", [.. ones]));
        var one = MixedModel.Fit(cells, "cbind(s, count - s) ~ f + (1 | g)").Calibration();
        var other = MixedModel.Fit(data, "y ~ f + (1 | g)").Calibration();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(other.Measures[i].Value, one.Measures[i].Value, 1e-7);
            Assert.Equal(other.Measures[i].StandardError, one.Measures[i].StandardError, 1e-7);
        }

        Assert.Equal(other.ChiSquare, one.ChiSquare, 1e-6);
    }

    [Fact]
    public void Is_of_binary_outcomes_only()
    {
        var counts = MixedModel.Fit(Simulated.Crossed(seed: 162), "n ~ x + (1 | g)", new FitSettings { Family = Family.Poisson });
        Assert.Throws<ProblemException>(() => counts.Calibration());
        var binary = MixedModel.Fit(Simulated.TwoLevel(seed: 162), "y ~ x + (1 | g)");
        Assert.Throws<ProblemException>(() => binary.Calibration(groups: 2));
        Printed.Fits(binary.Calibration());
    }
}
