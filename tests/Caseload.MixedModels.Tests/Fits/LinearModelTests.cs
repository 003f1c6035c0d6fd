using System.Text.Json;
using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>Linear models and linear mixed models: fits of other software, and what must or must not move the estimates.</summary>
public sealed class LinearModelTests
{
    private static readonly FitSettings Ml = new() { Family = Family.Gaussian };
    private static readonly FitSettings Reml = new() { Family = Family.Gaussian, Reml = true };

    // Seeds and groups left out at which the search once stopped short of the maximum: second derivatives that a step updated had not
    // caught up (the first three), a maximum between 0 and the next value that was looked at, and narrow valleys (the last three).
    [Theory]
    [InlineData(306, 400, "G07", "y ~ x + f + (1 + x | ab)", false, "w", "n")]
    [InlineData(304, 120, "G04", "y ~ x + f + (1 + x | ab)", true, "w", "n")]
    [InlineData(308, 120, "G08", "y ~ x + f + (1 + x | ab) + (1 | h)", false, "w", null)]
    [InlineData(2038, 120, "G10", "y ~ x + f + (1 + x | ab)", false, "w", "n")]
    [InlineData(1036, 120, "G04", "y ~ x + (1 + x + f | ab)", true, null, null)]
    [InlineData(1068, 400, "G00", "y ~ x + (1 + x + f | ab)", true, null, null)]
    [InlineData(2012, 400, "G08", "y ~ x + (1 + x + f | ab)", true, null, null)]
    public void Goes_all_the_way_to_the_maximum(int seed, int rows, string without, string formula, bool reml, string? weights,
        string? frequencies)
    {
        var data = Simulated.Linear(seed, rows);
        var fit = MixedModel.Fit(data.Filter(row => data.Text("ab")[row] != without), formula,
            new FitSettings { Family = Family.Gaussian, Reml = reml, Weights = weights, Frequencies = frequencies });
        Assert.True(fit.Obstacle is null, fit.Obstacle?.Found);
        Assert.InRange(fit.Checks.Single(check => check.Check == CheckName.Gradient).Value, 0, 1e-6);
    }

    // lme4 1.1-31, several tightened optimisers, Newton-polished; with the script that made them in the reference folder.
    [Theory]
    [InlineData("dyestuff", "dyestuff_ml")]
    [InlineData("pastes", "pastes_nested_reml")]
    [InlineData("sleepstudy", "sleepstudy_ml")]
    [InlineData("sleepstudy", "sleepstudy_reml")]
    [InlineData("sleepstudy", "sleepstudy_uncorr_ml")]
    [InlineData("sleepstudy", "sleepstudy_uncorr_reml")]
    public void Agrees_with_lme4_on_teaching_data(string data, string fit)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedReference.Require($"fits/{fit}.json")));
        var reference = document.RootElement;
        var mine = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require($"data/{data}.csv")), reference.GetProperty("formula").GetString()!,
            reference.GetProperty("REML").GetBoolean() ? Reml : Ml);
        Assert.Equal(reference.GetProperty("logLik").GetDouble(), mine.LogLikelihood, 1e-7);
        foreach (var term in reference.GetProperty("beta").EnumerateObject())
        {
            var error = reference.GetProperty("se").GetProperty(term.Name).GetDouble();
            Assert.Equal(term.Value.GetDouble(), mine[term.Name].Estimate, 1e-5 * error);
            Assert.Equal(1, mine[term.Name].StandardError / error, 1e-5);
        }

        Assert.Equal(1, mine.ResidualStandardDeviation!.Value / reference.GetProperty("sigma").GetDouble(), 1e-6);
        var deviations = reference.GetProperty("vc").EnumerateObject().SelectMany(group => Numbers(group.Value.GetProperty("sd")));
        Assert.All(deviations.Order().Zip(mine.RandomEffects.SelectMany(effect => effect.StandardDeviations).Order()),
            pair => Assert.Equal(1, pair.Second / pair.First, 1e-5));
        Assert.True(mine.Converged);
        Assert.Equal(Enum.GetValues<CheckName>(), mine.Checks.Select(check => check.Check).Distinct().Order());
    }

    // glmmTMB 1.1.5, whose parameters are the logarithms of standard deviations, by the delta method.
    [Fact]
    public void Standard_errors_of_standard_deviations_agree_with_glmmTMB()
    {
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/sleepstudy.csv")), "Reaction ~ Days + (Days | Subject)", Ml);
        Assert.Equal(5.5773765, fit.RandomEffects[0].StandardDeviationErrors[0], 1e-3);
        Assert.Equal(1.1870685, fit.RandomEffects[0].StandardDeviationErrors[1], 2e-4);
    }

    // lme4 1.1-31 of the same data.
    [Fact]
    public void Conditional_modes_agree_with_lme4()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedReference.Require("fits/sleepstudy_ml.json")));
        var first = document.RootElement.GetProperty("ranef").GetProperty("Subject")[0];
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/sleepstudy.csv")), "Reaction ~ Days + (Days | Subject)", Ml);
        var deviations = Numbers(first.GetProperty("cond_sd")).ToArray();
        for (var k = 0; k < 2; k++)
        {
            var term = k == 0 ? "(Intercept)" : "Days";
            var mode = fit.ConditionalModes.Single(mode => mode.Level == first.GetProperty("level").GetString() && mode.Term == term);
            Assert.Equal(first.GetProperty("mode").GetProperty(term).GetDouble(), mode.Mode, 1e-5 * deviations[k]);
            Assert.Equal(deviations[k], mode.StandardError, 1e-5 * deviations[k]);
        }
    }

    // R 4.2: m <- lm(y ~ x + I(x^2), weights = w); coef, sqrt(diag(vcov)), logLik(m), logLik(m, REML = TRUE), sigma, AIC.
    [Fact]
    public void Without_random_effects_gives_the_fit_of_lm()
    {
        var data = new Frame([new NumberColumn("y", [4.1, 5.2, 7.9, 7.1, 10.4, 9.2, 12.8]), new NumberColumn("x", [1, 2, 3, 4, 5, 6, 7]),
            new NumberColumn("w", [1, 2, 1, 0.5, 3, 1, 2])]);
        var fit = MixedModel.Fit(data, "y ~ x + I(x^2)", Ml with { Weights = "w" });
        Assert.Equal(FitMethod.Lm, fit.Method);
        Assert.Equal([2.3089312594, 1.6822378324, -0.0340190667], fit.FixedEffects.Select(e => e.Estimate), Close);
        Assert.Equal([1.8356063591, 1.0229877093, 0.1221570880], fit.FixedEffects.Select(e => e.StandardError), Close);
        Assert.Equal(-9.0315859267, fit.LogLikelihood, 1e-9);
        Assert.Equal(1.3219114283, fit.ResidualStandardDeviation!.Value, 1e-9);
        Assert.Equal(26.0631718535, fit.Aic, 1e-9);
        Assert.Equal(-11.3239357912, MixedModel.Fit(data, "y ~ x + I(x^2)", Reml with { Weights = "w" }).LogLikelihood, 1e-9);
    }

    // Box and Tiao (1973), table 5.1.4, whose batches differ less than chance would have it; lme4 1.1-31: -81.43651833, no variance.
    [Fact]
    public void Says_that_a_variance_is_0_where_it_is()
    {
        double[] yields =
        [
            7.298, 3.846, 2.434, 9.566, 7.990, 5.220, 6.556, 0.608, 11.788, -0.892, 0.110, 10.386, 13.434, 5.510, 8.166,
            2.212, 4.852, 7.092, 9.288, 4.980, 0.282, 9.014, 4.458, 9.446, 7.198, 1.722, 4.782, 8.106, 0.758, 3.758,
        ];
        var data = new Frame([new NumberColumn("y", yields), TextColumn.Of("g", yields.Select((_, i) => "ABCDEF"[i / 5].ToString()))]);
        var fit = MixedModel.Fit(data, "y ~ 1 + (1 | g)", Ml);
        Assert.Equal(-81.43651833, fit.LogLikelihood, 1e-8);
        Assert.True(fit.Singular && fit.Converged);
        Assert.Equal(0, fit.RandomEffects[0].StandardDeviations[0]);
        Assert.Equal(CheckName.Singular, Assert.Single(fit.Warnings).Check);
        Assert.Equal(MixedModel.Fit(data, "y ~ 1", Ml).LogLikelihood, fit.LogLikelihood, 1e-10);
    }

    // With equal groups, variances of REML are those of the analysis of variance: sigma^2 = MSW, (MSB - MSW) / size (Searle, Casella and
    // McCulloch 1992, section 3.6).
    [Theory]
    [InlineData(1, 1e-8)]
    [InlineData(30, 1e-8)]
    [InlineData(1000, 1e-8)]
    public void Equal_groups_give_the_analysis_of_variance(double ratio, double tolerance)
    {
        var (groups, size, random) = (12, 6, new Random(5));
        double[][] y = [.. Enumerable.Range(0, groups).Select(_ => ratio * Simulated.Normal(random))
            .Select(effect => Enumerable.Range(0, size).Select(_ => effect + Simulated.Normal(random)).ToArray())];
        double[] means = [.. y.Select(group => group.Average())];
        var between = size * means.Sum(mean => Math.Pow(mean - means.Average(), 2)) / (groups - 1);
        var within = y.Zip(means, (group, mean) => group.Sum(value => Math.Pow(value - mean, 2))).Sum() / (groups * (size - 1));
        var fit = MixedModel.Fit(new Frame([new NumberColumn("y", [.. y.SelectMany(group => group)]),
            TextColumn.Of("g", Enumerable.Range(0, groups * size).Select(i => $"g{i / size}"))]), "y ~ 1 + (1 | g)", Reml);
        Assert.Equal(1, fit.Dispersion / within, tolerance);
        Assert.Equal(1, fit.RandomEffects[0].Covariance[0][0] / ((between - within) / size), tolerance);
    }

    [Theory]
    [InlineData("y ~ x + f + (1 + x | ab)")]
    [InlineData("y ~ x + (1 | ab) + (1 | h)")]
    [InlineData("y ~ x + f")]
    public void Frequencies_are_rows_written_out(string formula) => HoldOnData(data =>
    {
        var rows = Enumerable.Range(0, data.RowCount).SelectMany(row => Enumerable.Repeat(row, (int)data.Number("n").Values[row]));
        var settings = Ml with { Weights = "w" };
        AssertSame(MixedModel.Fit(data.Take([.. rows]), formula, settings),
            MixedModel.Fit(data, formula, settings with { Frequencies = "n" }));
    });

    [Fact]
    public void Weights_twice_as_large_leave_all_but_the_residual_variance() => HoldOnData(data =>
    {
        var doubled = With(data, "w", value => 2 * value);
        var (one, two) = (MixedModel.Fit(data, "y ~ x + (1 | ab)", Reml with { Weights = "w" }),
            MixedModel.Fit(doubled, "y ~ x + (1 | ab)", Reml with { Weights = "w" }));
        Assert.Equal(one.ResidualStandardDeviation!.Value * Math.Sqrt(2), two.ResidualStandardDeviation!.Value, 1e-7);
        AssertSame(one, two with { ResidualStandardDeviation = one.ResidualStandardDeviation });
    });

    [Fact]
    public void The_unit_of_a_covariate_changes_nothing_but_its_coefficient() => HoldOnData(data =>
    {
        var far = With(data, "x", value => 1000 * value);
        var (one, other) = (MixedModel.Fit(data, "y ~ x + (1 + x | ab)", Reml), MixedModel.Fit(far, "y ~ x + (1 + x | ab)", Reml));

        // The restricted likelihood is that of the columns as given: it holds -log|X'V^-1 X|/2.
        Assert.Equal(one.LogLikelihood - Math.Log(1000), other.LogLikelihood, 1e-7);
        Assert.Equal(one["x"].Estimate, 1000 * other["x"].Estimate, 1e-6);
        Assert.Equal(one["x"].StandardError, 1000 * other["x"].StandardError, 1e-6);
        Assert.Equal(one.RandomEffects[0].StandardDeviations[1], 1000 * other.RandomEffects[0].StandardDeviations[1], 1e-5);
    });

    [Fact]
    public void The_origin_of_a_covariate_moves_the_intercept_alone() => HoldOnData(data =>
    {
        var far = With(data, "x", value => value + 2010);
        var (one, other) = (MixedModel.Fit(data, "y ~ x + (1 | ab)", Reml), MixedModel.Fit(far, "y ~ x + (1 | ab)", Reml));
        Assert.Equal(one.LogLikelihood, other.LogLikelihood, 1e-8);
        Assert.Equal(one["x"].Estimate, other["x"].Estimate, 1e-9);
        Assert.Equal(one["(Intercept)"].Estimate - 2010 * one["x"].Estimate, other["(Intercept)"].Estimate, 1e-5);
    });

    [Fact]
    public void Nested_equals_crossed_where_the_data_nest() => HoldOnData(data =>
        AssertSame(MixedModel.Fit(data, "y ~ x + (1 | a / b)", Reml), MixedModel.Fit(data, "y ~ x + (1 | a) + (1 | ab)", Reml)));

    [Fact]
    public void The_order_of_rows_does_not_matter() => HoldOnData(data => AssertSame(MixedModel.Fit(data, "y ~ x + (x | ab) + (1 | h)", Ml),
        MixedModel.Fit(data.Take([.. Enumerable.Range(0, data.RowCount).Reverse()]), "y ~ x + (x | ab) + (1 | h)", Ml)));

    [Fact]
    public void An_offset_is_taken_off_the_response() => HoldOnData(data =>
        AssertSame(MixedModel.Fit(data, "I(y - o) ~ x + (1 | ab)", Ml), MixedModel.Fit(data, "y ~ x + offset(o) + (1 | ab)", Ml)));

    [Theory]
    [InlineData("constant ~ x + (1 | g)", CheckName.Outcome, "does not vary")]
    [InlineData("line ~ x", CheckName.ResidualVariance, "covariates reproduce")]
    [InlineData("group ~ 1 + (1 | g)", CheckName.ResidualVariance, "groups reproduce")]
    [InlineData("group ~ 1 + (1 | g) + (1 | half)", CheckName.ResidualVariance, "groups reproduce")]
    [InlineData("other ~ 1 + (1 | row)", CheckName.ResidualVariance, "row has 24 groups for 24 observations")]
    [InlineData("other ~ row", CheckName.ResidualVariance, "24 coefficients for 24 observations")]
    public void Refuses_what_leaves_no_residual_variance(string formula, CheckName check, string told)
    {
        var data = new Frame([Number("constant", _ => 7), Number("x", i => i % 6), Number("line", i => 1.1 + 0.3 * (i % 6)),
            Number("group", i => 0.7 * (i / 4 * 3 % 7)), Number("other", i => i * i % 7), Text("g", i => $"g{i / 4}"),
            Text("half", i => $"h{i % 2}"), Text("row", i => $"r{i:00}")]);
        var fit = MixedModel.Fit(data, formula, Ml);
        Assert.Equal(ProblemKind.NoEstimate, fit.Obstacle!.Kind);
        Assert.Contains(told, fit.Obstacle.Found, StringComparison.Ordinal);
        Assert.Equal(check, fit.Warnings.Last().Check);
        Assert.True(double.IsNaN(fit.FixedEffects[0].Estimate) && double.IsNaN(fit.LogLikelihood));

        static NumberColumn Number(string name, Func<int, double> value) => new(name, [.. Enumerable.Range(0, 24).Select(value)]);
        static TextColumn Text(string name, Func<int, string> value) => TextColumn.Of(name, Enumerable.Range(0, 24).Select(value));
    }

    [Fact]
    public void A_group_for_every_row_can_be_estimated_where_weights_differ()
    {
        var data = Simulated.Linear(3);
        var rows = new Frame([.. data.Columns, TextColumn.Of("row", Enumerable.Range(0, data.RowCount).Select(i => $"r{i}"))]);
        Assert.Null(MixedModel.Fit(rows, "y ~ x + (1 | row)", Ml with { Weights = "w" }).Obstacle);
    }

    [Fact]
    public void Restricted_likelihoods_of_different_fixed_effects_are_not_compared()
    {
        var data = Simulated.Linear(5);
        var (small, large) = (MixedModel.Fit(data, "y ~ 1 + (1 | ab)", Reml), MixedModel.Fit(data, "y ~ x + (1 | ab)", Reml));
        var refused = Assert.Throws<ProblemException>(() => LikelihoodRatio.Compare(("small", small), ("large", large)));
        Assert.Contains("restricted", refused.Problem.Found, StringComparison.Ordinal);
        var full = MixedModel.Fit(data, "y ~ x + (1 | ab)", Ml);
        Assert.Throws<ProblemException>(() => LikelihoodRatio.Compare(("small", large), ("large", full)));
        var more = MixedModel.Fit(data, "y ~ x + (1 | ab) + (1 | h)", Reml);
        Assert.True(LikelihoodRatio.Compare(("small", large), ("large", more)).Rows[1].ChiSquare >= 0);
    }

    [Fact]
    public void The_summary_names_the_method_and_the_residuals_and_has_no_ratios()
    {
        var fit = MixedModel.Fit(Simulated.Linear(6), "y ~ x + (1 | ab)", Reml);
        var text = fit.ToString();
        Assert.StartsWith("Two-level linear model with random intercepts, restricted maximum likelihood", text, StringComparison.Ordinal);
        Assert.Contains("residual", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ratio", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ratio", FitHtml.Summary(fit), StringComparison.Ordinal);
        var variance = fit.RandomEffects[0].Covariance[0][0];
        Assert.Equal(variance / (variance + fit.Dispersion), fit.VariancePartitionCoefficient, 1e-12);
        Assert.Equal(4, fit.Parameters);
        var plain = MixedModel.Fit(Simulated.Linear(6), "y ~ x", Ml).ToString();
        Assert.StartsWith("Linear model, maximum likelihood", plain, StringComparison.Ordinal);
        Assert.Contains("residual standard deviation", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Predicts_numbers()
    {
        var data = Simulated.Linear(7);
        var fit = MixedModel.Fit(data, "y ~ x + (1 | ab)", Ml);
        var prediction = fit.Predict(data);
        Assert.Equal(prediction.LinearPredictor, prediction.Mean);
        Assert.Equal(fit["(Intercept)"].Estimate + fit["x"].Estimate * data.Number("x").Values[0], prediction.FixedPart[0], 1e-12);
    }

    private static void HoldOnData(Action<Frame> assertion) =>
        Properties.Hold(FsCheck.Fluent.Gen.Choose(1, 100_000), seed => assertion(Simulated.Linear(seed)), count: 8);

    private static Frame With(Frame data, string column, Func<double, double> change) => new([.. data.Columns.Select(c => c.Name == column
        ? new NumberColumn(column, [.. data.Number(column).Values.ToArray().Select(change)]) : c)]);

    private static void AssertSame(MixedModelFit one, MixedModelFit other)
    {
        Assert.Null(one.Obstacle);
        Assert.Equal(one.LogLikelihood, other.LogLikelihood, 1e-7);
        Assert.Equal(one.ResidualStandardDeviation!.Value, other.ResidualStandardDeviation!.Value, 1e-6);
        Assert.Equal(one.FixedEffects.Select(e => e.Estimate), other.FixedEffects.Select(e => e.Estimate), Close);
        Assert.Equal(one.FixedEffects.Select(e => e.StandardError), other.FixedEffects.Select(e => e.StandardError), Close);
        var mine = one.RandomEffects.SelectMany(e => e.StandardDeviations);
        var its = other.RandomEffects.SelectMany(e => e.StandardDeviations);
        Assert.Equal(mine.Order(), its.Order(), Close);
    }

    private static bool Close(double one, double other) => Math.Abs(one - other) <= 1e-6 * (1 + Math.Abs(one));

    private static IEnumerable<double> Numbers(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray().Select(number => number.GetDouble()) : [element.GetDouble()];
}
