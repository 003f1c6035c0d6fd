using Caseload.Frames;
using Caseload.MixedModels.Inference.Resampling;

namespace Caseload.MixedModels.Tests.Inference.Resampling;

public sealed class SimulateTests
{
    [Fact]
    public void Every_distribution_has_its_mean_and_variance()
    {
        var stream = new RandomStream(1, 1);
        Hold(() => stream.Normal(), 0, 1);
        Hold(() => stream.Gamma(0.4), 0.4, 0.4);
        Hold(() => stream.Gamma(7.5), 7.5, 7.5);
        foreach (var (trials, p) in new[] { (1.0, 0.2), (9, 0.9), (40, 0.3), (3000, 0.01), (100_000, 0.7) })
            Hold(() => stream.Binomial(trials, p), trials * p, trials * p * (1 - p));
        foreach (var mean in new[] { 0.02, 3, 15, 40, 2e4 }) Hold(() => stream.Poisson(mean), mean, mean);

        static void Hold(Func<double> draw, double mean, double variance)
        {
            const int Count = 40_000;
            double[] draws = [.. Enumerable.Range(0, Count).Select(_ => draw())];
            var average = draws.Average();
            var spread = draws.Sum(value => (value - mean) * (value - mean)) / Count;
            var fourth = draws.Sum(value => Math.Pow(value - mean, 4)) / Count;

            // Within five Monte Carlo errors; the seed is fixed.
            Assert.Equal(mean, average, 5 * Math.Sqrt(variance / Count));
            Assert.Equal(variance, spread, 5 * Math.Sqrt((fourth - spread * spread) / Count));
        }
    }

    [Fact]
    public void Streams_of_one_seed_do_not_resemble_each_other()
    {
        double[][] streams = [.. Enumerable.Range(0, 40).Select(stream =>
        {
            var from = new RandomStream(1, stream);
            return Enumerable.Range(0, 1000).Select(_ => from.Normal()).ToArray();
        })];
        for (var one = 0; one < streams.Length; one++)
        {
            for (var two = 0; two < one; two++)
                Assert.InRange(streams[one].Zip(streams[two], (a, b) => a * b).Average(), -0.16, 0.16);
        }
    }

    [Theory]
    [InlineData("y ~ x + (1 | g)", Family.Binomial)]
    [InlineData("n ~ x + (1 | g)", Family.Poisson)]
    [InlineData("n ~ x + (1 | g)", Family.NegativeBinomial)]
    [InlineData("n ~ x + (1 + x | g)", Family.Gaussian)]
    public void Simulated_at_the_modes_the_mean_is_that_of_the_fit(string formula, Family family)
    {
        var data = Simulated.Crossed(6, groups: 20, rows: 400);
        var fit = MixedModel.Fit(data, formula, new FitSettings { Family = family });
        var mean = fit.Predict(data).Mean;
        double[][] draws = [.. Enumerable.Range(0, 400).Select(seed => fit.Simulate(seed, RandomEffectDraws.AtModes))];
        var sum = draws.Sum(draw => draw.Sum()) / draws.Length;
        var deviation = Math.Sqrt(draws.Sum(draw => Math.Pow(draw.Sum() - sum, 2)) / draws.Length);
        Assert.Equal(mean.Sum(), sum, 5 * deviation / Math.Sqrt(draws.Length));
    }

    [Fact]
    public void New_random_effects_have_the_estimated_covariance_matrix()
    {
        var data = Simulated.Linear(seed: 5, rows: 300);
        var fit = MixedModel.Fit(data, "y ~ x + (1 + x | ab)", new FitSettings { Family = Family.Gaussian });
        var x = data.Number("x").Values.ToArray();

        // The variance of a row is that of its effects and of its residual.
        var rows = Enumerable.Range(0, 30).ToArray();
        var fixedPart = fit.Predict(data).FixedPart;
        double[][] draws = [.. Enumerable.Range(0, 4000).Select(seed => fit.Simulate(seed))];
        var covariance = fit.RandomEffects[0].Covariance;
        foreach (var row in rows)
        {
            var expected = covariance[0][0] + 2 * x[row] * covariance[0][1] + x[row] * x[row] * covariance[1][1]
                + Math.Pow(fit.ResidualStandardDeviation!.Value, 2);
            Assert.Equal(1, draws.Sum(draw => Math.Pow(draw[row] - fixedPart[row], 2)) / draws.Length / expected, 0.12);
        }
    }

    [Fact]
    public void The_order_of_rows_changes_what_rows_get_and_not_what_cells_get()
    {
        var data = Simulated.TwoLevel(seed: 3);
        int[] rows = [.. Enumerable.Range(0, data.RowCount)];
        new Random(1).Shuffle(rows);
        var (fit, moved) = (MixedModel.Fit(data, "y ~ x + (1 | g)"), MixedModel.Fit(data.Take(rows), "y ~ x + (1 | g)"));
        Assert.Equal(fit.Refit(fit.Simulate(4)).FixedEffects, moved.Refit(moved.Simulate(4)).FixedEffects);
    }

    [Fact]
    public void Refuses_weights_and_frequencies_that_belong_to_no_distribution()
    {
        var data = Simulated.Crossed(6).With(new NumberColumn("w", [.. Enumerable.Range(0, 240).Select(row => row % 2 + 0.5)]));
        var weighted = MixedModel.Fit(data, "n ~ x + (1 | g)", new FitSettings { Family = Family.Poisson, Weights = "w" });
        var problem = Assert.Throws<ProblemException>(() => weighted.Simulate(1)).Problem;
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.Contains("weights", problem.Found, StringComparison.Ordinal);
    }
}
