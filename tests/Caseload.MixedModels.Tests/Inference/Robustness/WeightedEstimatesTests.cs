using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Robustness;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Tests.Inference.Robustness;

public sealed class WeightedEstimatesTests
{
    private static readonly FitSettings Linear = new() { Family = Family.Gaussian };

    private static readonly SamplingWeights Unscaled = new() { Rows = "w", Groups = "v", Scaling = WeightScaling.Unscaled };

    [Theory]
    [InlineData("y ~ x + h + (1 | g)", Family.Binomial, 1)]
    [InlineData("y ~ x + h + (1 | g)", Family.Binomial, 9)]
    [InlineData("y ~ x + (1 + x | g)", Family.Binomial, 1)]
    [InlineData("y ~ x + (1 + x | g)", Family.Binomial, 3)]
    [InlineData("n ~ x + (1 + x || g)", Family.Poisson, 1)]
    [InlineData("z ~ x + h + (1 | g)", Family.Gaussian, 1)]
    [InlineData("z ~ x + (1 + x | g)", Family.Gaussian, 1)]
    public void Whole_weights_give_the_estimates_of_groups_and_rows_written_out(string formula, Family family, int points)
    {
        var data = Weighted(Simulated.Crossed(seed: 341, groups: 30, rows: 600), seed: 341);
        var settings = new FitSettings { Family = family, QuadraturePoints = points };
        var (w, v, g) = (data.Number("w").Values.ToArray(), data.Number("v").Values.ToArray(), data.Text("g"));
        var written = Enumerable.Range(0, data.RowCount).SelectMany(row => Enumerable.Range(0, (int)v[row])
            .SelectMany(copy => Enumerable.Repeat((Row: row, Copy: copy), (int)w[row]))).ToArray();
        var copies = data.Take([.. written.Select(at => at.Row)])
            .With(TextColumn.Of("g", written.Select(at => $"{g[at.Row]}.{at.Copy}")));
        var (fit, unweighted) = (MixedModel.Fit(copies, formula, settings), MixedModel.Fit(data, formula, settings));
        var weighted = data.FitWeighted(formula, Unscaled, settings);
        for (var k = 0; k < fit.FixedEffects.Count; k++)
        {
            Assert.Equal(fit.FixedEffects[k].Estimate, weighted.FixedEffects[k].Estimate, 1e-5);
            Assert.Equal(unweighted.FixedEffects[k].Estimate, weighted.FixedEffects[k].Unweighted, 1e-9);
        }

        Assert.Equal(RandomPart(fit), weighted.RandomEffects.Select(effect => effect.Estimate), Near);
        Assert.Equal(RandomPart(unweighted), weighted.RandomEffects.Select(effect => effect.Unweighted), Near);
        Assert.All(weighted.RandomEffects, effect => Assert.InRange(effect.Estimate, effect.Lower, effect.Upper));
        Printed.Fits(weighted);

        static bool Near(double one, double other) => Math.Abs(one - other) < 2e-5;
    }

    // The pseudo-likelihood written out in R 4.2.2, its maximum by nlminb, derivatives by numDeriv. WeMix 4.0.4 (mix, cWeights = TRUE) has
    // the same maxima to twelve digits. Its standard errors, and those of Stata's mixed, differ by up to 0.2%: they leave out the second
    // derivatives by a coefficient and a variance, which gllamm takes along.
    [Theory]
    [InlineData("1", WeightScaling.Unscaled,
        new[] { 253.15803482171, 9.35933474043, 10.31048580343, 1.48556526646,
            43.14638487999, 8.57294026302, 27.22797682294, 3.85025773959 })]
    [InlineData("1", WeightScaling.Size,
        new[] { 252.5512577668, 9.20818628606, 10.44590178843, 1.49208610525,
            42.61420148857, 8.71310281514, 28.24609122513, 4.00266294043 })]
    [InlineData("1", WeightScaling.Effective,
        new[] { 252.83065882357, 9.22642710985, 10.37906073675, 1.48705144707,
            42.45304440388, 8.75108959714, 28.42918883546, 4.05436640237 })]
    [InlineData("Days", WeightScaling.Unscaled,
        new[] { 252.53299804751, 9.05316717464, 10.50530990067, 1.42193010663,
            31.35305717813, 4.17155511749, 5.536703988248, 0.879216821104, 0.130200142094, 0.292011818456, 21.59457002666, 4.91366131115 })]
    [InlineData("Days", WeightScaling.Size,
        new[] { 252.21255668154, 8.95854034048, 10.57317001761, 1.43262637041,
            28.93676333154, 5.13071712663, 5.174466255691, 0.989527574812, 0.291414456698, 0.33678891804, 23.36779489803, 5.33101342248 })]
    [InlineData("Days", WeightScaling.Effective,
        new[] { 252.2195886313, 8.9453102234, 10.5710154566, 1.4362674863,
            28.29471226195, 5.43968448445, 5.06869441922, 1.03157415085, 0.341724622406, 0.358809352184, 23.77076943597, 5.46098576538 })]
    public void Of_a_linear_model_is_that_of_the_pseudo_likelihood_in_R(string random, WeightScaling scaling, double[] expected)
    {
        var weighted = Uneven().FitWeighted($"Reaction ~ Days + ({random} | Subject)", Unscaled with { Scaling = scaling }, Linear);
        WeightedEstimate[] estimates = [.. weighted.FixedEffects, .. weighted.RandomEffects];
        Assert.Equal(expected.Length, 2 * estimates.Length);
        for (var k = 0; k < estimates.Length; k++)
        {
            Assert.Equal(0, (estimates[k].Estimate - expected[2 * k]) / expected[2 * k + 1], 1e-6);
            Assert.Equal(1, estimates[k].StandardError / expected[2 * k + 1], 1e-6);
        }
    }

    // Stata's mixed with pweights on the example of WeMix's manual, as its tests cite it: three subjects whose rows count twice.
    [Fact]
    public void Of_the_example_of_other_software_is_the_published_one()
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/sleepstudy.csv"));
        data = data.With(new NumberColumn("w", [.. Enumerable.Range(0, data.RowCount).Select(row => row < 30 ? 2.0 : 1)]));
        var weights = new SamplingWeights { Rows = "w", Scaling = WeightScaling.Unscaled };
        var weighted = data.FitWeighted("Reaction ~ Days + (1 | Subject)", weights, Linear);
        Assert.Equal(251.4619, weighted.FixedEffects[0].Estimate, 5e-5);
        Assert.Equal(10.40726, weighted.FixedEffects[1].Estimate, 5e-6);
        Assert.Equal(1338.0865, Math.Pow(weighted.RandomEffects[0].Estimate, 2), 5e-3);
        Assert.Equal(1000.7466, Math.Pow(weighted.RandomEffects[1].Estimate, 2), 5e-5);
    }

    // The slow twin: each group's integral by the trapezoidal rule, derivatives by differences.
    [Fact]
    public void Standard_errors_are_the_sandwich_of_the_scores_of_groups()
    {
        var data = Weighted(seed: 342);
        var weighted = data.FitWeighted("y ~ x + (1 | g)", Unscaled with { Scaling = WeightScaling.Effective },
            new FitSettings { QuadraturePoints = 25 });
        double[] point = [.. weighted.FixedEffects.Select(effect => effect.Estimate), weighted.RandomEffects[0].Estimate];
        var (y, x, w, v) = (data.Number("y").Values.ToArray(), data.Number("x").Values.ToArray(), data.Number("w").Values.ToArray(),
            data.Number("v").Values.ToArray());
        var (meat, hessian, count) = (Matrix<double>.Build.Dense(3, 3), Matrix<double>.Build.Dense(3, 3), 0);
        foreach (var rows in Enumerable.Range(0, data.RowCount).GroupBy(row => data.Text("g")[row]).Select(group => group.ToArray()))
        {
            var scale = rows.Sum(row => w[row]) / rows.Sum(row => w[row] * w[row]);
            var score = Vector<double>.Build.Dense(3, k => Slope(point, k, rows, scale));
            meat += score.OuterProduct(score);
            hessian += Matrix<double>.Build.Dense(3, 3, (k, l) =>
                Differences.First(point, k, 1e-3, at => Slope(at, l, rows, scale)));
            count++;
        }

        var inverse = hessian.Inverse();
        var covariance = inverse * meat * inverse * count / (count - 1);
        Assert.Equal(Math.Sqrt(covariance[0, 0]), weighted.FixedEffects[0].StandardError, 1e-5);
        Assert.Equal(Math.Sqrt(covariance[1, 1]), weighted.FixedEffects[1].StandardError, 1e-5);
        Assert.Equal(Math.Sqrt(covariance[2, 2]), weighted.RandomEffects[0].StandardError, 1e-5);

        double Slope(double[] at, int k, int[] rows, double scale) => Differences.First(at, k, 1e-3, p => v[rows[0]] * Log(p, rows, scale));

        double Log(double[] p, int[] rows, double scale)
        {
            var sum = 0.0;
            for (var u = -9.0; u <= 9; u += 0.05)
            {
                var h = -u * u / 2;
                foreach (var row in rows)
                {
                    var eta = p[0] + p[1] * x[row] + p[2] * u;
                    h += scale * w[row] * (y[row] * eta - Math.Log(1 + Math.Exp(eta)));
                }

                sum += Math.Exp(h);
            }

            return Math.Log(sum);
        }
    }

    [Fact]
    public void The_unit_of_weights_does_not_matter_but_for_rows_unscaled()
    {
        var data = Weighted(seed: 343);
        var tenfold = data.With(new NumberColumn("w", [.. data.Number("w").Values.ToArray().Select(value => 10 * value)]))
            .With(new NumberColumn("v", [.. data.Number("v").Values.ToArray().Select(value => value / 7)]));
        foreach (var scaling in new[] { WeightScaling.Size, WeightScaling.Effective })
        {
            var (one, other) = (data.FitWeighted("y ~ x + (1 | g)", Unscaled with { Scaling = scaling }),
                tenfold.FitWeighted("y ~ x + (1 | g)", Unscaled with { Scaling = scaling }));
            Assert.Equal(one.FixedEffects[1].Estimate, other.FixedEffects[1].Estimate, 1e-6);
            Assert.Equal(one.RandomEffects[0].StandardError, other.RandomEffects[0].StandardError, 1e-6);
        }

        Assert.NotEqual(data.FitWeighted("y ~ x + (1 | g)", Unscaled).RandomEffects[0].Estimate,
            tenfold.FitWeighted("y ~ x + (1 | g)", Unscaled).RandomEffects[0].Estimate, 1e-3);
    }

    // Of a population with the intercept -0.5 members with the outcome are sampled three times as often.
    [Fact]
    public void Undoes_a_sampling_that_favours_the_outcome()
    {
        var random = new Random(344);
        var (y, w, g) = (new List<int>(), new List<double>(), new List<string>());
        for (var group = 0; group < 400; group++)
        {
            var effect = 0.7 * Simulated.Normal(random);
            for (var row = 0; row < 120; row++)
            {
                var outcome = random.NextDouble() < 1 / (1 + Math.Exp(0.5 - effect)) ? 1 : 0;
                if (random.NextDouble() > (outcome == 1 ? 0.6 : 0.2)) continue;
                y.Add(outcome);
                w.Add(outcome == 1 ? 1 / 0.6 : 1 / 0.2);
                g.Add($"G{group:000}");
            }
        }

        var data = new Frame([new IntegerColumn("y", [.. y]), new NumberColumn("w", [.. w]), TextColumn.Of("g", g)]);
        var weighted = data.FitWeighted("y ~ 1 + (1 | g)", new SamplingWeights { Rows = "w" });
        Assert.True(weighted.FixedEffects[0].Unweighted > 0.4);
        Assert.InRange(weighted.FixedEffects[0].Estimate, -0.62, -0.38);
        Assert.InRange(weighted.RandomEffects[0].Estimate, 0.58, 0.85);
    }

    [Fact]
    public void Counts_without_weights_that_differ_are_estimated_as_without_weights()
    {
        var data = Simulated.Crossed(seed: 345, groups: 30, rows: 900);
        data = data.With(new NumberColumn("v", [.. Enumerable.Repeat(2.0, data.RowCount)]));
        var weighted = data.FitWeighted("n ~ x + (1 | g)", new SamplingWeights { Groups = "v" },
            new FitSettings { Family = Family.Poisson });
        Assert.All(weighted.FixedEffects, effect => Assert.Equal(effect.Unweighted, effect.Estimate, 1e-6));
        Assert.Equal(weighted.RandomEffects[0].Unweighted, weighted.RandomEffects[0].Estimate, 1e-6);
    }

    [Fact]
    public void Weights_that_leave_few_groups_and_effects_in_step_are_told()
    {
        var data = Weighted(Simulated.TwoLevel(seed: 348, groups: 10, size: 15, sigma: 0), seed: 348);
        var few = data.FitWeighted("y ~ x + (1 + x | g)", new SamplingWeights { Rows = "w" });
        Assert.Contains(few.Remarks, remark => remark.EndsWith("standard errors: 10.", StringComparison.Ordinal));
        var uneven = data.With(new NumberColumn("v", [.. data.Text("g").Levels.ToArray().SelectMany((_, group) =>
            Enumerable.Repeat(group == 0 ? 1000.0 : 1, 15))]));
        Assert.Contains(uneven.FitWeighted("z ~ x + (1 | g)", new SamplingWeights { Groups = "v" }, Linear).Remarks,
            remark => remark.EndsWith("10, by their weights worth 1 of equal weight.", StringComparison.Ordinal));
        Assert.Equal(1, Math.Abs(few.RandomEffects[2].Estimate), 1e-6);
        Assert.True(double.IsNaN(few.RandomEffects[2].StandardError));
        Assert.Contains(few.Remarks, remark => remark.Contains("groups do not vary in every way", StringComparison.Ordinal));
        var many = Weighted(seed: 349).FitWeighted("y ~ x + (1 | g)", Unscaled);
        Assert.DoesNotContain(many.Remarks, remark => remark.Contains("too few", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_weight_that_is_not_above_0_is_refused_with_what_to_do(double weight)
    {
        var data = Weighted(seed: 346);
        var w = data.Number("w").Values.ToArray();
        w[3] = weight;
        var bad = data.With(new NumberColumn("w", w));
        var problem = Assert.Throws<ProblemException>(() => bad.FitWeighted("y ~ x + (1 | g)", Unscaled)).Problem;
        Assert.Contains("zero, negative, missing", problem.Found, StringComparison.Ordinal);
        Assert.Contains("Filter", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_weights_or_another_structure_is_refused()
    {
        var data = Weighted(seed: 347);
        Refused("no column", () => data.FitWeighted("y ~ x + (1 | g)", new SamplingWeights()));
        Refused("this model", () => data.FitWeighted("y ~ x", Unscaled));
        Refused("this model", () => data.FitWeighted("y ~ x + (1 | g) + (1 | f)", Unscaled));
        Refused("this model", () => data.FitWeighted("y ~ x + (1 | g)", Unscaled, new FitSettings { Family = Family.NegativeBinomial }));
        Refused("restricted", () => data.FitWeighted("x ~ f + (1 | g)", Unscaled, Linear with { Reml = true }));
        Refused("quasi-likelihood", () => data.FitWeighted("y ~ x + (1 | g)", Unscaled, new FitSettings { Estimator = Estimator.Pql1 }));
        Refused("prior weights", () => data.FitWeighted("y ~ x + (1 | g)", Unscaled, new FitSettings { Frequencies = "w" }));
        Refused("differs between rows", () => data.FitWeighted("y ~ x + (1 | g)", new SamplingWeights { Groups = "w" }));

        static void Refused(string found, Action call) =>
            Assert.Contains(found, Assert.Throws<ProblemException>(call).Problem.Found, StringComparison.Ordinal);
    }

    // The standard deviations and the correlations of each block, and that of residuals, as the weighted estimates have them.
    private static IEnumerable<double> RandomPart(MixedModelFit fit) =>
        fit.RandomEffects.SelectMany(effects =>
                effects.StandardDeviations.Concat(effects.Terms.Count > 1 ? [effects.Correlation[0][1]] : []))
            .Concat(fit.ResidualStandardDeviation is { } residual ? [residual] : []);

    // Sleepstudy without every ninth row, with weights that differ between the rows of a subject and between subjects.
    private static Frame Uneven()
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/sleepstudy.csv"));
        var rows = Enumerable.Range(0, data.RowCount).ToArray();
        return data.With(new NumberColumn("w", [.. rows.Select(row => 1 + row * row % 7 / 2.0)]))
            .With(new NumberColumn("v", [.. rows.Select(row => 1.0 + 3 * (row / 10) % 4)])).Filter(row => row % 9 != 4);
    }

    private static Frame Weighted(int seed) => Weighted(Simulated.TwoLevel(seed, groups: 30, size: 15), seed);

    // Whole weights of rows, w, and of groups, v; and a response of numbers, z.
    private static Frame Weighted(Frame data, int seed)
    {
        var random = new Random(seed);
        var ofGroup = data.Text("g").Levels.ToArray().ToDictionary(level => level, _ => 1.0 + random.Next(3));
        var slope = ofGroup.Keys.ToDictionary(level => level, _ => Simulated.Normal(random));
        var (x, y) = (data.Number("x").Values.ToArray(), data.Number("y").Values.ToArray());
        return data.With(new NumberColumn("w", [.. Enumerable.Range(0, data.RowCount).Select(_ => 1.0 + random.Next(3))]))
            .With(new NumberColumn("v", [.. Enumerable.Range(0, data.RowCount).Select(row => ofGroup[data.Text("g")[row]!])]))
            .With(new NumberColumn("z", [.. Enumerable.Range(0, data.RowCount).Select(row =>
                2 * y[row] + slope[data.Text("g")[row]!] * x[row] + Simulated.Normal(random))]));
    }
}
