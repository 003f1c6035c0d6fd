using Caseload.Frames;

namespace Caseload.MixedModels.Tests.Inference.Diagnostics;

public sealed class BinnedResidualsTests
{
    [Fact]
    public void Hold_all_rows_in_the_order_of_their_fitted_means()
    {
        var data = Simulated.TwoLevel(seed: 171);
        var fit = MixedModel.Fit(data, "y ~ x + f + (1 | g)");
        var bins = fit.BinnedResiduals(10).Bins;
        Assert.Equal(data.RowCount, bins.Sum(bin => bin.Weight), 1e-9);
        Assert.Equal(fit.Predict(data).Mean.Sum(), bins.Sum(bin => bin.Weight * bin.Fitted), 1e-8);
        Assert.Equal(data.Integer("y").Values.ToArray().Sum(), bins.Sum(bin => bin.Weight * bin.Observed), 1e-9);
        Assert.Equal(bins.Select(bin => bin.Fitted).Order(), bins.Select(bin => bin.Fitted));
        Printed.Fits(fit.BinnedResiduals(10));
    }

    [Fact]
    public void Find_a_curve_that_a_line_was_fitted_to()
    {
        var random = new Random(172);
        double[] x = [.. Enumerable.Range(0, 4000).Select(_ => 4 * random.NextDouble() - 2)];
        int[] y = [.. x.Select(value => random.NextDouble() < 1 / (1 + Math.Exp(1 - value - value * value)) ? 1 : 0)];
        var data = new Frame([new IntegerColumn("y", y), new NumberColumn("x", x)]);
        Assert.True(MixedModel.Fit(data, "y ~ x").BinnedResiduals().Bins.Count(bin => !bin.IsWithin) > 6);
        Assert.True(MixedModel.Fit(data, "y ~ x + I(x^2)").BinnedResiduals().Bins.Count(bin => !bin.IsWithin) < 4);
    }

    [Fact]
    public void Refuse_more_bins_than_rows() => Assert.Throws<ProblemException>(() =>
        MixedModel.Fit(Simulated.TwoLevel(seed: 173), "y ~ x + (1 | g)").BinnedResiduals(1000));

    // R 4.2.2 with lme4 1.1-31: glmer(y ~ age + I(age^2) + urban + (1 | district), binomial), its fitted(), and for each level the mean and
    // sqrt(sum(q (1 - q))) / n, the limits of Gelman and Hill (2007).
    [Fact]
    public void By_a_column_that_the_model_leaves_out_are_those_of_R()
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/contraception.csv"));
        var residuals = MixedModel.Fit(data, "y ~ age + I(age^2) + urban + (1 | district)").BinnedResiduals(data, "livch");
        Assert.Equal(["0", "1", "2", "3+"], residuals.Bins.Select(bin => bin.Level));
        (double, double, double, double)[] expected =
        [
            (530, 0.3263102069, 0.2509433963, 0.0192391907), (356, 0.4113995041, 0.4606741573, 0.0248889394),
            (305, 0.4404626569, 0.4819672131, 0.0271698918), (743, 0.4088139863, 0.4239569314, 0.0171704930),
        ];
        foreach (var ((weight, fitted, observed, error), bin) in expected.Zip(residuals.Bins))
        {
            Assert.Equal(weight, bin.Weight);
            Assert.Equal(fitted, bin.Fitted, 1e-6);
            Assert.Equal(observed, bin.Observed, 1e-9);
            Assert.Equal(error, bin.StandardError, 1e-6);
        }

        Assert.False(residuals.Bins[0].IsWithin);
        Printed.Fits(residuals);
    }

    [Fact]
    public void By_numbers_are_in_their_order_and_leave_out_missing_cells()
    {
        var data = Simulated.Crossed(seed: 174);
        double[] z = [.. Enumerable.Range(0, data.RowCount).Select(row => row == 7 ? double.NaN : (row * 37 % 101) / 10.0)];
        data = data.With(new NumberColumn("z", z)).With(new IntegerColumn("k", [.. z.Select((_, row) => row % 3)]));
        var fit = MixedModel.Fit(data, "n ~ x + (1 | g) + (1 | h)", new FitSettings { Family = Family.Poisson });
        var byNumber = fit.BinnedResiduals(data, "z", 8);
        Assert.Equal(8, byNumber.Bins.Count);
        Assert.Equal(data.RowCount - 1, byNumber.Bins.Sum(bin => bin.Weight));
        Assert.Equal(byNumber.Bins.Select(bin => bin.At).Order(), byNumber.Bins.Select(bin => bin.At));
        Assert.Contains("left out: 1.", byNumber.Remarks[0], StringComparison.Ordinal);
        Assert.Equal([0.0, 1, 2], fit.BinnedResiduals(data, "k").Bins.Select(bin => bin.At));
        Printed.Fits(byNumber);
        Assert.Throws<ProblemException>(() => fit.BinnedResiduals(data, "nowhere"));
    }
}
