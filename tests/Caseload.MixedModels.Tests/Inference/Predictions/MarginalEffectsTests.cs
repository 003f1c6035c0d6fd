using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Predictions;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Tests.Inference.Predictions;

public sealed class MarginalEffectsTests
{
    [Fact]
    public void Of_a_linear_model_are_its_coefficients()
    {
        var data = Simulated.Linear(seed: 91);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | ab)", new FitSettings { Family = Family.Gaussian });
        var effects = fit.AverageMarginalEffects(data).Rows;
        Assert.Equal(["x slope", "f b - a", "f c - a"], effects.Select(effect => $"{effect.Column} {effect.Change}"));
        foreach (var (effect, term) in effects.Zip(["x", "fb", "fc"]))
        {
            Assert.Equal(fit[term].Estimate, effect.Effect, 1e-8);
            Assert.Equal(fit[term].StandardError, effect.StandardError, 1e-8);
        }
    }

    // The slow twin: row by row, with numerical derivatives by the covariate and by each coefficient.
    [Theory]
    [InlineData(GroupsAs.Averaged, Link.Logit)]
    [InlineData(GroupsAs.AtZero, Link.Logit)]
    [InlineData(GroupsAs.Averaged, Link.Cloglog)]
    [InlineData(GroupsAs.Averaged, Link.Probit)]
    public void Are_mean_derivatives_with_errors_by_the_delta_method(GroupsAs groups, Link link)
    {
        var data = Simulated.TwoLevel(seed: 92);
        var fit = MixedModel.Fit(data, "y ~ x * f + I(x^2) + (1 | g)", new FitSettings { Link = link });
        var settings = new PredictionSettings { Groups = groups };
        var effect = fit.AverageMarginalEffects(data, settings).Rows.Single(row => row.Column == "x");
        double[] point = [.. fit.FixedEffects.Select(e => e.Estimate), fit.RandomEffects[0].Covariance[0][0]];
        Assert.Equal(Slope(point), effect.Effect, 1e-6);
        double[] gradient = [.. point.Select((_, k) => Differences.First(point, k, 1e-3, Slope))];
        var error = JointCovariance.Of(fit, withVariances: groups == GroupsAs.Averaged).Error(gradient);
        Assert.Equal(error, effect.StandardError, 1e-5 * error);

        double Slope(double[] at)
        {
            var moved = fit with
            {
                FixedEffects = [.. fit.FixedEffects.Zip(at, (e, b) => e with { Estimate = b })],
                RandomEffects = [fit.RandomEffects[0] with { Covariance = [[at[^1]]] }],
            };
            return Differences.First([0], 0, 1e-3, shift =>
                MeanWithGradient.Of(moved, PredictorRows.Of(moved, Shifted(data, shift[0])), groups == GroupsAs.Averaged).Value);
        }
    }

    [Fact]
    public void Of_a_random_slope_count_the_variance_that_it_brings()
    {
        var data = Simulated.Crossed(seed: 93);
        var fit = MixedModel.Fit(data, "y ~ x + (1 + x | g)");
        var effect = fit.AverageMarginalEffects(data).Rows[0].Effect;
        Assert.Equal((Mean(1e-3) - Mean(-1e-3)) / 2e-3, effect, 1e-6);

        double Mean(double shift) => fit.PredictMeans(Shifted(data, shift)).Rows.Average(row => row.Mean);
    }

    [Fact]
    public void Of_flags_and_of_0_and_1_are_changes()
    {
        var data = Simulated.TwoLevel(seed: 94);
        var flag = data.Number("x").Values.ToArray().Select(x => x > 0).ToArray();
        data = data.With(new FlagColumn("b", [.. flag.Select(b => (sbyte)(b ? 1 : 0))]))
            .With(new IntegerColumn("i", [.. flag.Select(b => b ? 1 : 0)]));
        var one = MixedModel.Fit(data, "y ~ b + f + (1 | g)").AverageMarginalEffects(data).Rows[0];
        var other = MixedModel.Fit(data, "y ~ i + f + (1 | g)").AverageMarginalEffects(data).Rows[0];
        var third = MixedModel.Fit(data, "y ~ factor(i) + f + (1 | g)").AverageMarginalEffects(data).Rows[0];
        Assert.Equal("TRUE - FALSE", one.Change);
        Assert.Equal("1 - 0", other.Change);
        Assert.Equal("1 - 0", third.Change);
        Assert.Equal(one.Effect, other.Effect, 1e-8);
        Assert.Equal(one.StandardError, other.StandardError, 1e-8);
        Assert.Equal(one.Effect, third.Effect, 1e-8);
    }

    [Fact]
    public void Do_not_depend_on_the_coding_of_a_factor()
    {
        var data = Simulated.TwoLevel(seed: 95);
        var fit = MixedModel.Fit(data, "y ~ x * f + (1 | g)");
        var other = MixedModel.Fit(data, "y ~ x * f + (1 | g)",
            new FitSettings { References = new Dictionary<string, string> { ["f"] = "b" } });
        var (one, two) = (fit.AverageMarginalEffects(data).Rows, other.AverageMarginalEffects(data).Rows);
        Assert.Equal(one.Single(r => r.Change == "b - a").Effect, -two.Single(r => r.Change == "a - b").Effect, 1e-7);
        Assert.Equal(one.Single(r => r.Change == "b - a").StandardError, two.Single(r => r.Change == "a - b").StandardError, 1e-7);
        Assert.Equal(one[0].Effect, two[0].Effect, 1e-7);
    }

    [Fact]
    public void Leave_rows_with_missing_cells_out_and_say_so()
    {
        var data = Simulated.TwoLevel(seed: 96);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        var x = data.Number("x").Values.ToArray();
        x[7] = double.NaN;
        var effects = fit.AverageMarginalEffects(data.With(new NumberColumn("x", x)));
        Assert.Contains("1 row with a missing cell", effects.Remarks[0], StringComparison.Ordinal);
        Assert.Equal(fit.AverageMarginalEffects(data.Filter(row => row != 7)).Rows[0].Effect, effects.Rows[0].Effect, 1e-9);
    }

    [Fact]
    public void Refuse_what_does_not_apply()
    {
        var data = Simulated.TwoLevel(seed: 97);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        Assert.Throws<ProblemException>(() => fit.AverageMarginalEffects(data, new PredictionSettings { Groups = GroupsAs.Known }));
        var simulated = new PredictionSettings { Method = IntervalMethod.Simulation };
        Assert.Throws<ProblemException>(() => fit.AverageMarginalEffects(data, simulated));
        Assert.Throws<ProblemException>(() => fit.AverageMarginalEffects(data.Select("x", "g")));
    }

    [Fact]
    public void A_contrast_is_the_difference_of_two_averages()
    {
        var data = Simulated.TwoLevel(seed: 98);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        var (b, a) = (data.With(Constant("b")), data.With(Constant("a")));
        var effect = fit.AverageMarginalEffects(data).Rows.Single(row => row.Change == "b - a");
        var contrast = fit.Contrast(b, a).Rows;
        Assert.Equal(["first", "second", "first - second", "first / second"], contrast.Select(row => row.Name));
        Assert.Equal(effect.Effect, contrast[2].Value, 1e-10);
        Assert.Equal(effect.StandardError, contrast[2].StandardError, 1e-10);
        Assert.Equal(contrast[0].Value / contrast[1].Value, contrast[3].Value, 1e-12);
        Assert.InRange(contrast[3].Value, contrast[3].Lower, contrast[3].Upper);
        Printed.Fits(fit.Contrast(b, a));
        var none = fit.Contrast(a, a).Rows;
        Assert.Equal((0.0, 0.0, 1.0), (none[2].Value, none[2].StandardError, none[3].Value));

        TextColumn Constant(string level) => TextColumn.Of("f", Enumerable.Repeat(level, data.RowCount));
    }

    // Mood (2010): without z the odds ratio of x shrinks although z is independent of x; the marginal effect stays.
    [Fact]
    public void Compare_nested_models_where_odds_ratios_do_not()
    {
        var random = new Random(99);
        var (y, x, z) = (new int[8000], new double[8000], new double[8000]);
        for (var row = 0; row < y.Length; row++)
        {
            (x[row], z[row]) = (random.Next(2), MixedModels.Inference.Means.StandardNormal.Draw(random));
            y[row] = random.NextDouble() < 1 / (1 + Math.Exp(-(x[row] - 0.5 + 2 * z[row]))) ? 1 : 0;
        }

        var data = new Frame([new IntegerColumn("y", y), new NumberColumn("x", x), new NumberColumn("z", z)]);
        var (small, large) = (MixedModel.Fit(data, "y ~ x"), MixedModel.Fit(data, "y ~ x + z"));
        Assert.True(large["x"].OddsRatio > 1.3 * small["x"].OddsRatio);
        var compared = MarginalEffectComparison.Of(data, ("without z", small), ("with z", large));
        var ofX = compared.Rows.Single(row => row.Column == "x").Effects;
        Assert.Equal(ofX[0]!.Effect, ofX[1]!.Effect, 2 * ofX[0]!.StandardError);
        Assert.Null(compared.Rows.Single(row => row.Column == "z").Effects[0]);
        Printed.Fits(compared);
    }

    // A subset that holds only 0 and 1 of a number's values does not make it one of two values.
    [Fact]
    public void Are_of_the_same_kind_for_a_part_of_the_rows()
    {
        var data = Simulated.TwoLevel(seed: 89);
        data = data.With(new IntegerColumn("count", [.. data.Number("x").Values.ToArray().Select(x => (int)Math.Abs(2 * x))]));
        var fit = MixedModel.Fit(data, "y ~ count + (1 | g)");
        var few = data.Integer("count").Values.ToArray();
        var part = fit.AverageMarginalEffects(data.Filter(row => few[row] <= 1));
        Assert.Equal("slope", Assert.Single(part.Rows).Change);
        Assert.Equal("slope", Assert.Single(fit.AverageMarginalEffects(data.Filter(row => few[row] == 0)).Rows).Change);
    }

    [Fact]
    public void Of_a_null_model_there_are_none_and_that_is_said()
    {
        var data = Simulated.TwoLevel(seed: 88);
        var effects = MixedModel.Fit(data, "y ~ 1 + (1 | g)").AverageMarginalEffects(data);
        Assert.Empty(effects.Rows);
        Assert.Equal("The fixed part has no covariate.", Assert.Single(effects.Remarks));
    }

    [Fact]
    public void Fit_a_terminal()
    {
        var data = Simulated.TwoLevel(seed: 90);
        Printed.Fits(MixedModel.Fit(data, "y ~ x + f + (1 | g)").AverageMarginalEffects(data));
    }

    private static Frame Shifted(Frame data, double shift) =>
        data.With(new NumberColumn("x", [.. data.Number("x").Values.ToArray().Select(x => x + shift)]));
}
