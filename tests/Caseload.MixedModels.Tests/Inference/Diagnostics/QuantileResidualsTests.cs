using Caseload.Frames;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Tests.Inference.Diagnostics;

public sealed class QuantileResidualsTests
{
    [Fact]
    public void Of_a_model_that_holds_are_uniform()
    {
        var seeds = Enumerable.Range(1, 15).ToArray();
        var tests = seeds.SelectMany(seed => MixedModel.Fit(Counts(seed, isMixed: false), "n ~ x + (1 | g)",
            new FitSettings { Family = Family.Poisson }).QuantileResiduals(100, seed).Tests).ToArray();
        Assert.Equal(["uniformity (Kolmogorov-Smirnov)", "dispersion", "zeros", "spread between groups of g"],
            tests.Take(4).Select(test => test.Name));
        Assert.All(tests, test => Assert.InRange(test.P, 0.01, 1));
        Assert.InRange(tests.Count(test => test.P < 0.1) / (double)tests.Length, 0, 0.2);
        Assert.InRange(tests.Average(test => test.P), 0.35, 0.75);
    }

    [Fact]
    public void Find_counts_that_vary_more_than_the_family()
    {
        var fit = MixedModel.Fit(Counts(21, isMixed: true), "n ~ x + (1 | g)", new FitSettings { Family = Family.Poisson });
        var tests = fit.QuantileResiduals().Tests.ToDictionary(test => test.Name);
        Assert.True(tests["dispersion"].P < 0.02 && tests["dispersion"].Observed > tests["dispersion"].Expected);
        Assert.True(tests["zeros"].P < 0.02 && tests["zeros"].Observed > tests["zeros"].Expected);
        Assert.True(tests["uniformity (Kolmogorov-Smirnov)"].P < 0.02);
    }

    // Of normal responses without groups: the distribution function of the residual.
    [Fact]
    public void Of_a_linear_model_are_nearly_the_normal_probabilities_of_its_residuals()
    {
        var data = Simulated.Linear(seed: 181);
        var fit = MixedModel.Fit(data, "y ~ x + f", new FitSettings { Family = Family.Gaussian });
        var (mean, values) = (fit.Predict(data).Mean, fit.QuantileResiduals(2000).Values);
        for (var row = 0; row < data.RowCount; row++)
        {
            var expected = StandardNormal.Below((data.Number("y").Values[row] - mean[row]) / fit.ResidualStandardDeviation!.Value);
            Assert.Equal(expected, values[row], 0.06);
        }
    }

    [Fact]
    public void Lie_between_0_and_1_and_come_back_with_the_seed() => Properties.HoldOnData(data =>
    {
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        var residuals = fit.QuantileResiduals(60, seed: 3);
        Assert.All(residuals.Values, value => Assert.InRange(value, 0, 1));
        Assert.Equal(residuals.Values, fit.QuantileResiduals(60, seed: 3).Values);
        Assert.Equal(residuals.Tests, fit.QuantileResiduals(60, seed: 3).Tests);
    }, count: 3);

    [Fact]
    public void Fit_a_terminal_and_ask_for_draws_enough()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 182), "y ~ x + (1 | g)");
        Printed.Fits(fit.QuantileResiduals());
        Assert.Contains("Single 0/1 outcomes", fit.QuantileResiduals().Remarks[0], StringComparison.Ordinal);
        Assert.Throws<ProblemException>(() => fit.QuantileResiduals(10));
    }

    // Poisson, or with exponential numbers times the mean: negative binomial of dispersion 1.
    private static Frame Counts(int seed, bool isMixed)
    {
        var random = new Random(3000 + seed);
        double[] effects = [.. Enumerable.Range(0, 30).Select(_ => 0.4 * StandardNormal.Draw(random))];
        int[] groups = [.. Enumerable.Range(0, 600).Select(row => row / 20)];
        double[] x = [.. groups.Select(_ => Math.Round(StandardNormal.Draw(random), 1))];
        int[] n = [.. groups.Select((group, row) => Draw(Math.Exp(0.8 + 0.3 * x[row] + effects[group]) * Mixing()))];
        return new Frame([new IntegerColumn("n", n), new NumberColumn("x", x), TextColumn.Of("g", groups.Select(g => $"G{g:00}"))]);

        double Mixing() => isMixed ? -Math.Log(1 - random.NextDouble()) : 1;

        int Draw(double mean)
        {
            var (count, product) = (0, random.NextDouble());
            for (var least = Math.Exp(-mean); product > least; product *= random.NextDouble()) count++;
            return count;
        }
    }
}
