using Caseload.Frames;
using Caseload.MixedModels.Inference.Diagnostics;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Tests.Inference.Diagnostics;

public sealed class QuantileResidualsTests
{
    // 20 data sets: of 140 p values 14 are expected below 0.1, with a standard deviation of 3.5 were they independent.
    [Fact]
    public void Of_a_model_that_holds_have_p_values_that_are_uniform()
    {
        var tests = Enumerable.Range(1, 20).SelectMany(seed =>
        {
            var data = Counts(seed, isMixed: false);
            return MixedModel.Fit(data, "n ~ x + (1 | g)", Poisson).QuantileResiduals(data, ["h", "x"], 59, seed).Tests;
        }).ToArray();
        Assert.Equal(
        [
            "uniformity (Kolmogorov-Smirnov)", "dispersion (Pearson)", "zeros, observed over expected", "furthest group of g",
            "mean residuals by the fixed part", "mean residuals by h", "mean residuals by x",
        ], tests.Take(7).Select(test => test.Name));
        Assert.InRange(tests.Count(test => test.P < 0.1), 4, 28);
        Assert.InRange(tests.Average(test => test.P), 0.4, 0.6);
    }

    [Fact]
    public void Find_counts_that_vary_more_than_the_family()
    {
        var tests = Tests(Counts(21, isMixed: true), "n ~ x + (1 | g)");
        Assert.True(tests["dispersion (Pearson)"] is { P: <= 0.02 } dispersion && dispersion.Observed > 1.5 * dispersion.Expected);
        Assert.True(tests["zeros, observed over expected"] is { P: <= 0.02 } zeros && zeros.Observed > zeros.Expected);
        Assert.True(tests["uniformity (Kolmogorov-Smirnov)"].P < 0.02);
        Assert.True(tests["furthest group of g"].P > 0.05);
    }

    // R 4.2.2 with lme4 1.1-31, cbind(incidence, size - incidence) ~ period + (1 | herd) of cbpp: mean(residuals(fit, "pearson")^2) is
    // 1.126398 at bobyqa to 1e-9; over 200 of simulate() and refit() it has the mean 0.7263, with a standard error of 0.012, and p is 0.05.
    [Fact]
    public void Dispersion_is_that_of_lme4_against_its_refits()
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/cbpp.csv"));
        var dispersion = MixedModel.Fit(data, "cbind(incidence, size - incidence) ~ period + (1 | herd)",
            new FitSettings { Factors = ["period"] }).QuantileResiduals(400).Tests.Single(test => test.Name == "dispersion (Pearson)");
        Assert.Equal(1.126398, dispersion.Observed, 1e-6);
        Assert.Equal(0.7263, dispersion.Expected, 0.045);
        Assert.InRange(dispersion.P, 0.01, 0.12);
    }

    [Fact]
    public void Find_a_grouping_that_the_model_leaves_out()
    {
        var data = Counts(22, isMixed: false, ofOthers: 0.5);
        Assert.True(Tests(data, "n ~ x + (1 | g)", "h")["mean residuals by h"] is { P: <= 0.02 } left && left.Observed > 2 * left.Expected);
        Assert.True(Tests(data, "n ~ x + h + (1 | g)", "h")["mean residuals by h"].P > 0.05);
    }

    // The complementary log-log of the data against the logit of the model, over a wide range of the linear predictor.
    [Fact]
    public void Find_a_wrong_link()
    {
        var random = new Random(185);
        double[] x = [.. Enumerable.Range(0, 800).Select(_ => 4 * random.NextDouble() - 2.5)];
        double[] effects = [.. Enumerable.Range(0, 20).Select(_ => 0.3 * StandardNormal.Draw(random))];
        int[] y = [.. x.Select((value, row) => Enumerable.Range(0, 10)
            .Count(_ => random.NextDouble() < 1 - Math.Exp(-Math.Exp(1.2 * value + effects[row % 20]))))];
        var data = new Frame([new IntegerColumn("y", y), new IntegerColumn("n", [.. y.Select(count => 10 - count)]),
            new NumberColumn("x", x), TextColumn.Of("g", x.Select((_, row) => $"G{row % 20:00}"))]);
        Assert.True(P(Link.Logit) < 0.02);
        Assert.True(P(Link.Cloglog) > 0.05);

        double P(Link link) => MixedModel.Fit(data, "cbind(y, n) ~ x + (1 | g)", new FitSettings { Link = link }).QuantileResiduals(99)
            .Tests.Single(test => test.Name == "mean residuals by the fixed part").P;
    }

    [Fact]
    public void Find_a_group_unlike_the_others()
    {
        var data = Counts(23, isMixed: false);
        var n = data.Integer("n").Values.ToArray().Select((count, row) => data.Text("g")[row] == "G04" ? 6 * count + 9 : count);
        Assert.True(Tests(data.With(new IntegerColumn("n", [.. n])), "n ~ x + (1 | g)")["furthest group of g"].P < 0.02);
    }

    // Single precision would not tell numbers near ten million apart.
    [Fact]
    public void Of_numbers_far_from_0_are_those_of_the_same_numbers_near_it()
    {
        var data = Simulated.Linear(seed: 183);
        var far = data.With(new NumberColumn("y", [.. data.Number("y").Values.ToArray().Select(value => value + 1e7)]));
        var (near, moved) = (Of(data), Of(far));
        for (var row = 0; row < data.RowCount; row++) Assert.Equal(near.Values[row], moved.Values[row], 1e-4);

        static QuantileResiduals Of(Frame data) =>
            MixedModel.Fit(data, "y ~ x + (1 | ab)", new FitSettings { Family = Family.Gaussian }).QuantileResiduals(60);
    }

    // Of normal responses without groups: the distribution function of the residual.
    [Fact]
    public void Of_a_linear_model_are_nearly_the_normal_probabilities_of_its_residuals()
    {
        var data = Simulated.Linear(seed: 181);
        var fit = MixedModel.Fit(data, "y ~ x + f", new FitSettings { Family = Family.Gaussian });
        var (mean, values) = (fit.Predict(data).Mean, fit.QuantileResiduals(2000).Values);
        for (var row = 0; row < data.RowCount; row++)
        {
            var expected = StandardNormal.Below((data.Number("y").Values[row] - mean[row]) / fit.ResidualStandardDeviation!.Value);
            Assert.Equal(expected, values[row], 0.06);
        }
    }

    [Fact]
    public void Lie_between_0_and_1_and_come_back_with_the_seed() => Properties.HoldOnData(data =>
    {
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        var residuals = fit.QuantileResiduals(60, seed: 3);
        Assert.All(residuals.Values, value => Assert.InRange(value, 0, 1));
        Assert.Equal(residuals.Values, fit.QuantileResiduals(60, seed: 3).Values);
        Assert.Equal(residuals.Tests, fit.QuantileResiduals(60, seed: 3).Tests);
    }, count: 3);

    [Fact]
    public void Fit_a_terminal_and_ask_for_draws_enough()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 182), "y ~ x + (1 | g)");
        Printed.Fits(fit.QuantileResiduals());
        Assert.Contains("Single 0/1 outcomes", fit.QuantileResiduals().Remarks[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(fit.QuantileResiduals().Tests, test => test.Name.StartsWith("dispersion", StringComparison.Ordinal));
        Assert.Throws<ProblemException>(() => fit.QuantileResiduals(10));
    }

    [Fact]
    public void Are_refused_of_other_data_of_rows_that_stand_for_several_and_of_fits_without_a_likelihood()
    {
        var data = Simulated.TwoLevel(seed: 184);
        var fit = MixedModel.Fit(data, "y ~ x + (1 | g)");
        Assert.Contains("fitted to", Remedy(() => fit.QuantileResiduals(data.Filter(row => row > 0), ["f"])), StringComparison.Ordinal);
        Assert.Contains("spelling", Remedy(() => fit.QuantileResiduals(data, ["nowhere"])), StringComparison.Ordinal);
        var counted = MixedModel.Fit(data.With(new IntegerColumn("k", [.. Enumerable.Range(0, data.RowCount).Select(row => 1 + row % 2)])),
            "y ~ x + (1 | g)", new FitSettings { Frequencies = "k" });
        Assert.Contains("cbind", Remedy(() => counted.QuantileResiduals()), StringComparison.Ordinal);
        var quasi = MixedModel.Fit(data, "y ~ x + (1 | g)", new FitSettings { Estimator = Estimator.Pql1 });
        Assert.Contains("maximum likelihood", Remedy(() => quasi.QuantileResiduals()), StringComparison.Ordinal);

        static string Remedy(Action action) => Assert.Throws<ProblemException>(action).Problem.Remedy;
    }

    private static FitSettings Poisson => new() { Family = Family.Poisson };

    private static Dictionary<string, SimulationTest> Tests(Frame data, string formula, params string[] columns) =>
        MixedModel.Fit(data, formula, Poisson).QuantileResiduals(data, columns, 99).Tests.ToDictionary(test => test.Name);

    // Poisson, or with exponential numbers times the mean: negative binomial of dispersion 1. Groups of g, and across them of h.
    private static Frame Counts(int seed, bool isMixed, double ofOthers = 0)
    {
        var random = new Random(3000 + seed);
        double[] effects = [.. Enumerable.Range(0, 30).Select(_ => 0.4 * StandardNormal.Draw(random))];
        int[] groups = [.. Enumerable.Range(0, 600).Select(row => row / 20)];
        double[] x = [.. groups.Select(_ => Math.Round(StandardNormal.Draw(random), 1))];
        double[] others = [.. Enumerable.Range(0, 10).Select(_ => ofOthers * StandardNormal.Draw(random))];
        int[] n = [.. groups.Select((group, row) =>
            Draw(Math.Exp(0.8 + 0.3 * x[row] + effects[group] + others[row * 7 % 10]) * Mixing()))];
        return new Frame([new IntegerColumn("n", n), new NumberColumn("x", x), TextColumn.Of("g", groups.Select(g => $"G{g:00}")),
            TextColumn.Of("h", groups.Select((_, row) => $"H{row * 7 % 10}"))]);

        double Mixing() => isMixed ? -Math.Log(1 - random.NextDouble()) : 1;

        int Draw(double mean)
        {
            var (count, product) = (0, random.NextDouble());
            for (var least = Math.Exp(-mean); product > least; product *= random.NextDouble()) count++;
            return count;
        }
    }
}
