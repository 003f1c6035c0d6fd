using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>Maxima that are hard to reach: at the edge, far out, or along a narrow ridge of the parameters.</summary>
public sealed class HardMaximaTests
{
    // Groups of one to three rows that differ by a standard deviation of 8, within larger ones: what a Hessian leaves out that is of the
    // order of one observation a group is most of it here.
    [Fact]
    public void Tiny_groups_that_differ_much_within_others_take_few_steps()
    {
        var fit = MixedModel.Fit(Families(seed: 5), "y ~ x + (1 | place/mother)");
        Assert.Null(fit.Obstacle);
        Assert.InRange(fit.Trace.Count, 1, 35);
        Assert.Equal(Enumerable.Range(0, fit.Trace.Count), fit.Trace.Select(step => step.Iteration));
        Assert.InRange(fit.RandomEffects.Max(effect => effect.StandardDeviations[0]), 4, 40);
    }

    // Second derivatives that are updated on the way took about one in a hundred saddles or points nearby for the maximum.
    [Fact]
    public void Every_one_of_many_linear_models_near_the_edge_reaches_its_maximum()
    {
        var random = new Random(7);
        for (var repeat = 0; repeat < 250; repeat++)
        {
            double[] u = [.. Enumerable.Range(0, 50).Select(_ => Simulated.Normal(random))];
            double[] x = [.. Enumerable.Range(0, 600).Select(_ => Simulated.Normal(random))];
            var data = new Frame([new NumberColumn("x", x), new IntegerColumn("g", [.. x.Select((_, row) => row / 12)]),
                new NumberColumn("y", [.. x.Select((value, row) => value + u[row / 12] + Simulated.Normal(random))])]);
            var fits = new[] { "(1 | g)", "(1 + x || g)", "(1 + x | g)" }.Select(effects =>
                MixedModel.Fit(data, "y ~ x + " + effects, new FitSettings { Family = Family.Gaussian })).ToArray();
            Assert.All(fits, fit => Assert.Null(fit.Obstacle));
            Assert.True(fits[1].LogLikelihood >= fits[0].LogLikelihood - 1e-7 && fits[2].LogLikelihood >= fits[1].LogLikelihood - 1e-7);
            Assert.Equal(Enumerable.Range(0, fits[2].Trace.Count), fits[2].Trace.Select(step => step.Iteration));
        }
    }

    // Where only slopes vary, the covariance matrix of intercept and slope has a variance near 0 in its first place.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Slopes_vary_where_intercepts_do_not(int seed)
    {
        var data = Slopes(seed);
        var settings = new FitSettings { Family = Family.Poisson };
        var (both, slopes) = (MixedModel.Fit(data, "y ~ x + (x | g)", settings), MixedModel.Fit(data, "y ~ x + (0 + x | g)", settings));
        Assert.Null(both.Obstacle);
        Assert.True(both.LogLikelihood >= slopes.LogLikelihood - 1e-9);
        Assert.Equal(["(Intercept)", "x"], both.RandomEffects[0].Terms);
        Assert.Equal(slopes.RandomEffects[0].StandardDeviations[0], both.RandomEffects[0].StandardDeviations[1], 0.02);
        var (one, other) = (Modes(both, "x"), Modes(slopes, "x"));
        Assert.All(one.Zip(other), pair => Assert.Equal(pair.Second, pair.First, 0.1));
    }

    // With 2000 added to x, the intercept's effect is b0 - 2000 b1, and all else is the same.
    [Theory]
    [InlineData(Family.Binomial, "y ~ x + f + (x | g)")]
    [InlineData(Family.Binomial, "y ~ x + (x | g) + (1 | h)")]
    [InlineData(Family.Poisson, "n ~ x + f + (x | g)")]
    [InlineData(Family.NegativeBinomial, "n ~ x + (x | g)")]
    [InlineData(Family.Gaussian, "n ~ x + f + (x | g) + (1 | h)")]
    public void The_origin_of_a_slope_moves_the_intercept_alone(Family family, string formula)
    {
        var data = Simulated.Crossed(seed: 3, rows: 600);
        var settings = new FitSettings { Family = family };
        var (at0, at2000) = (MixedModel.Fit(data, formula, settings), MixedModel.Fit(Moved(data), formula, settings));
        Assert.Null(at2000.Obstacle);
        Assert.Equal(at0.LogLikelihood, at2000.LogLikelihood, 1e-8);
        Assert.Equal(at0["x"].Estimate, at2000["x"].Estimate, 1e-6);
        Assert.Equal(at0["x"].StandardError, at2000["x"].StandardError, 1e-5);
        var (before, after) = (at0.RandomEffects[0], at2000.RandomEffects[0]);
        Assert.Equal(before.StandardDeviations[1], after.StandardDeviations[1], 1e-5);
        Assert.Equal(before.StandardDeviationErrors[1], after.StandardDeviationErrors[1], 1e-5);
        var covariance = before.Covariance;
        var variance = covariance[0][0] - 4000 * covariance[0][1] + 4e6 * covariance[1][1];
        Assert.Equal(1, after.StandardDeviations[0] / Math.Sqrt(variance), 1e-4);
        var (intercepts, slopes) = (Modes(at0, "(Intercept)"), Modes(at0, "x"));
        Assert.All(slopes.Zip(Modes(at2000, "x")), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.All(intercepts.Zip(slopes, (intercept, slope) => intercept - 2000 * slope).Zip(Modes(at2000, "(Intercept)")),
            pair => Assert.Equal(1, pair.Second / pair.First, 1e-3));
    }

    private static double[] Modes(MixedModelFit fit, string term) =>
        [.. fit.ConditionalModes.Where(mode => mode.Group == "g" && mode.Term == term).Select(mode => mode.Mode)];

    private static Frame Moved(Frame data) => new([.. data.Columns.Where(column => column.Name != "x"),
        new NumberColumn("x", [.. Enumerable.Range(0, data.RowCount).Select(row => data.Number("x").Values[row] + 2000)])]);

    private static Frame Families(int seed)
    {
        var random = new Random(seed);
        var (y, x, places, mothers) = (new List<int>(), new List<double>(), new List<string>(), new List<string>());
        for (var place = 0; place < 40; place++)
        {
            var ofPlace = Simulated.Normal(random);
            for (var mother = 0; mother < 15; mother++)
            {
                var ofMother = 8 * Simulated.Normal(random);
                for (var child = random.Next(3); child >= 0; child--)
                {
                    x.Add(Math.Round(Simulated.Normal(random), 2));
                    y.Add(random.NextDouble() < 1 / (1 + Math.Exp(-x[^1] - ofPlace - ofMother)) ? 1 : 0);
                    places.Add($"P{place:00}");
                    mothers.Add($"M{mother:00}");
                }
            }
        }

        return new Frame([new IntegerColumn("y", [.. y]), new NumberColumn("x", [.. x]), TextColumn.Of("place", places),
            TextColumn.Of("mother", mothers)]);
    }

    private static Frame Slopes(int seed)
    {
        var random = new Random(seed);
        var (y, x, g) = (new List<int>(), new List<double>(), new List<string>());
        for (var group = 0; group < 40; group++)
        {
            var slope = 0.5 * Simulated.Normal(random);
            for (var row = 0; row < 25; row++)
            {
                x.Add(Math.Round(Simulated.Normal(random), 2));
                var (mean, count) = (Math.Exp(0.2 + (0.3 + slope) * x[^1]), -1);
                for (var product = 1.0; product > Math.Exp(-mean); count++) product *= 1 - random.NextDouble();
                y.Add(count);
                g.Add($"G{group:00}");
            }
        }

        return new Frame([new IntegerColumn("y", [.. y]), new NumberColumn("x", [.. x]), TextColumn.Of("g", g)]);
    }
}
