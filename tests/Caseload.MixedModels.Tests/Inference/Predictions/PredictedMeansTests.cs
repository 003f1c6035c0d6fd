using Caseload.Frames;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Tests.Inference.Predictions;

public sealed class PredictedMeansTests
{
    private static readonly PredictionSettings AtZero = new() { Groups = GroupsAs.AtZero };
    private static readonly PredictionSettings Known = new() { Groups = GroupsAs.Known };
    private static readonly PredictionSettings Unseen = new() { Groups = GroupsAs.Unseen };

    // lme4 1.1-31 at its tightened optimum, the response integrated over the random effects.
    [Theory]
    [InlineData("cbpp", "cbpp_agq1")]
    [InlineData("cbpp", "cbpp_agq10")]
    [InlineData("cbpp", "cbpp_agq25")]
    [InlineData("contraception", "contraception_ri_agq1")]
    public void Agree_with_the_population_average_of_other_software(string data, string name)
    {
        var (fit, expected, frame) = References.Predicted(data, name);
        Same(References.Numbers(expected, "response_population_averaged"), fit.PredictMeans(frame));
        Same(References.Numbers(expected, "response_fixed"), fit.PredictMeans(frame, AtZero));

        // The last row is of a group that the fit has not seen.
        var known = References.Numbers(expected, "response_with_re")[..^1];
        Same(known, fit.PredictMeans(frame.Head(known.Length), Known));

        static void Same(double[] its, MixedModels.Inference.Predictions.PredictedMeans mine)
        {
            for (var row = 0; row < its.Length; row++) Assert.Equal(its[row], mine.Rows[row].Mean, 1e-6 * (1 + Math.Abs(its[row])));
        }
    }

    [Theory]
    [InlineData(GroupsAs.AtZero)]
    [InlineData(GroupsAs.Averaged)]
    public void Of_a_linear_model_have_the_standard_errors_of_lme4(GroupsAs groups)
    {
        var (fit, expected, frame) = References.Predicted("sleepstudy", "sleepstudy_reml");
        var errors = References.Numbers(expected, "se_link_fixed");
        var rows = fit.PredictMeans(frame, new PredictionSettings { Groups = groups }).Rows;
        for (var row = 0; row < errors.Length; row++)
        {
            Assert.Equal(errors[row], rows[row].Error, 1e-5 * errors[row]);
            Assert.Equal(rows[row].Mean - 1.959963985 * rows[row].Error, rows[row].Lower, 1e-6);
        }
    }

    [Fact]
    public void Averaged_is_the_mean_over_simulated_groups()
    {
        var fit = MixedModel.Fit(Simulated.Crossed(seed: 71, groups: 20, rows: 600), "y ~ x + (1 + x | g) + (1 | h)");
        var at = fit.PredictMeans(new Frame([new NumberColumn("x", [1.5])])).Rows[0];
        var (s, h, random) = (fit.RandomEffects[0].Covariance, fit.RandomEffects[1].StandardDeviations[0], new Random(71));
        var deviation = Math.Sqrt(s[0][0] + 3 * s[0][1] + 2.25 * s[1][1] + h * h);
        var mean = Enumerable.Range(0, 300_000)
            .Average(_ => 1 / (1 + Math.Exp(-at.LinearPredictor - deviation * StandardNormal.Draw(random))));
        Assert.Equal(mean, at.Mean, 2e-3);
    }

    [Fact]
    public void Lie_within_their_intervals_and_these_within_the_range_of_the_mean() => Properties.HoldOnData(data =>
    {
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        foreach (var groups in Enum.GetValues<GroupsAs>())
        {
            foreach (var row in fit.PredictMeans(data.Head(5), new PredictionSettings { Groups = groups }).Rows)
            {
                Assert.InRange(row.Mean, row.Lower, row.Upper);
                Assert.True(row.Lower > 0 && row.Upper < 1);
            }
        }
    }, count: 5);

    [Fact]
    public void Of_an_unseen_group_vary_as_groups_do()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 72, groups: 40), "y ~ x + (1 | g)");
        var at = new Frame([new NumberColumn("x", [0.5])]);
        var (unseen, averaged) = (fit.PredictMeans(at, Unseen).Rows[0], fit.PredictMeans(at).Rows[0]);
        Assert.Equal(averaged.Mean, unseen.Mean, 1e-12);
        Assert.True(unseen.Upper - unseen.Lower > averaged.Upper - averaged.Lower);
        var error = Math.Sqrt(averaged.LinearError * averaged.LinearError + fit.RandomEffects[0].Covariance[0][0]);
        Assert.Equal(error, unseen.LinearError, 1e-12);
        var random = new Random(72);
        double[] means = [.. Enumerable.Range(0, 200_000)
            .Select(_ => 1 / (1 + Math.Exp(-unseen.LinearPredictor - error * StandardNormal.Draw(random))))];
        Assert.Equal(Math.Sqrt(means.Average(p => p * p) - means.Average() * means.Average()), unseen.Error, 1e-3);
        var (lower, upper) = Quantiles.Central(means, 0.95);
        Assert.Equal(lower, unseen.Lower, 3e-3);
        Assert.Equal(upper, unseen.Upper, 3e-3);
    }

    [Theory]
    [InlineData(GroupsAs.Averaged)]
    [InlineData(GroupsAs.AtZero)]
    [InlineData(GroupsAs.Unseen)]
    [InlineData(GroupsAs.Known)]
    public void By_simulation_have_nearly_the_intervals_of_the_delta_method(GroupsAs groups)
    {
        var data = Simulated.TwoLevel(seed: 73, groups: 60, size: 20);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        var delta = new PredictionSettings { Groups = groups };
        var simulated = delta with { Method = IntervalMethod.Simulation, Draws = 40_000 };
        var (one, other) = (fit.PredictMeans(data.Head(3), delta).Rows, fit.PredictMeans(data.Head(3), simulated).Rows);
        Assert.Equal(other, fit.PredictMeans(data.Head(3), simulated).Rows);
        for (var row = 0; row < 3; row++)
        {
            Assert.Equal(one[row].Lower, other[row].Lower, 0.05 * (one[row].Upper - one[row].Lower));
            Assert.Equal(one[row].Upper, other[row].Upper, 0.05 * (one[row].Upper - one[row].Lower));
        }
    }

    // The interval should hold the mean of a group as often as it says: groups are drawn anew, the model is fitted anew.
    [Fact]
    public void Of_known_groups_hold_the_truth_as_often_as_they_say()
    {
        var (held, all) = (0, 0);
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(1000 + seed);
            double[] effects = [.. Enumerable.Range(0, 30).Select(_ => 0.8 * StandardNormal.Draw(random))];
            var rows = Enumerable.Range(0, 30 * 25).Select(i => (Group: i / 25, X: i % 5 - 2.0)).ToArray();
            var y = rows.Select(row =>
                random.NextDouble() < InverseLink.At(Link.Logit, 0.2 + 0.4 * row.X + effects[row.Group]).Value ? 1 : 0);
            var data = Simulated.Frame(y, rows.Select(row => row.X), rows.Select(_ => "a"), rows.Select(row => $"G{row.Group:00}"));
            var fit = MixedModel.Fit(data, "y ~ x + (1 | g)");
            var at = data.Take([.. Enumerable.Range(0, 30).Select(group => group * 25 + 3)]);
            var means = fit.PredictMeans(at, Known).Rows;
            for (var group = 0; group < 30; group++)
            {
                var truth = InverseLink.At(Link.Logit, 0.2 + 0.4 + effects[group]).Value;
                held += means[group].Lower <= truth && truth <= means[group].Upper ? 1 : 0;
                all++;
            }
        }

        Assert.InRange(held / (double)all, 0.92, 0.97);
    }

    [Fact]
    public void Refuse_a_group_that_the_fit_has_not_seen()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 74), "y ~ x + f + (1 | g)");
        var data = Simulated.Frame([0, 0], [1, 1], ["a", "b"], ["G01", "elsewhere"]);
        var problem = Assert.Throws<ProblemException>(() => fit.PredictMeans(data, Known)).Problem;
        Assert.Contains("row 2", problem.Found, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", problem.ToString(), StringComparison.Ordinal);
        Assert.Contains("GroupsAs.Unseen", problem.Remedy, StringComparison.Ordinal);
        Assert.Contains("no column g", Assert.Throws<ProblemException>(() => fit.PredictMeans(data.Select("x", "f"), Known)).Problem.Found,
            StringComparison.Ordinal);
        Assert.Equal(2, fit.PredictMeans(data.Select("x", "f")).Rows.Count);
    }

    [Fact]
    public void Refuse_data_that_lack_a_column_a_cell_or_hold_a_new_level()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 75), "y ~ x + f + (1 | g)");
        var data = Simulated.Frame([0, 0], [1, double.NaN], ["a", "b"], ["G01", "G01"]);
        var lacking = Assert.Throws<ProblemException>(() => fit.PredictMeans(data.Select("f"))).Problem;
        Assert.Contains("\"x\"", lacking.Found, StringComparison.Ordinal);
        var missing = Assert.Throws<ProblemException>(() => fit.PredictMeans(data)).Problem;
        Assert.Equal(("a missing cell in row 2", "column x"), (missing.Found, missing.Where));
        Assert.Contains("level of f", Assert.Throws<ProblemException>(
            () => fit.PredictMeans(Simulated.Frame([0], [1], ["d"], ["G01"]))).Problem.Found, StringComparison.Ordinal);
        Assert.Throws<ProblemException>(() => fit.PredictMeans(data.Head(1), new PredictionSettings { Level = 95 }));
        Assert.Throws<ProblemException>(() => fit.PredictMeans(data.Head(1), new PredictionSettings { Draws = 5 }));
    }

    [Fact]
    public void Refuse_a_fit_without_all_its_estimates()
    {
        var data = Simulated.TwoLevel(seed: 76);
        var y = data.Integer("y").Values.ToArray().Select((value, row) => data.Text("f")[row] == "c" ? 0 : value);
        var fit = MixedModel.Fit(data.With(new IntegerColumn("y", [.. y])), "y ~ x + f + (1 | g)");
        Assert.Equal(ProblemKind.NoEstimate, Assert.Throws<ProblemException>(() => fit.PredictMeans(data)).Problem.Kind);
    }

    [Fact]
    public void Of_a_model_without_random_effects_are_the_same_for_all_groups()
    {
        var data = Simulated.TwoLevel(seed: 77);
        var fit = MixedModel.Fit(data, "y ~ x + f");
        var means = Enum.GetValues<GroupsAs>().Select(groups =>
            fit.PredictMeans(data.Head(3), new PredictionSettings { Groups = groups }).Rows[2]).ToArray();
        Assert.All(means, mean => Assert.Equal(means[0].Mean, mean.Mean, 1e-12));
        Assert.All(means, mean => Assert.Equal(means[0].Lower, mean.Lower, 1e-12));
    }

    [Fact]
    public void Of_many_rows_print_the_first_and_the_last()
    {
        var data = Simulated.TwoLevel(seed: 79);
        var means = MixedModel.Fit(data, "y ~ x + f + (1 | g)").PredictMeans(data);
        Assert.Equal(300, means.Rows.Count);
        Assert.Equal(201, means.Tables().Single().Rows.Length);
        Assert.Equal("...", means.Tables().Single().Rows[100][0]);
        Printed.Fits(means);
    }

    [Theory]
    [InlineData(GroupsAs.Averaged)]
    [InlineData(GroupsAs.AtZero)]
    [InlineData(GroupsAs.Known)]
    [InlineData(GroupsAs.Unseen)]
    public void Fit_a_terminal(GroupsAs groups)
    {
        var data = Simulated.TwoLevel(seed: 78);
        Printed.Fits(MixedModel.Fit(data, "y ~ x + f + (1 | g)").PredictMeans(data.Head(4), new PredictionSettings { Groups = groups }));
    }
}
