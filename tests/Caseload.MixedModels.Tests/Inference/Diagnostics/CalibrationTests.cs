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

    // R 4.2.2 on the 90,209 rows of the benchmark cohort, without random effects: glm() to 1e-15, the placements of DeLong, DeLong and
    // Clarke-Pearson (1988) by rank(), and Hosmer and Lemeshow's sum over tenths with equal probabilities kept together.
    [Fact]
    public void Of_a_large_logistic_regression_is_that_of_R()
    {
        var data = Frame.LoadCsv(SharedReference.Require("benchmark_cohort.csv.gz"));
        var fit = MixedModel.Fit(data, "y ~ age + female + disabled + nfa + need + eth + source"
            + " + I((cin10 / 10 - 11) / 5) * I((ref - 550) / 250)", new FitSettings { Factors = ["age", "need", "eth", "source"] });
        var calibration = fit.Calibration();
        Assert.Equal(0.00677111955185, calibration.Measures[0].StandardError, 1e-9);
        Assert.Equal(0.0216542331444, calibration.Measures[1].StandardError, 1e-9);
        Assert.Equal(0.58910672419626, calibration.Measures[2].Value, 1e-10);
        Assert.Equal(0.00189042633664, calibration.Measures[2].StandardError, 1e-10);
        Assert.Equal(8.98143325884, calibration.ChiSquare, 1e-6);
        Assert.Equal(0.34386464902, calibration.P, 1e-7);
    }

    // R 4.2.2 of the same fit: probabilities q with logit(q) = 0.3 + 0.6 logit(p), then glm(y ~ offset(qlogis(q))) and glm(y ~ qlogis(q)).
    [Fact]
    public void Finds_probabilities_that_are_shifted_and_drawn_in()
    {
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/contraception.csv")), "y ~ age + I(age^2) + urban + livch");
        var means = FittedMeans.Of(fit);
        double[] q = [.. means.Fitted.Select(p => 1 / (1 + Math.Exp(-0.3 - 0.6 * Math.Log(p / (1 - p)))))];
        CalibrationMeasure[] measures = [.. CalibrationModels.Of(means with { Fitted = q }, null, 0.95)];
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
        Assert.Contains("slope lies above 1 here", binary.Calibration().Remarks[0], StringComparison.Ordinal);
    }

    // R 4.2.2 with lme4 1.1-31 (bobyqa to 1e-9): glmer(y ~ age + I(age^2) + urban + livch + (1 | district), binomial) of districts up to
    // 30; the probabilities of the others by integrate(), glm() on their logits, the sandwich over districts times J / (J - 1), and the
    // placements and sums of Obuchowski (1997) written out.
    [Fact]
    public void Of_districts_held_out_is_that_of_R()
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/contraception.csv"));
        var districts = data.Integer("district").Values.ToArray();
        var fit = MixedModel.Fit(data.Filter(row => districts[row] <= 30), "y ~ age + I(age^2) + urban + livch + (1 | district)");
        var calibration = fit.Calibration(data.Filter(row => districts[row] > 30));
        Near([(0.28432622885, 0.11816377941), (0.58284445755, 0.10136950869), (0.62128142925, 0.02096590139)], calibration, 2e-6);
        Assert.Equal((10, 10), (calibration.Risks.Count, calibration.DegreesOfFreedom));
        Assert.Contains("averaged over the random effects", calibration.Remarks[0], StringComparison.Ordinal);
        Printed.Fits(calibration);
    }

    // The same of the rows of odd number, and of those of even number predict(type = "response") in their districts.
    [Fact]
    public void Of_other_rows_of_known_districts_is_that_of_R()
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/contraception.csv"));
        var districts = data.Integer("district").Values.ToArray();
        var fit = MixedModel.Fit(data.Filter(row => row % 2 == 0), "y ~ age + I(age^2) + urban + livch + (1 | district)");
        var known = districts.Where((_, row) => row % 2 == 0).ToHashSet();
        var calibration = fit.Calibration(data.Filter(row => row % 2 == 1 && known.Contains(districts[row])), GroupsAs.Known);
        Near([(0.10785057975, 0.08468453870), (1.01431985547, 0.11675877713), (0.69380053549, 0.01642917332)], calibration, 2e-6);
    }

    [Fact]
    public void Where_each_row_is_a_cluster_the_variance_of_the_area_is_that_of_independent_rows()
    {
        var means = FittedMeans.Of(MixedModel.Fit(Simulated.TwoLevel(seed: 163), "y ~ x + f + (1 | g)"));
        Assert.Equal(Discrimination.Of(means, null, 0.95).StandardError,
            Discrimination.Of(means, [.. Enumerable.Range(0, means.Fitted.Length)], 0.95).StandardError, 1e-12);
    }

    [Fact]
    public void Of_other_data_leaves_out_rows_with_missing_cells_and_needs_no_groups()
    {
        var data = Simulated.TwoLevel(seed: 164);
        var fit = MixedModel.Fit(data, "y ~ x + (1 | g)");
        double[] x = [.. data.Number("x").Values];
        x[4] = double.NaN;
        var holed = fit.Calibration(data.With(new NumberColumn("x", x)));
        Assert.Equal(data.RowCount - 1, holed.Risks.Sum(risk => risk.Trials), 1e-9);
        Assert.Contains("left out: 1.", holed.Remarks[0], StringComparison.Ordinal);
        var without = fit.Calibration(data.Select("y", "x"));
        Assert.Equal(fit.Calibration(data).Measures.Select(measure => measure.Value), without.Measures.Select(measure => measure.Value));
        Assert.Contains("take rows as independent", without.Remarks[1], StringComparison.Ordinal);
        var one = fit.Calibration(data.Filter(row => row < 15));
        Assert.Contains("take rows as independent", one.Remarks[1], StringComparison.Ordinal);
        Assert.All(one.Measures, measure => Assert.True(double.IsFinite(measure.StandardError)));
    }

    [Fact]
    public void Of_other_data_stops_at_unseen_groups_missing_columns_and_one_outcome()
    {
        var data = Simulated.TwoLevel(seed: 165);
        var fit = MixedModel.Fit(data.Filter(row => row >= 15), "y ~ x + (1 | g)");
        Assert.Contains("GroupsAs.Averaged", Remedy(data, GroupsAs.Known), StringComparison.Ordinal);
        Assert.Contains("spelling", Remedy(data.Select("x", "g"), GroupsAs.Averaged), StringComparison.Ordinal);
        Assert.Contains("spelling", Remedy(data.Select("x", "y"), GroupsAs.Known), StringComparison.Ordinal);
        var failures = data.Integer("y").Values.ToArray();
        Assert.Contains("both outcomes", Remedy(data.Filter(row => failures[row] == 0), GroupsAs.Averaged), StringComparison.Ordinal);

        string Remedy(Frame other, GroupsAs groups) =>
            Assert.Throws<ProblemException>(() => fit.Calibration(other, groups)).Problem.Remedy;
    }

    [Fact]
    public void Of_probabilities_that_are_all_alike_has_no_slope_and_no_groups_of_risks_to_test()
    {
        var calibration = MixedModel.Fit(Simulated.TwoLevel(seed: 166), "y ~ 1").Calibration();
        Assert.True(double.IsNaN(calibration.Measures[1].Value) && double.IsNaN(calibration.P));
        Assert.Equal((1, 0, 0.5), (calibration.Risks.Count, calibration.DegreesOfFreedom, calibration.Measures[2].Value));
        Printed.Fits(calibration);
        Assert.DoesNotContain("Hosmer-Lemeshow chi", calibration.ToString(), StringComparison.Ordinal);
    }

    private static void Near((double Value, double Error)[] expected, Calibration calibration, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Value, calibration.Measures[i].Value, tolerance);
            Assert.Equal(expected[i].Error, calibration.Measures[i].StandardError, tolerance);
        }
    }
}
