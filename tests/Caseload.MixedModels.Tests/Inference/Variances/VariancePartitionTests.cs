using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Variances;

namespace Caseload.MixedModels.Tests.Inference.Variances;

public sealed class VariancePartitionTests
{
    [Theory]
    [InlineData(Link.Logit, Math.PI * Math.PI / 3)]
    [InlineData(Link.Probit, 1)]
    [InlineData(Link.Cloglog, Math.PI * Math.PI / 6)]
    public void On_the_latent_scale_is_that_of_the_fit(Link link, double observation)
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 41), "y ~ x + f + (1 | g)", new FitSettings { Link = link });
        var rows = fit.PartitionVariance().Rows;
        Assert.Equal(["g", "observation"], rows.Select(row => row.Part.Split(' ')[0]));
        Assert.Equal(observation, rows[1].LatentVariance, 1e-12);
        Assert.Equal(fit.VariancePartitionCoefficient, rows[0].LatentShare, 1e-12);
    }

    [Fact]
    public void Shares_add_up_to_1_on_both_scales() => Properties.HoldOnData(data =>
    {
        foreach (var at in MixedModel.Fit(data, "y ~ x + f + (1 | g)").PartitionVariance(data.Head(8)).Rows.Chunk(2))
        {
            Assert.Equal(1, at.Sum(row => row.LatentShare), 1e-12);
            Assert.Equal(1, at.Sum(row => row.ResponseShare), 1e-12);
        }
    }, count: 5);

    // Goldstein, Browne and Rasbash (2002), method B: draw many effects, take the variance of the probabilities and the mean of p(1 - p).
    [Fact]
    public void On_the_scale_of_the_response_is_what_simulation_gives()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 42, groups: 60, sigma: 1.2), "y ~ x + f + (1 | g)");
        var at = Simulated.Frame([0], [1.5], ["b"], ["G00"]);
        var (eta, deviation) = (fit.Predict(at).FixedPart[0], fit.RandomEffects[0].StandardDeviations[0]);
        var random = new Random(42);
        double[] drawn = [.. Enumerable.Range(0, 400_000)
            .Select(_ => 1 / (1 + Math.Exp(-eta - deviation * StandardNormal.Draw(random))))];
        var (mean, within) = (drawn.Average(), drawn.Average(p => p * (1 - p)));
        var between = drawn.Average(p => (p - mean) * (p - mean));
        var rows = fit.PartitionVariance(at).Rows;
        Assert.Equal(between, rows[0].ResponseVariance, 3e-4);
        Assert.Equal(within, rows[1].ResponseVariance, 3e-4);
        Assert.Equal(between / (between + within), rows[0].ResponseShare, 2e-3);
    }

    [Fact]
    public void Of_a_probability_of_one_half_is_largest()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 43), "y ~ x + (1 | g)");
        var (beta, slope) = (fit["(Intercept)"].Estimate, fit["x"].Estimate);
        double[] x = [-beta / slope - 3, -beta / slope, -beta / slope + 3];
        double[] shares = [.. fit.PartitionVariance(new Frame([new NumberColumn("x", x)])).Rows.Where(row => row.Part == "g")
            .Select(row => row.ResponseShare)];
        Assert.True(shares[1] > shares[0]);
        Assert.Equal(shares[0], shares[2], 1e-9);
    }

    // Two responses that share h but not g: the correlation by simulation of pairs' means.
    [Fact]
    public void Of_several_groupings_is_the_correlation_of_responses_that_share_one()
    {
        var data = Simulated.Crossed(seed: 44, groups: 20, others: 12, rows: 900);
        var fit = MixedModel.Fit(data, "y ~ x + (1 | g) + (1 | h)");
        var at = new Frame([new NumberColumn("x", [1.0])]);
        var (g, h) = (fit.RandomEffects[0].StandardDeviations[0], fit.RandomEffects[1].StandardDeviations[0]);
        var (random, eta) = (new Random(44), fit.Predict(at).FixedPart[0]);
        var (one, other, product, draws) = (0.0, 0.0, 0.0, 400_000);
        for (var i = 0; i < draws; i++)
        {
            var shared = h * StandardNormal.Draw(random);
            var p = Probability(eta + shared + g * StandardNormal.Draw(random));
            var q = Probability(eta + shared + g * StandardNormal.Draw(random));
            (one, other, product) = (one + p, other + q, product + p * q);
        }

        var rows = fit.PartitionVariance(at).Rows;
        Assert.Equal(["g", "h", "all groupings", "observation"], rows.Select(row => row.Part.Split(" (")[0]));
        Assert.Equal(product / draws - one / draws * other / draws, rows[1].ResponseVariance, 4e-4);
        Assert.Equal(rows[0].LatentVariance + rows[1].LatentVariance, rows[2].LatentVariance, 1e-12);

        static double Probability(double eta) => 1 / (1 + Math.Exp(-eta));
    }

    [Fact]
    public void With_slopes_moves_with_the_covariate()
    {
        var fit = MixedModel.Fit(Simulated.Crossed(seed: 45), "y ~ x + (1 + x | g)");
        var s = fit.RandomEffects[0].Covariance;
        var rows = fit.PartitionVariance(new Frame([new NumberColumn("x", [0, 2.0])])).Rows.Where(row => row.Part == "g").ToArray();
        Assert.Equal(s[0][0], rows[0].LatentVariance, 1e-12);
        Assert.Equal(s[0][0] + 4 * s[0][1] + 4 * s[1][1], rows[1].LatentVariance, 1e-12);
        Assert.Equal(["x = 0", "x = 2"], rows.Select(row => row.At));
    }

    // R 4.2.2 at the optimum of glmmTMB 1.1.5, at the mean of X %*% beta: integrate() of the variance of the means and of p(1 - p), of the
    // negative binomial family in closed form.
    [Theory]
    [InlineData(Link.Probit, 0.009969830678, 0.2255469233)]
    [InlineData(Link.Cloglog, 0.009154142444, 0.2257999104)]
    [InlineData(Link.Log, 9.179267563, 11.85603047)]
    public void On_the_scale_of_the_response_is_the_integral_in_R(Link link, double between, double within)
    {
        var fit = link == Link.Log ? References.NegativeBinomial()
            : MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/contraception.csv")), "y ~ age + urban + (1 | district)",
                new FitSettings { Link = link });
        var rows = fit.PartitionVariance().Rows;
        Assert.Equal(between, rows[0].ResponseVariance, 2e-5 * between);
        Assert.Equal(within, rows[1].ResponseVariance, 2e-5 * within);
    }

    [Fact]
    public void Refuses_data_without_rows()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 50), "y ~ x + (1 | g)");
        Assert.Equal("data without rows", Assert.Throws<ProblemException>(() =>
            fit.PartitionVariance(Simulated.TwoLevel(seed: 50).Head(0))).Problem.Found);
        Assert.Equal("data without rows", Assert.Throws<ProblemException>(() => fit.MedianOddsRatios("x", Array.Empty<double>())).Problem.Found);
    }

    [Theory]
    [InlineData(CountVariance.Lognormal, "lognormal")]
    [InlineData(CountVariance.Trigamma, "trigamma")]
    [InlineData(CountVariance.Delta, "delta method")]
    public void Of_counts_names_how_their_variance_is_carried_over(CountVariance counts, string name)
    {
        var fit = MixedModel.Fit(Simulated.Crossed(seed: 46), "n ~ x + (1 | g)", new FitSettings { Family = Family.Poisson });
        var rows = fit.PartitionVariance(counts: counts).Rows;
        Assert.Equal($"observation ({name})", rows[1].Part);
        Assert.InRange(rows[1].LatentVariance, 0.01, 10);
    }

    // R 4.2.2: trigamma(c(0.1, 0.5, 1, 3.7, 50)).
    [Theory]
    [InlineData(0.1, 101.4332991507927)]
    [InlineData(0.5, 4.934802200544679)]
    [InlineData(1, 1.644934066848226)]
    [InlineData(3.7, 0.31003785767003833)]
    [InlineData(50, 0.02020133322669713)]
    public void The_trigamma_function_is_that_of_R(double x, double value) =>
        Assert.Equal(value, ObservationVariance.Trigamma(x), 1e-12 * (1 + value));

    [Fact]
    public void Of_normal_responses_is_the_same_on_both_scales()
    {
        var fit = MixedModel.Fit(Simulated.Linear(seed: 47), "y ~ x + (1 | ab)", new FitSettings { Family = Family.Gaussian });
        Assert.All(fit.PartitionVariance().Rows, row => Assert.Equal(row.LatentShare, row.ResponseShare, 1e-10));
    }

    [Fact]
    public void Refuses_a_model_without_random_effects()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 48), "y ~ x");
        Assert.Equal(ProblemKind.WrongUsage, Assert.Throws<ProblemException>(() => fit.PartitionVariance()).Problem.Kind);
    }

    [Fact]
    public void At_covariates_with_long_names_fits_a_terminal()
    {
        var data = Simulated.Crossed(seed: 49);
        data = data.With(new NumberColumn("a_long_covariate_name", [.. data.Number("x").Values.ToArray()]));
        Printed.Fits(MixedModel.Fit(data, "y ~ a_long_covariate_name + (1 | g) + (1 | h)").PartitionVariance(
            new Frame([new NumberColumn("a_long_covariate_name", [0.125, 1.5])])));
    }

    [Fact]
    public void Fits_a_terminal() => Printed.Fits(
        MixedModel.Fit(Simulated.Crossed(seed: 49), "y ~ x + (1 | g) + (1 | h)").PartitionVariance());
}
