using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;

namespace Caseload.MixedModels.Tests.Inference.Hypotheses;

public sealed class BootstrapTestTests
{
    private static readonly Frame Data = Simulated.TwoLevel(seed: 12, groups: 25, size: 20, sigma: 0.3);

    // Where the distribution is known the simulated one has its tail: half of chi-square at a variance, chi-square at coefficients.
    [Theory]
    [InlineData("y ~ x", "y ~ x + (1 | g)")]
    [InlineData("y ~ x + (1 | g)", "y ~ x + f + (1 | g)")]
    public void Its_p_value_is_near_that_of_the_known_distribution(string small, string large)
    {
        var (one, other) = (MixedModel.Fit(Data, small), MixedModel.Fit(Data, large));
        var test = other.BootstrapLikelihoodRatio(one, new() { Replicates = 400 }, TestContext.Current.CancellationToken);
        var known = LikelihoodRatio.Compare(("small", one), ("large", other)).Rows[1];
        Assert.Equal(known.ChiSquare, test.Statistic, 1e-9);
        Assert.Equal((test.AsLarge + 1.0) / 401, test.P, 1e-12);

        // Four Monte Carlo errors, and what the known distribution is itself off by with 25 groups.
        Assert.Equal(known.P, test.P, 4 * test.MonteCarloError + 0.03);
    }

    [Fact]
    public void The_statistics_do_not_depend_on_the_number_of_processors()
    {
        var (one, other) = (MixedModel.Fit(Data, "y ~ x"), MixedModel.Fit(Data, "y ~ x + (1 | g)"));
        var draws = new[] { 1, 4 }.Select(processors => other.BootstrapLikelihoodRatio(one,
            new() { Replicates = 40, Processors = processors }, TestContext.Current.CancellationToken).Draws).ToArray();
        Assert.Equal(draws[0], draws[1]);
    }

    [Fact]
    public void Several_variances_at_once_are_tested_without_a_known_distribution()
    {
        var data = Simulated.Crossed(3, groups: 20, rows: 400);
        var (one, other) = (MixedModel.Fit(data, "y ~ x"), MixedModel.Fit(data, "y ~ x + (1 | g) + (1 | h)"));
        var test = other.BootstrapLikelihoodRatio(one, new() { Replicates = 60 }, TestContext.Current.CancellationToken);
        Assert.Equal(1.0 / 61, test.P, 1e-12);
        Assert.Contains("parametric bootstrap", test.ToString(), StringComparison.Ordinal);
        Assert.Contains("the least that so many replicates can give", test.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_models_that_are_not_nested() => Assert.Contains("not nested", Assert.Throws<ProblemException>(() =>
        MixedModel.Fit(Data, "y ~ x + (1 | g)").BootstrapLikelihoodRatio(MixedModel.Fit(Data, "y ~ f + (1 | g)"),
            cancellation: TestContext.Current.CancellationToken)).Problem.Found, StringComparison.Ordinal);

    [Fact]
    public void Refuses_fits_without_a_likelihood_and_singular_smaller_models()
    {
        var (small, large) = (MixedModel.Fit(Data, "y ~ x + (1 | g)"), MixedModel.Fit(Data, "y ~ x + f + (1 | g)"));
        Assert.Contains("quasi-likelihood", Refused(MixedModel.Fit(Data, "y ~ x + (1 | g)", new() { Estimator = Estimator.Pql2 })).Found,
            StringComparison.Ordinal);
        var singular = small with { Singular = true };
        Assert.Contains("AllowSingular", Refused(singular).Remedy, StringComparison.Ordinal);
        Assert.Equal(20, large.BootstrapLikelihoodRatio(singular, new() { Replicates = 20, AllowSingular = true },
            TestContext.Current.CancellationToken).Draws.Count);

        Problem Refused(MixedModelFit other) => Assert.Throws<ProblemException>(() =>
            large.BootstrapLikelihoodRatio(other, cancellation: TestContext.Current.CancellationToken)).Problem;
    }

    [Fact]
    public void Progress_is_told_to_the_end()
    {
        var told = new List<BootstrapProgress>();
        MixedModel.Fit(Data, "y ~ x + (1 | g)").BootstrapLikelihoodRatio(MixedModel.Fit(Data, "y ~ x"),
            new() { Replicates = 40, Progress = new Recorder(told) }, TestContext.Current.CancellationToken);
        Assert.Equal(40, told[^1].Done);
    }

    private sealed class Recorder(List<BootstrapProgress> told) : IProgress<BootstrapProgress>
    {
        public void Report(BootstrapProgress value) => told.Add(value);
    }
}
