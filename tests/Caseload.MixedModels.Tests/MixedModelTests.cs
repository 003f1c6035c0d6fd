using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests;

public sealed class MixedModelTests
{
    // A two by two table has its estimates in closed form: log odds ratios, and the root of the sum of reciprocal counts (Woolf 1955).
    [Fact]
    public void Gives_the_log_odds_ratio_of_a_two_by_two_table()
    {
        var data = new Frame([new IntegerColumn("s", [30, 45]), new IntegerColumn("n", [100, 120]), TextColumn.Of("arm", ["A", "B"])]);
        var fit = MixedModel.Fit(data, "cbind(s, n - s) ~ arm");
        Assert.Equal(FitMethod.Glm, fit.Method);
        Assert.Equal(Math.Log(30.0 / 70), fit["(Intercept)"].Estimate, 1e-9);
        Assert.Equal(Math.Log(45.0 / 75 / (30.0 / 70)), fit["armB"].Estimate, 1e-9);
        Assert.Equal(Math.Sqrt(1 / 30.0 + 1 / 70.0 + 1 / 45.0 + 1 / 75.0), fit["armB"].StandardError, 1e-9);
        Assert.Equal(fit["armB"].Estimate / fit["armB"].StandardError, fit["armB"].Z, 1e-12);
        Assert.Equal(Math.Exp(fit["armB"].Estimate), fit["armB"].OddsRatio, 1e-12);
        Assert.Empty(fit.RandomEffects);
        Assert.True(fit.Converged);
    }

    // 0.05 and 0.95 at 1.959964: the quantiles every table of the normal distribution has.
    [Fact]
    public void Gives_Walds_p_value_and_interval()
    {
        var effect = new FixedEffect("x", 1.959963984540054, 1);
        Assert.Equal(0.05, effect.P, 1e-12);
        Assert.Equal(0, effect.Lower, 1e-12);
        Assert.Equal(2 * 1.959963984540054, effect.Upper, 1e-12);
    }

    // Variance partition coefficient and median odds ratio at a variance of 0.5: 0.5 / (0.5 + 3.28987) and exp(0.67449).
    [Fact]
    public void Gives_the_variance_partition_coefficient_and_the_median_odds_ratio()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 1), "y ~ x + (1 | g)")
            with { RandomEffects = [new RandomEffect("g", ["(Intercept)"], [Math.Sqrt(0.5)], [0.1], [[0.5]])] };
        Assert.Equal(0.1319315, fit.VariancePartitionCoefficient, 1e-6);
        Assert.Equal(1.9630306, fit.MedianOddsRatio, 1e-6);
    }

    [Fact]
    public void Calls_a_fit_singular_whose_groups_differ_less_than_chance()
    {
        // Every group has as many successes as failures: the variance between groups is 0, and the fit is that without them.
        var data = Simulated.Frame(Enumerable.Range(0, 80).Select(i => i % 2), Enumerable.Range(0, 80).Select(i => (double)(i / 2 % 3)),
            Enumerable.Repeat("a", 80), Enumerable.Range(0, 80).Select(i => "G" + i / 8));
        var (fit, pooled) = (MixedModel.Fit(data, "y ~ x + (1 | g)"), MixedModel.Fit(data, "y ~ x"));
        Assert.True(fit.Singular && fit.Converged);
        Assert.Null(fit.Obstacle);
        Assert.Equal(0, fit.RandomEffects[0].StandardDeviations[0]);
        Assert.Equal(pooled.LogLikelihood, fit.LogLikelihood, 1e-9);
        Assert.Equal(pooled["x"].Estimate, fit["x"].Estimate, 1e-7);
        Assert.Equal(pooled["x"].StandardError, fit["x"].StandardError, 1e-9);
        Assert.All(fit.ConditionalModes, mode => Assert.Equal(0, mode.Mode));
        Assert.Equal(CheckName.Singular, Assert.Single(fit.Warnings).Check);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(4.0)]
    public void Beats_every_point_of_a_grid(double sigma)
    {
        // Neither a boundary nor a large variance may hide a better maximum: the direct likelihood says so.
        for (var seed = 1; seed <= 6; seed++)
        {
            var data = Simulated.TwoLevel(seed, groups: 40, size: 5, sigma);
            var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
            double[] beta = [.. fit.FixedEffects.Select(e => e.Estimate)];
            var sd = fit.RandomEffects[0].StandardDeviations[0];
            Assert.Equal(Likelihoods.DirectLaplace.LogLikelihood(data, beta, sd), fit.LogLikelihood, 1e-6);
            foreach (var other in new[] { 0, 0.05, 0.2, 0.5, 1, 2, 4, 8 })
            {
                double[] scaled = [.. beta.Select(b => b * Math.Sqrt((1 + 0.346 * other * other) / (1 + 0.346 * sd * sd)))];
                Assert.True(Likelihoods.DirectLaplace.LogLikelihood(data, scaled, other) <= fit.LogLikelihood + 1e-9);
            }
        }
    }

    [Fact]
    public void Finds_by_quadrature_a_large_standard_deviation_that_Laplace_misses()
    {
        // 400 groups of 5 binary outcomes whose random effect has a standard deviation of 4.
        var data = Simulated.TwoLevel(seed: 21, groups: 400, size: 5, sigma: 4);
        MixedModelFit Fit(int points) => MixedModel.Fit(data, "y ~ x + f + (1 | g)", new FitSettings { QuadraturePoints = points });
        var (laplace, quadrature, finer) = (Fit(1), Fit(25), Fit(101));
        static double Sd(MixedModelFit fit) => fit.RandomEffects[0].StandardDeviations[0];
        var error = quadrature.RandomEffects[0].StandardDeviationErrors[0];
        Assert.True(Math.Abs(Sd(quadrature) - 4) < 2 * error, $"{Sd(quadrature)} ({error})");
        Assert.True(Math.Abs(Sd(laplace) - Sd(finer)) > 20 * Math.Abs(Sd(quadrature) - Sd(finer)));
        Assert.Equal(finer.LogLikelihood, quadrature.LogLikelihood, 0.01);
        Assert.Equal((FitMethod.Laplace, FitMethod.Agq), (laplace.Method, quadrature.Method));
    }

    [Fact]
    public void Drops_aliased_columns_and_names_what_they_equal()
    {
        var data = Simulated.TwoLevel(seed: 2);
        var x = data.Number("x").Values.ToArray();
        data = data.With(new NumberColumn("w", [.. x.Select(v => 3 + 2 * v)])).With(TextColumn.Of("k", x.Select(_ => "one")))
            .With(new NumberColumn("c", [.. x.Select(_ => 5.0)]));
        var (fit, lean) = (MixedModel.Fit(data, "y ~ x + w + k + c + (1 | g)"), MixedModel.Fit(data, "y ~ x + (1 | g)"));
        Assert.Equal(["(Intercept)", "x"], fit.FixedEffects.Select(e => e.Term));
        Assert.Equal(lean["x"].Estimate, fit["x"].Estimate, 1e-9);
        Assert.Equal(lean.Parameters, fit.Parameters);
        var warning = Assert.Single(fit.Warnings);
        Assert.Equal(CheckName.RankDeficiency, warning.Check);
        Assert.Equal("w, c, k", warning.Component);
        Assert.Contains("w equals 3 x (Intercept) + 2 x x", warning.Message, StringComparison.Ordinal);
        Assert.Contains("c equals 5 x (Intercept)", warning.Message, StringComparison.Ordinal);
        Assert.Contains("k has the one level one", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "failures")]
    [InlineData(1, "successes")]
    public void Has_no_estimate_where_the_outcome_does_not_vary(int outcome, string expected)
    {
        var data = Simulated.TwoLevel(seed: 3);
        var fit = MixedModel.Fit(data.With(new IntegerColumn("y", [.. Enumerable.Repeat(outcome, data.RowCount)])), "y ~ x + (1 | g)");
        Assert.Equal(ProblemKind.NoEstimate, fit.Obstacle?.Kind);
        Assert.Contains(expected, fit.Obstacle!.Found, StringComparison.Ordinal);
        Assert.All(fit.FixedEffects, effect => Assert.True(double.IsNaN(effect.Estimate)));
        Assert.False(fit.Converged);
        Assert.Throws<ProblemException>(() => fit.Require());
    }

    [Fact]
    public void Has_no_estimate_of_a_variance_from_one_group_and_warns_of_few()
    {
        var data = Simulated.TwoLevel(seed: 4, groups: 4);
        Assert.Null(MixedModel.Fit(data, "y ~ x + (1 | g)").Obstacle);
        Assert.Equal(4, Assert.Single(MixedModel.Fit(data, "y ~ x + (1 | g)").Warnings, w => w.Check == CheckName.TooFewGroups).Value);
        var one = MixedModel.Fit(data.Filter(row => data.Text("g")[row] == "G00"), "y ~ x + (1 | g)");
        Assert.Equal(ProblemKind.NoEstimate, one.Obstacle?.Kind);
        Assert.Contains("one group only", one.Obstacle!.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_report_a_variance_that_grows_without_bound()
    {
        // All outcomes of a group are alike, in many rows: the likelihood rises with the variance for ever.
        var data = Simulated.Frame(Enumerable.Range(0, 120).Select(i => i / 10 % 2), Enumerable.Range(0, 120).Select(i => (double)(i % 3)),
            Enumerable.Repeat("a", 120), Enumerable.Range(0, 120).Select(i => "G" + i / 10));
        var fit = MixedModel.Fit(data, "y ~ x + (1 | g)");
        Assert.Equal(ProblemKind.NoEstimate, fit.Obstacle?.Kind);
        Assert.Contains(fit.Warnings, w => w.Check == CheckName.Convergence
            && w.Message.Contains("grows beyond 30", StringComparison.Ordinal));
        Assert.True(double.IsNaN(fit.LogLikelihood));
    }

    [Fact]
    public void Fits_without_fixed_effects_and_without_an_intercept()
    {
        var data = Simulated.TwoLevel(seed: 5);
        Assert.Empty(MixedModel.Fit(data, "y ~ 0 + (1 | g)").FixedEffects);
        Assert.True(MixedModel.Fit(data, "y ~ 0 + (1 | g)").Converged);
        Assert.Equal(["fa", "fb", "fc"], MixedModel.Fit(data, "y ~ 0 + f + (1 | g)").FixedEffects.Select(e => e.Term));
        var (with, without) = (MixedModel.Fit(data, "y ~ f + (1 | g)"), MixedModel.Fit(data, "y ~ 0 + f + (1 | g)"));
        Assert.Equal(with.LogLikelihood, without.LogLikelihood, 1e-8);
        Assert.Equal(with["(Intercept)"].Estimate + with["fb"].Estimate, without["fb"].Estimate, 1e-6);
    }

    [Fact]
    public void Warns_of_columns_on_very_different_scales_and_estimates_them_all_the_same()
    {
        var data = Simulated.TwoLevel(seed: 6);
        var large = data.With(new NumberColumn("x", [.. data.Number("x").Values.ToArray().Select(x => 1e7 * x)]));
        var (fit, usual) = (MixedModel.Fit(large, "y ~ x + (1 | g)"), MixedModel.Fit(data, "y ~ x + (1 | g)"));
        Assert.Equal("x", Assert.Single(fit.Warnings).Component);
        Assert.Equal(CheckName.Scaling, Assert.Single(fit.Warnings).Check);
        Assert.Equal(usual["x"].Z, fit["x"].Z, 1e-6);
    }

    [Fact]
    public void Keeps_a_trace_whose_log_likelihood_rises_and_ends_in_short_steps()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 7), "y ~ x + f + (1 | g)");
        Assert.True(fit.Trace.Count > 2);
        Assert.True(fit.Trace[^1].StepLength <= new FitSettings().StepTolerance);
        for (var i = 1; i < fit.Trace.Count; i++) Assert.True(fit.Trace[i].LogLikelihood >= fit.Trace[i - 1].LogLikelihood - 1e-9);
        Assert.Equal(Enum.GetValues<CheckName>().Order(), fit.Checks.Select(c => c.Check).Order());
    }

    [Fact]
    public void Refuses_a_design_of_thousands_of_columns()
    {
        var data =
            new Frame([new IntegerColumn("y", [.. Enumerable.Range(0, 1200).Select(i => i % 2)]),
            new IntegerColumn("id", [.. Enumerable.Range(0, 1200)])]);
        var problem = Assert.Throws<ProblemException>(() => MixedModel.Fit(data, "y ~ factor(id)")).Problem;
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.Contains("1200 columns", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Fails_loudly_when_the_iterations_run_out()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 8), "y ~ x + f + (1 | g)", new FitSettings { MaxIterations = 1 });
        Assert.Equal(ProblemKind.NoEstimate, fit.Obstacle?.Kind);
        Assert.False(fit.Converged);
        Assert.True(double.IsNaN(fit.LogLikelihood) && double.IsNaN(fit["x"].Estimate));
    }
}
