using System.Text.Json;
using Caseload.Frames;
using Caseload.MixedModels.Fits;

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
            Assert.Equal(1 / (1 + Math.Exp(-eta - mode)), prediction.Mean[row], 1e-10);
            Assert.Equal(1 / (1 + Math.Exp(-eta)), prediction.MeanInAverageGroup[row], 1e-10);
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

    // lme4 1.1-31 at its tightened optimum. Its standard errors of generalised models take the variances as known, and are not compared.
    [Theory]
    [InlineData("sleepstudy", "sleepstudy_reml", null)]
    [InlineData("sleepstudy", "sleepstudy_ml", null)]
    [InlineData("cbpp", "cbpp_agq1", "period")]
    [InlineData("cbpp", "cbpp_agq10", "period")]
    [InlineData("cbpp", "cbpp_agq25", "period")]
    [InlineData("contraception", "contraception_ri_agq1", null)]
    public void Agrees_with_lme4_with_and_without_random_effects(string data, string name, string? factor)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedReference.Require($"fits/{name}.json")));
        var (reference, expected) = (document.RootElement, document.RootElement.GetProperty("predict"));
        var gaussian = reference.GetProperty("family").GetString() == "gaussian";
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require($"data/{data}.csv")), reference.GetProperty("formula").GetString()!,
            new FitSettings
            {
                Family = gaussian ? Family.Gaussian : Family.Binomial, Reml = gaussian && reference.GetProperty("REML").GetBoolean(),
                QuadraturePoints = gaussian ? 1 : reference.GetProperty("nAGQ").GetInt32(), Factors = factor is null ? [] : [factor],
            });
        var prediction = fit.Predict(NewData(expected.GetProperty("newdata")));
        Same("link_fixed", prediction.FixedPart);
        Same("link_with_re", prediction.LinearPredictor);
        if (gaussian) Same("se_link_fixed", prediction.FixedPartStandardError);
        else Same("response_fixed", prediction.MeanInAverageGroup);
        if (!gaussian) Same("response_with_re", prediction.Mean);

        void Same(string field, double[] mine)
        {
            double[] its = [.. expected.GetProperty(field).EnumerateArray().Select(number => number.GetDouble())];
            for (var row = 0; row < its.Length; row++) Assert.Equal(its[row], mine[row], 1e-6 * (1 + Math.Abs(its[row])));
        }
    }

    // lme4 1.1-31, lmer(strength ~ 1 + (1 | batch/cask), REML = TRUE), optimiser bobyqa with rhoend 1e-12, and its
    // predict(allow.new.levels = TRUE).
    [Fact]
    public void Of_nested_groups_adds_what_is_known_of_each()
    {
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/pastes.csv")), "strength ~ 1 + (1 | batch/cask)",
            new FitSettings { Family = Family.Gaussian, Reml = true });
        var data = new Frame([TextColumn.Of("batch", ["A", "A", "B", "Z", "A"]), TextColumn.Of("cask", ["a", "c", "b", "a", "z"])]);
        double[] all = [62.6286646174478, 62.8209360667798, 57.2997301778173, 60.0533333333351, 60.8539777478056];
        double[] batches = [60.8539777478056, 60.8539777478056, 59.7808248428669, 60.0533333333351, 60.8539777478056];
        var (prediction, without) = (fit.Predict(data), fit.Predict(data.Select("batch")));
        for (var row = 0; row < all.Length; row++)
        {
            Assert.Equal(all[row], prediction.Mean[row], 1e-5);
            Assert.Equal(batches[row], without.Mean[row], 1e-5);
            Assert.Equal(60.0533333333333, without.MeanInAverageGroup[row], 1e-8);
        }
    }

    [Fact]
    public void Of_slopes_and_crossed_groups_adds_up_modes_times_columns()
    {
        var data = Simulated.Crossed(seed: 36);
        var fit = MixedModel.Fit(data, "n ~ f + (1 + x | g) + (1 | h)", new FitSettings { Family = Family.Poisson });
        var prediction = fit.Predict(data);
        for (var row = 0; row < data.RowCount; row++)
        {
            var (g, h) = (data.Text("g")[row]!, data.Text("h")[row]!);
            var random = Mode("g", g, "(Intercept)") + Mode("g", g, "x") * data.Number("x").Values[row] + Mode("h", h, "(Intercept)");
            Assert.Equal(random, prediction.RandomPart[row], 1e-12);
            Assert.Equal(Math.Exp(prediction.FixedPart[row] + random), prediction.Mean[row], 1e-10);
        }

        double Mode(string group, string level, string term) =>
            fit.ConditionalModes.Single(m => m.Group == group && m.Level == level && m.Term == term).Mode;
    }

    [Fact]
    public void Needs_the_column_of_a_slope_only_where_the_groups_are_given()
    {
        var fit = MixedModel.Fit(Simulated.Crossed(seed: 37), "y ~ f + (1 + x | g)");
        var rows = new Frame([TextColumn.Of("f", ["a", "b", "a"]), TextColumn.Of("g", ["G00", "an area never seen", null])]);
        Assert.Equal([0, 0, 0], fit.Predict(rows.Select("f")).RandomPart);
        Assert.Contains("x", Assert.Throws<ProblemException>(() => fit.Predict(rows)).Problem.Found, StringComparison.Ordinal);
        var missing = fit.Predict(rows.With(new NumberColumn("x", [double.NaN, double.NaN, 1])));
        Assert.Equal([double.NaN, 0, 0], missing.RandomPart);
        Assert.All(missing.FixedPart, value => Assert.True(double.IsFinite(value)));
    }

    // Nobody of level c has the outcome: its coefficient has no estimate, the others stand.
    [Fact]
    public void Stands_for_rows_that_do_not_need_a_separated_coefficient()
    {
        var data = Simulated.TwoLevel(seed: 38);
        var y = data.Integer("y").Values.ToArray().Select((value, row) => data.Text("f")[row] == "c" ? 0 : value);
        var fit = MixedModel.Fit(data.With(new IntegerColumn("y", [.. y])), "y ~ x + f + (1 | g)");
        Assert.True(double.IsNaN(fit["fc"].Estimate));
        var prediction = fit.Predict(Simulated.Frame([0, 0], [1, 1], ["b", "c"], ["G01", "G01"]));
        Assert.Equal(fit["(Intercept)"].Estimate + fit["x"].Estimate + fit["fb"].Estimate, prediction.FixedPart[0], 1e-12);
        Assert.Equal([false, true], prediction.FixedPart.Select(double.IsNaN));
        Assert.Equal([false, true], prediction.FixedPartStandardError.Select(double.IsNaN));
    }

    private static Frame NewData(JsonElement rows) => new([.. rows[0].EnumerateObject().Select(cell =>
        cell.Value.ValueKind == JsonValueKind.String ? (Column)TextColumn.Of(cell.Name, rows.EnumerateArray().Select(row => row.GetProperty(cell.Name).GetString()))
        : new NumberColumn(cell.Name, [.. rows.EnumerateArray().Select(row => row.GetProperty(cell.Name).GetDouble())]))]);
}
