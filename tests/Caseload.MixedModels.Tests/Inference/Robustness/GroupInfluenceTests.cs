using System.Globalization;
using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Robustness;

namespace Caseload.MixedModels.Tests.Inference.Robustness;

public sealed class GroupInfluenceTests
{
    private static readonly FitSettings Linear = new() { Family = Family.Gaussian };

    [Fact]
    public void Of_a_random_intercept_is_near_true_refits() => Near(Simulated.TwoLevel(seed: 301, groups: 30, size: 25),
        "y ~ x + f + (1 | g)", "g", new FitSettings(), within: 0.03);

    [Fact]
    public void Of_quadrature_is_near_true_refits() => Near(Simulated.TwoLevel(seed: 302, groups: 25, size: 20),
        "y ~ x + (1 | g)", "g", new FitSettings { QuadraturePoints = 7 }, within: 0.03);

    [Fact]
    public void Of_random_slopes_and_counts_is_near_true_refits() => Near(Simulated.Crossed(seed: 303, groups: 24, rows: 960),
        "n ~ x + (1 + x | g)", "g", new FitSettings { Family = Family.Poisson }, within: 0.04);

    [Fact]
    public void Of_slopes_by_quadrature_is_near_true_refits() => Near(Simulated.Crossed(seed: 304, groups: 20, rows: 800),
        "y ~ x + (1 + x | g)", "g", new FitSettings { QuadraturePoints = 3 }, within: 0.05);

    [Fact]
    public void Of_the_negative_binomial_family_is_near_true_refits() => Near(Simulated.Crossed(seed: 305, groups: 24, rows: 960),
        "n ~ x + f + (1 | g)", "g", new FitSettings { Family = Family.NegativeBinomial }, within: 0.04);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_a_linear_model_is_near_true_refits(bool reml) => Near(Simulated.Linear(seed: 316, rows: 400),
        "y ~ x + f + (1 + x | ab)", "ab", Linear with { Reml = reml, Weights = "w", Frequencies = "n" }, within: 0.05);

    [Fact]
    public void Of_nested_groupings_is_of_the_outermost()
    {
        var data = Nested(seed: 307);
        Near(data, "y ~ x + (1 | a / b)", "a", new FitSettings(), within: 0.05);
        Near(data, "z ~ x + (1 | a / b)", "a", Linear, within: 0.05);
    }

    // How far one step lies from a fit without the group at worst, in standard errors, of coefficients and of standard deviations.
    [Theory]
    [InlineData("cbpp", "cbind(incidence, size - incidence) ~ period + (1 | herd)", Family.Binomial, 0.09, 0.08)]
    [InlineData("epil", "y ~ lbase4 * trt + lage + V4 + (1 | subject)", Family.Poisson, 0.012, 0.11)]
    [InlineData("contraception", "y ~ urban + age + livch + (1 | district)", Family.Binomial, 0.026, 0.05)]
    [InlineData("pastes", "strength ~ 1 + (1 | batch) + (1 | sample)", Family.Gaussian, 1e-6, 0.55)]
    public void Of_public_data_it_is_as_near_true_refits_as_the_method_says(string name, string formula, Family family, double coefficients,
        double deviations)
    {
        var data = Frame.LoadCsv(SharedReference.Require($"data/{name}.csv"));
        var settings = new FitSettings { Family = family, Factors = name == "cbpp" ? ["period"] : [] };
        var fit = MixedModel.Fit(data, formula, settings);
        var influence = fit.GroupInfluence();
        string[] groups = [.. Enumerable.Range(0, data.RowCount).Select(row => data[influence.Group] is TextColumn text ? text[row]!
            : data.Number(influence.Group).Values[row].ToString(CultureInfo.InvariantCulture))];
        foreach (var row in influence.Rows)
        {
            var changes = Changes(fit, MixedModel.Fit(data.Filter(i => groups[i] != row.Level), formula, settings).Require());
            for (var k = 0; k < changes.Coefficients.Length; k++) Assert.Equal(changes.Coefficients[k], row.FixedEffects[k], coefficients);
            for (var k = 0; k < changes.Deviations.Length; k++) Assert.Equal(changes.Deviations[k], row.StandardDeviations[k], deviations);
        }
    }

    [Fact]
    public void A_group_that_alone_holds_a_level_has_no_step_and_is_counted()
    {
        var data = Simulated.TwoLevel(seed: 313, groups: 8, size: 30);
        var group = data.Text("g");
        var alone = data.With(TextColumn.Of("a", Enumerable.Range(0, data.RowCount).Select(row =>
            group[row] == "G03" ? "only" : row % 2 == 0 ? "one" : "other")));
        var influence = MixedModel.Fit(alone, "y ~ x + a + (1 | g)").GroupInfluence();
        Assert.Equal("G03", influence.Rows[0].Level);
        Assert.Equal("G03", Assert.Single(influence.Rows, row => double.IsNaN(row.CooksDistance)).Level);
        Assert.Contains(influence.Remarks, remark => remark.Contains("For 1 of the groups", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_two_groups_it_is_refused() => Assert.Contains("three groups or more", Assert.Throws<ProblemException>(
        MixedModel.Fit(Simulated.TwoLevel(seed: 314, groups: 2, size: 60), "y ~ x + (1 | g)").GroupInfluence).Problem.Expected,
        StringComparison.Ordinal);

    [Fact]
    public void An_odd_group_comes_first_and_moves_the_variance()
    {
        var data = Simulated.TwoLevel(seed: 308, groups: 40, size: 30, sigma: 0.3);
        var y = data.Integer("y").Values.ToArray().Select((value, row) => data.Text("g")[row] == "G07" ? (row % 10 == 0 ? 1 : 0) : value);
        var influence = MixedModel.Fit(data.With(new IntegerColumn("y", [.. y])), "y ~ x + f + (1 | g)").GroupInfluence();
        Assert.Equal("G07", influence.Rows[0].Level);
        Assert.Equal(30, influence.Rows[0].Observations);
        Assert.True(influence.Rows[0].StandardDeviations[0] < -1);
        Printed.Fits(influence);
    }

    [Fact]
    public void Of_few_subjects_and_restricted_likelihood_is_near_true_refits()
    {
        var influence = References.Sleepstudy().GroupInfluence();
        Assert.Equal(["Subject, (Intercept)", "Subject, Days", "residual"], influence.StandardDeviations);
        Printed.Fits(influence);
        Near(Frame.LoadCsv(SharedReference.Require("data/sleepstudy.csv")), "Reaction ~ Days + (Days | Subject)", "Subject",
            Linear with { Reml = true }, within: 0.1);
    }

    [Fact]
    public void Of_a_singular_fit_holds_what_does_not_vary()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 310, groups: 12, size: 40, sigma: 0), "y ~ x + (1 | g)");
        Assert.True(fit.Singular);
        var influence = fit.GroupInfluence();
        Assert.Contains(influence.Remarks, remark => remark.Contains("singular", StringComparison.Ordinal));
        Assert.All(influence.Rows, row => Assert.True(row.CooksDistance > 0));
    }

    [Fact]
    public void Crossed_groupings_are_refused_with_a_way_out()
    {
        var fit = MixedModel.Fit(Simulated.Crossed(seed: 311), "y ~ x + (1 | g) + (1 | h)");
        var problem = Assert.Throws<ProblemException>(fit.GroupInfluence).Problem;
        Assert.Contains("g and h are crossed", problem.Found, StringComparison.Ordinal);
        Assert.Contains("one of the groupings", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_random_effects_is_refused() => Assert.Contains("random term", Assert.Throws<ProblemException>(() =>
        MixedModel.Fit(Simulated.TwoLevel(seed: 312), "y ~ x").GroupInfluence()).Problem.Expected, StringComparison.Ordinal);

    // The step against a fit of the data without the group: in standard errors, and Cook's distance from the true change.
    private static void Near(Frame data, string formula, string group, FitSettings settings, double within)
    {
        var fit = MixedModel.Fit(data, formula, settings);
        foreach (var row in fit.GroupInfluence().Rows)
        {
            var refit = MixedModel.Fit(data.Filter(i => data.Text(group)[i] != row.Level), formula, settings).Require();
            var (coefficients, deviations) = Changes(fit, refit);
            for (var k = 0; k < coefficients.Length; k++)
                Assert.True(Math.Abs(coefficients[k] - row.FixedEffects[k]) < within * (1 + Math.Abs(coefficients[k])),
                    $"{row.Level} {fit.FixedEffects[k].Term}: {row.FixedEffects[k]} for {coefficients[k]}");
            for (var k = 0; k < deviations.Length; k++)
                Assert.True(Math.Abs(deviations[k] - row.StandardDeviations[k]) < 3 * within * (1 + Math.Abs(deviations[k])),
                    $"{row.Level} SD {k}: {row.StandardDeviations[k]} for {deviations[k]}");
            if (fit.ResidualStandardDeviation is { } residual)
                Assert.Equal(Math.Sign(refit.ResidualStandardDeviation!.Value - residual), Math.Sign(row.StandardDeviations[^1]));
        }
    }

    // The changes of the coefficients and of the standard deviations of random effects, in standard errors.
    private static (double[] Coefficients, double[] Deviations) Changes(MixedModelFit fit, MixedModelFit refit) =>
    (
        [.. fit.FixedEffects.Zip(refit.FixedEffects).Select(pair =>
            (pair.Second.Estimate - pair.First.Estimate) / pair.First.StandardError)],
        [.. fit.RandomEffects.Zip(refit.RandomEffects).SelectMany(pair => pair.First.Terms.Select((_, k) =>
            (pair.Second.StandardDeviations[k] - pair.First.StandardDeviations[k]) / pair.First.StandardDeviationErrors[k]))]
    );

    private static Frame Nested(int seed)
    {
        var random = new Random(seed);
        var (a, b, x, y, z) = (new List<string>(), new List<string>(), new List<double>(), new List<int>(), new List<double>());
        for (var outer = 0; outer < 15; outer++)
        {
            var effect = 0.7 * Simulated.Normal(random);
            for (var inner = 0; inner < 4; inner++)
            {
                var own = 0.5 * Simulated.Normal(random);
                for (var row = 0; row < 12; row++)
                {
                    x.Add(Math.Round(Simulated.Normal(random), 1));
                    var eta = 0.2 + 0.5 * x[^1] + effect + own;
                    (int hit, var error) = (random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0, Simulated.Normal(random));
                    y.Add(hit);
                    z.Add(eta + error);
                    a.Add($"A{outer:00}");
                    b.Add($"B{inner}");
                }
            }
        }

        return new Frame([new IntegerColumn("y", [.. y]), new NumberColumn("z", [.. z]), new NumberColumn("x", [.. x]),
            TextColumn.Of("a", a), TextColumn.Of("b", b)]);
    }
}
