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
}
