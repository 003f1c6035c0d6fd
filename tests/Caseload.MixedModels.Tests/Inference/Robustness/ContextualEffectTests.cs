using Caseload.Frames;
using Caseload.MixedModels.Inference.Robustness;

namespace Caseload.MixedModels.Tests.Inference.Robustness;

public sealed class ContextualEffectTests
{
    private static readonly FitSettings Linear = new() { Family = Family.Gaussian };

    [Fact]
    public void Means_and_deviations_are_of_the_cells_present()
    {
        var frame = new Frame([new NumberColumn("x", [1, 3, double.NaN, 5, 8]), TextColumn.Of("g", ["a", "a", "a", "b", null])])
            .WithGroupMeans("x", "g");
        Assert.Equal([2, 2, 2, 5, double.NaN], frame.Number("x_mean").Values.ToArray());
        Assert.Equal([-1, 1, double.NaN, 0, double.NaN], frame.Number("x_within").Values.ToArray());
    }

    // The Laplace approximation written out in R 4.2.2, derivatives by numDeriv. glmer of lme4 1.1-31 has the same estimates; its errors
    // are good to 0.1%.
    [Fact]
    public void Of_a_survey_they_are_those_of_a_fit_in_R()
    {
        var women = Frame.LoadCsv(SharedReference.Require("data/contraception.csv")).WithGroupMeans("age", "district");
        var effect = MixedModel.Fit(women, "y ~ age_within + age_mean + (1 | district)").ContextualEffect("age");
        Expect(effect.Within, 0.00898437509897, 0.00542073631243);
        Expect(effect.Between, -0.01810593049602, 0.04225160945171);
        Expect(effect.Contextual, -0.02709030559499, 0.0426060643094);

        static void Expect(ContextualRow row, double estimate, double error)
        {
            Assert.Equal(0, (row.Estimate - estimate) / error, 1e-6);
            Assert.Equal(1, row.StandardError / error, 1e-6);
        }
    }

    // The mean of equal numbers is not always that number: a column of what rounding leaves would be standardised and have a coefficient.
    [Fact]
    public void A_covariate_that_varies_only_between_or_only_within_groups_is_refused()
    {
        var groups = TextColumn.Of("g", ["a", "a", "a", "b", "b", "b"]);
        Refused("does not vary within groups", [0.1, 0.1, 0.1, 0.7, 0.7, 0.7]);
        Refused("the same mean in all groups", [-0.1, -0.2, 0.3, 0.3, -0.1, -0.2]);

        void Refused(string found, double[] x) => Assert.Contains(found, Assert.Throws<ProblemException>(() =>
            new Frame([new NumberColumn("x", x), groups]).WithGroupMeans("x", "g")).Problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_mean_over_the_models_groups_is_mentioned()
    {
        var data = Contextual(seed: 326);
        Assert.DoesNotContain(MixedModel.Fit(data, "z ~ x_within + x_mean + (1 | g)", Linear).ContextualEffect("x").Remarks, NoMean);
        var half = data.Select("x", "y", "z", "g").With(TextColumn.Of("h",
            Enumerable.Range(0, data.RowCount).Select(row => row % 3 == 0 ? "a" : "b"))).WithGroupMeans("x", "h");
        Assert.Contains(MixedModel.Fit(half, "z ~ x_within + x_mean + (1 | g)", Linear).ContextualEffect("x").Remarks, NoMean);

        static bool NoMean(string remark) => remark.Contains("no mean over the groups", StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_that_other_columns_tell_is_refused_with_what_to_do()
    {
        var data = Contextual(seed: 327, groups: 6);
        var fit = MixedModel.Fit(data, "z ~ g + x + x_mean + (1 | g)", Linear);
        Assert.Contains("told by nothing else", Assert.Throws<ProblemException>(() => fit.ContextualEffect("x")).Problem.Expected,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_the_same_name_are_not_overwritten() => Assert.Contains("x_mean", Assert.Throws<ProblemException>(() =>
        Simulated.TwoLevel(seed: 320).WithGroupMeans("x", "g").WithGroupMeans("x", "g")).Problem.Found, StringComparison.Ordinal);

    // Mundlak (1978): with the mean in the model the effect within groups is that of a model with a coefficient a group; of groups of one
    // size the effect between them is that of a regression of the means.
    [Fact]
    public void Within_is_the_effect_beside_group_coefficients_and_between_that_of_the_means()
    {
        var data = Contextual(seed: 321);
        var effect = MixedModel.Fit(data, "z ~ x_within + x_mean + (1 | g)", Linear).ContextualEffect("x");
        Assert.Equal(MixedModel.Fit(data, "z ~ x + factor(g)", Linear)["x"].Estimate, effect.Within.Estimate, 1e-7);
        var means = data.GroupBy("g").Mean("z").Merge(data.GroupBy("g").Mean("x"), "g");
        Assert.Equal(MixedModel.Fit(means, "z ~ x", Linear)["x"].Estimate, effect.Between.Estimate, 1e-7);
        Assert.Equal(effect.Between.Estimate - effect.Within.Estimate, effect.Contextual.Estimate, 1e-12);
    }

    [Theory]
    [InlineData(Family.Gaussian)]
    [InlineData(Family.Binomial)]
    public void The_covariate_in_place_of_its_deviation_tells_the_same(Family family)
    {
        var (data, response) = (Contextual(seed: 322), family == Family.Gaussian ? "z" : "y");
        var settings = new FitSettings { Family = family };
        var one = MixedModel.Fit(data, $"{response} ~ x_within + x_mean + (1 | g)", settings).ContextualEffect("x", 0.9);
        var other = MixedModel.Fit(data, $"{response} ~ x + x_mean + (1 | g)", settings).ContextualEffect("x", 0.9);
        foreach (var (a, b) in new[] { (one.Within, other.Within), (one.Between, other.Between), (one.Contextual, other.Contextual) })
        {
            Assert.Equal(a.Name, b.Name);
            Assert.Equal(a.Estimate, b.Estimate, 1e-5);
            Assert.Equal(a.StandardError, b.StandardError, 1e-5);
            Assert.Equal(a.Estimate + 1.6448536 * a.StandardError, a.Upper, 1e-6);
        }

        Assert.Equal(family == Family.Gaussian ? null : "odds ratio", one.Ratio);
        Printed.Fits(one);
    }

    [Fact]
    public void Finds_effects_that_differ_within_and_between()
    {
        var effect = MixedModel.Fit(Contextual(seed: 323, groups: 300), "y ~ x_within + x_mean + (1 | g)").ContextualEffect("x");
        Assert.InRange(0.5, effect.Within.Lower - 0.05, effect.Within.Upper + 0.05);
        Assert.InRange(1.3, effect.Between.Lower - 0.05, effect.Between.Upper + 0.05);
        Assert.True(effect.Contextual.P < 1e-4);
    }

    [Fact]
    public void Products_are_mentioned() => Assert.Contains(MixedModel.Fit(Contextual(seed: 324), "z ~ x_within * x_mean + (1 | g)", Linear)
        .ContextualEffect("x").Remarks, remark => remark.Contains("products", StringComparison.Ordinal));

    [Fact]
    public void A_fit_without_both_columns_is_refused_with_the_call_that_adds_them() => Assert.Contains("WithGroupMeans",
        Assert.Throws<ProblemException>(() => MixedModel.Fit(Simulated.TwoLevel(seed: 325), "y ~ x + (1 | g)").ContextualEffect("x"))
            .Problem.Remedy, StringComparison.Ordinal);

    private static Frame Contextual(int seed, int groups = 40, int size = 12)
    {
        var random = new Random(seed);
        var (x, y, z, g) = (new List<double>(), new List<int>(), new List<double>(), new List<string>());
        for (var group = 0; group < groups; group++)
        {
            var (mean, effect) = (Simulated.Normal(random), 0.5 * Simulated.Normal(random));
            double[] own = [.. Enumerable.Range(0, size).Select(_ => mean + Simulated.Normal(random))];
            foreach (var value in own)
            {
                var eta = 0.5 * value + 0.8 * own.Average() + effect - 0.2;
                x.Add(value);
                y.Add(random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0);
                z.Add(eta + Simulated.Normal(random));
                g.Add($"G{group:000}");
            }
        }

        return new Frame([new NumberColumn("x", [.. x]), new IntegerColumn("y", [.. y]), new NumberColumn("z", [.. z]),
            TextColumn.Of("g", g)]).WithGroupMeans("x", "g");
    }
}
