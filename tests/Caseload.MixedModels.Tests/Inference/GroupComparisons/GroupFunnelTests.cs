using Caseload.Frames;
using Caseload.MixedModels.Inference.GroupComparisons;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Tests.Inference.GroupComparisons;

public sealed class GroupFunnelTests
{
    private static readonly double[] Observed = [30, 52, 41, 77, 12, 95, 60, 33];
    private static readonly double[] Expected = [36, 45, 44, 60, 15.5, 90, 72, 25];

    // R 4.2.2, the formulas of Spiegelhalter (2005) written out: z = (O/E - 1) sqrt(E), its quantiles at 10% and 90%,
    // phi = mean(winsorised z^2), tau^2 = (I phi - (I - 1)) / (sum(w) - sum(w^2)/sum(w)). The package FunnelPlotR 0.6.0 gives the same two
    // numbers of these z: winsorisation(trim_by = 0.1), phi_func, tau_func.
    [Fact]
    public void Over_dispersion_is_that_of_the_same_formulas_in_R()
    {
        FunnelGroup[] groups = [.. Observed.Zip(Expected, (o, e) => new FunnelGroup("", o, e, 1 / Math.Sqrt(e), 0))];
        var (phi, variance, additive) = GroupFunnel.Spread(groups, FunnelDispersion.Additive);
        Assert.Equal(1.2935295570362, phi, 1e-9);
        Assert.Equal(0.0102040238051, variance, 1e-9);
        Assert.Equal(1.38197581954, additive[0].Limits(0.95).Upper, 1e-8);
        Assert.Equal(1.58577125541, GroupFunnel.Spread(groups, FunnelDispersion.Multiplicative).Groups[0].Limits(0.998).Upper, 1e-8);
        Assert.Equal(1 + 1.959963984540054 / 6, GroupFunnel.Spread(groups, FunnelDispersion.None).Groups[0].Limits(0.95).Upper, 1e-9);
    }

    [Fact]
    public void Counts_the_rows_of_each_group()
    {
        var data = Simulated.TwoLevel(seed: 131);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        var funnel = fit.Funnel();
        Assert.Equal(data.Integer("y").Values.ToArray().Sum(), funnel.Rows.Sum(row => row.Observed), 1e-9);
        var means = fit.PredictMeans(data).Rows.Select(row => row.Mean).ToArray();
        var first = funnel.Rows.Single(row => row.Level == "G00");
        Assert.Equal(means.Take(15).Sum(), first.Expected, 1e-9);
        Assert.Equal(Math.Sqrt(means.Take(15).Sum(p => p * (1 - p))) / first.Expected, first.Deviation, 1e-9);
        Assert.Equal(funnel.Rows.Select(row => row.Expected).Order(), funnel.Rows.Select(row => row.Expected));
    }

    // Groups that differ by chance alone: phi is near 1, and about one in twenty lies outside the 95% limits.
    [Fact]
    public void Groups_that_differ_by_chance_lie_within_the_limits()
    {
        var data = Simulated.TwoLevel(seed: 132, groups: 300, size: 40, sigma: 0);
        var funnel = MixedModel.Fit(data, "y ~ x + f + (1 | g)").Funnel(FunnelDispersion.None);
        Assert.InRange(funnel.Factor, 0.6, 1.2);
        Assert.InRange(funnel.Rows.Count(row => Math.Abs(row.Z) > 1.96) / 300.0, 0.02, 0.08);
    }

    // 60 funnels of 150 groups. R 4.2.2, the same formulas over 400: phi 0.691 and 5.1% outside by chance alone; with a standard deviation
    // of 0.2 beside it phi 3.43, 11.0% and 1.3%.
    [Theory]
    [InlineData(0, 0.691, 0.0514, 0.0018)]
    [InlineData(0.2, 3.43, 0.1103, 0.0129)]
    public void Limits_are_crossed_as_often_as_the_drawing_in_lets_them(double deviation, double phi, double beyondInner,
        double beyondOuter)
    {
        var (random, sum, inner, outer) = (new Random(135), 0.0, 0, 0);
        for (var funnel = 0; funnel < 60; funnel++)
        {
            var (dispersion, _, groups) = GroupFunnel.Spread([.. Enumerable.Range(0, 150).Select(_ =>
            {
                var (expected, chance) = (20 + 180 * random.NextDouble(), StandardNormal.Draw(random));
                var ratio = 1 + chance * Math.Sqrt(1 / expected + deviation * deviation);
                return new FunnelGroup("", ratio * expected, expected, 1 / Math.Sqrt(expected), 0);
            })], FunnelDispersion.Additive);
            sum += dispersion / 60;
            inner += groups.Count(group => Math.Abs(group.Z) > StandardNormal.HalfWidth(0.95));
            outer += groups.Count(group => Math.Abs(group.Z) > StandardNormal.HalfWidth(0.998));
        }

        // Three standard errors of each.
        Assert.Equal(phi, sum, 0.06 * phi);
        Assert.Equal(beyondInner, inner / 9000.0, 0.01);
        Assert.Equal(beyondOuter, outer / 9000.0, 0.0036);
    }

    [Fact]
    public void Over_dispersion_widens_the_limits()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 133, groups: 60, size: 40), "y ~ x + f + (1 | g)");
        var (none, additive) = (fit.Funnel(FunnelDispersion.None), fit.Funnel());
        var multiplicative = fit.Funnel(FunnelDispersion.Multiplicative);
        Assert.True(additive.Variance > 0 && multiplicative.Factor > 1);
        Assert.True(additive.Rows.Count(row => Math.Abs(row.Z) > 1.96) < none.Rows.Count(row => Math.Abs(row.Z) > 1.96));
        Assert.All(none.Rows.Zip(multiplicative.Rows), pair => Assert.True(pair.Second.Spread >= pair.First.Spread));
    }

    [Fact]
    public void Refuses_numbers_that_are_neither_counts_nor_proportions()
    {
        var fit = MixedModel.Fit(Simulated.Linear(seed: 134), "y ~ x + (1 | ab)", new FitSettings { Family = Family.Gaussian });
        Assert.Contains("CompareGroups", Assert.Throws<ProblemException>(() => fit.Funnel()).Problem.Remedy, StringComparison.Ordinal);
    }
}
