using Caseload.Frames;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Tests.Inference.Robustness;

public sealed class WeightedEstimatesTests
{
    private static readonly SamplingWeights Unscaled = new() { Rows = "w", Groups = "v", Scaling = WeightScaling.Unscaled };

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Whole_weights_give_the_estimates_of_groups_and_rows_written_out(int points)
    {
        var data = Weighted(seed: 341);
        var settings = new FitSettings { QuadraturePoints = points };
        var (w, v, g) = (data.Number("w").Values.ToArray(), data.Number("v").Values.ToArray(), data.Text("g"));
        var written = Enumerable.Range(0, data.RowCount).SelectMany(row => Enumerable.Range(0, (int)v[row])
            .SelectMany(copy => Enumerable.Repeat((Row: row, Copy: copy), (int)w[row]))).ToArray();
        var copies = data.Take([.. written.Select(at => at.Row)])
            .With(TextColumn.Of("g", written.Select(at => $"{g[at.Row]}.{at.Copy}")));
        var fit = MixedModel.Fit(copies, "y ~ x + f + (1 | g)", settings);
        var weighted = data.FitWeighted("y ~ x + f + (1 | g)", Unscaled, settings);
        for (var k = 0; k < fit.FixedEffects.Count; k++)
            Assert.Equal(fit.FixedEffects[k].Estimate, weighted.FixedEffects[k].Estimate, 1e-5);
        Assert.Equal(fit.RandomEffects[0].StandardDeviations[0], weighted.StandardDeviation.Estimate, 1e-5);
        Assert.Equal(MixedModel.Fit(data, "y ~ x + f + (1 | g)", settings)["x"].Estimate, weighted.FixedEffects[1].Unweighted, 1e-9);
        Printed.Fits(weighted);
    }

    // The slow twin: each group's integral by the trapezoidal rule, derivatives by differences.
    [Fact]
    public void Standard_errors_are_the_sandwich_of_the_scores_of_groups()
    {
        var data = Weighted(seed: 342);
        var weighted = data.FitWeighted("y ~ x + (1 | g)", Unscaled with { Scaling = WeightScaling.Effective },
            new FitSettings { QuadraturePoints = 25 });
        double[] point = [.. weighted.FixedEffects.Select(effect => effect.Estimate), weighted.StandardDeviation.Estimate];
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
        Assert.Equal(Math.Sqrt(covariance[2, 2]), weighted.StandardDeviation.StandardError, 1e-5);

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
            Assert.Equal(one.StandardDeviation.StandardError, other.StandardDeviation.StandardError, 1e-6);
        }

        Assert.NotEqual(data.FitWeighted("y ~ x + (1 | g)", Unscaled).StandardDeviation.Estimate,
            tenfold.FitWeighted("y ~ x + (1 | g)", Unscaled).StandardDeviation.Estimate, 1e-3);
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
        Assert.InRange(weighted.StandardDeviation.Estimate, 0.58, 0.85);
    }

    [Fact]
    public void Counts_without_weights_that_differ_are_estimated_as_without_weights()
    {
        var data = Simulated.Crossed(seed: 345, groups: 30, rows: 900);
        data = data.With(new NumberColumn("v", [.. Enumerable.Repeat(2.0, data.RowCount)]));
        var weighted = data.FitWeighted("n ~ x + (1 | g)", new SamplingWeights { Groups = "v" },
            new FitSettings { Family = Family.Poisson });
        Assert.All(weighted.FixedEffects, effect => Assert.Equal(effect.Unweighted, effect.Estimate, 1e-6));
        Assert.Equal(weighted.StandardDeviation.Unweighted, weighted.StandardDeviation.Estimate, 1e-6);
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
        Refused("this model", () => data.FitWeighted("y ~ x + (1 + x | g)", Unscaled));
        Refused("this model", () => data.FitWeighted("y ~ x", Unscaled));
        Refused("this model", () => data.FitWeighted("x ~ f + (1 | g)", Unscaled, new FitSettings { Family = Family.Gaussian }));
        Refused("prior weights", () => data.FitWeighted("y ~ x + (1 | g)", Unscaled, new FitSettings { Frequencies = "w" }));
        Refused("differs between rows", () => data.FitWeighted("y ~ x + (1 | g)", new SamplingWeights { Groups = "w" }));

        static void Refused(string found, Action call) =>
            Assert.Contains(found, Assert.Throws<ProblemException>(call).Problem.Found, StringComparison.Ordinal);
    }

    // Whole weights of rows, w, and of groups, v.
    private static Frame Weighted(int seed)
    {
        var (data, random) = (Simulated.TwoLevel(seed, groups: 30, size: 15), new Random(seed));
        var ofGroup = data.Text("g").Levels.ToArray().ToDictionary(level => level, _ => 1.0 + random.Next(3));
        return data.With(new NumberColumn("w", [.. Enumerable.Range(0, data.RowCount).Select(_ => 1.0 + random.Next(3))]))
            .With(new NumberColumn("v", [.. Enumerable.Range(0, data.RowCount).Select(row => ofGroup[data.Text("g")[row]!])]));
    }
}
