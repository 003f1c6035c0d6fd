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
