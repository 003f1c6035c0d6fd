using Caseload.Frames;

namespace Caseload.MixedModels.Tests.Inference.Variances;

public sealed class ExplainedVarianceTests
{
    // MuMIn and performance print 0.279 and 0.799 for this model in their documentation; the digits are from R 4.2.2 at the optimum of the
    // reference folder: var(X %*% beta), mean(diag(Z S Z')), sigma^2.
    [Fact]
    public void Of_a_linear_model_with_slopes_is_the_published_one()
    {
        var row = Assert.Single(References.Sleepstudy().RSquared().Rows);
        Assert.Equal(0.278652033022, row.Marginal, 1e-6);
        Assert.Equal(0.799218907950, row.Conditional, 1e-6);
    }

    // R 4.2.2 at the optimum of the reference folder: var(eta) with eta = X %*% beta, the variance v, and with m = mean(exp(eta + v/2)) the
    // variances 1/m, log(1 + 1/m) and trigamma(m) of Nakagawa, Johnson and Schielzeth (2017).
    [Fact]
    public void Of_counts_is_that_of_the_same_formulas_in_R()
    {
        var rows = References.Epilepsy().RSquared().Rows.ToDictionary(row => row.Observation);
        Assert.Equal(0.620772358114, rows["delta method"].Marginal, 1e-6);
        Assert.Equal(0.872614316036, rows["delta method"].Conditional, 1e-6);
        Assert.Equal(0.625441240770, rows["lognormal"].Marginal, 1e-6);
        Assert.Equal(0.879177323863, rows["lognormal"].Conditional, 1e-6);
        Assert.Equal(0.615581562692, rows["trigamma"].Marginal, 1e-6);
        Assert.Equal(0.865317659962, rows["trigamma"].Conditional, 1e-6);
    }

    // R 4.2.2 at the optimum of glmmTMB 1.1.5: var(X %*% beta), v and the latent variance of an observation, of the negative binomial
    // family r = 1/m + 1/theta in log(1 + r).
    [Theory]
    [InlineData(Link.Probit, 0.03230571438, 0.09863373071)]
    [InlineData(Link.Cloglog, 0.02771033586, 0.08835233125)]
    public void Of_other_links_is_that_of_the_same_formulas_in_R(Link link, double marginal, double conditional)
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/contraception.csv"));
        var row = Assert.Single(MixedModel.Fit(data, "y ~ age + urban + (1 | district)", new FitSettings { Link = link }).RSquared().Rows);
        Assert.Equal(marginal, row.Marginal, 1e-6);
        Assert.Equal(conditional, row.Conditional, 1e-6);
    }

    [Fact]
    public void Of_the_negative_binomial_family_is_that_of_the_same_formulas_in_R()
    {
        var rows = References.NegativeBinomial().RSquared().Rows.ToDictionary(row => row.Observation);
        Assert.Equal(0.5517872026, rows["lognormal"].Marginal, 1e-5);
        Assert.Equal(0.7773607217, rows["lognormal"].Conditional, 1e-5);
        Assert.Equal(0.7301745163, rows["trigamma"].Conditional, 1e-5);
        Assert.Equal(0.7558981639, rows["delta method"].Conditional, 1e-5);
    }

    // R 4.2.2 at the optimum of glmmTMB 1.1.5: var(X %*% beta) without the offset, log(1 + 1/m) at the mean count m with it.
    [Fact]
    public void An_offset_is_not_explained_by_effects()
    {
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/poisson_offset.csv")), "y ~ x + offset(log(expo)) + (1 | g)",
            new FitSettings { Family = Family.Poisson });
        var row = fit.RSquared().Rows.First(row => row.Observation == "lognormal");
        Assert.Equal(0.1426789155, row.Marginal, 1e-5);
        Assert.Equal(0.6453335986, row.Conditional, 1e-5);
    }

    // R 4.2.2 at the optimum of glmmTMB 1.1.5: MuMIn 1.48.11 and insight divide pi^2/3 by the mean of size, 15.03571; here
    // it is that of a trial.
    [Fact]
    public void Of_several_trials_in_a_row_is_that_of_one_and_says_so()
    {
        var herds = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/cbpp.csv")),
            "cbind(incidence, size - incidence) ~ period + (1 | herd)", new FitSettings { Factors = ["period"] }).RSquared();
        Assert.Equal(0.08541601514, herds.Rows[0].Marginal, 1e-6);
        Assert.Equal(0.1873145637, herds.Rows[0].Conditional, 1e-6);
        Assert.Contains(herds.Remarks, remark => remark.Contains("here 15.04", StringComparison.Ordinal));
    }

    [Fact]
    public void The_fixed_part_of_a_null_model_explains_nothing() =>
        Assert.Equal(0, MixedModel.Fit(Simulated.TwoLevel(seed: 63), "y ~ 1 + (1 | g)").RSquared().FixedVariance);

    [Fact]
    public void Lies_between_0_and_1_and_grows_with_the_random_effects() => Properties.HoldOnData(data =>
    {
        foreach (var row in MixedModel.Fit(data, "y ~ x + f + (1 | g)").RSquared().Rows)
        {
            Assert.InRange(row.Marginal, 0, 1);
            Assert.InRange(row.Conditional, row.Marginal, 1);
        }
    }, count: 5);

    [Fact]
    public void Counts_rows_as_often_as_their_frequency_says()
    {
        var data = Simulated.TwoLevel(seed: 61);
        var twice = data.Take([.. Enumerable.Range(0, data.RowCount), .. Enumerable.Range(0, data.RowCount)]);
        var weighted = data.With(new IntegerColumn("n", [.. Enumerable.Repeat(2, data.RowCount)]));
        Assert.Equal(MixedModel.Fit(twice, "y ~ x + f + (1 | g)").RSquared().Rows[0].Marginal,
            MixedModel.Fit(weighted, "y ~ x + f + (1 | g)", new FitSettings { Frequencies = "n" }).RSquared().Rows[0].Marginal, 1e-8);
    }

    [Fact]
    public void Fits_a_terminal()
    {
        Printed.Fits(MixedModel.Fit(Simulated.TwoLevel(seed: 62), "y ~ x + f + (1 | g)").RSquared());
        var counts = new FitSettings { Family = Family.Poisson };
        Printed.Fits(MixedModel.Fit(Simulated.Crossed(seed: 62), "n ~ x + (1 | g)", counts).RSquared());
    }
}
