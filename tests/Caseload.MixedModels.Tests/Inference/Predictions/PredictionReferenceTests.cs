using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Inference.Predictions;

/// <summary>Predictions and marginal effects against the same quantities computed in R from the estimates of other software.</summary>
public sealed class PredictionReferenceTests
{
    // R 4.2.2 with glmmTMB 1.1.5: means of rows 1, 2 and 10 integrated over N(0, z' Sigma z), mean changes and derivatives over all rows;
    // errors by numDeriv's jacobian() and the covariance of the estimates, which glmmTMB differentiates numerically.
    [Fact]
    public void Of_random_slopes_are_those_of_glmmTMB()
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/contraception.csv"));
        var fit = MixedModel.Fit(data, "y ~ age + I(age^2) + urban + livch + (1 + urban | district)");
        Assert.Equal(-1180.30514272, fit.LogLikelihood, 1e-6);
        var means = fit.PredictMeans(data.Take([0, 1, 9])).Rows;
        Near([0.311035705148, 0.394921293225, 0.646944218448], means.Select(row => row.Mean), 1e-6);
        Near([0.045135643657, 0.0370325546465, 0.034273720608], means.Select(row => row.Error), 2e-5);
        var effects = fit.AverageMarginalEffects(data).Rows.Take(3).ToArray();
        Assert.Equal([("age", "slope"), ("urban", "Y - N"), ("livch", "1 - 0")], effects.Select(effect => (effect.Column, effect.Change)));
        Near([0.000213319049702, 0.161733515284, 0.164174058815], effects.Select(effect => effect.Effect), 1e-6);
        Near([0.00174323455033, 0.0345611061063, 0.0322635134869], effects.Select(effect => effect.StandardError), 1e-6);
    }

    // R 4.2.2 with glmmTMB 1.1.5: exp(b0 + b1 x + log(exposure) + v/2), with its gradient by b0, b1 and log(sd).
    [Fact]
    public void Of_counts_take_their_offset_from_the_new_data()
    {
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/poisson_offset.csv")), "y ~ x + offset(log(expo)) + (1 | g)",
            new FitSettings { Family = Family.Poisson });
        var means = fit.PredictMeans(new Frame([new NumberColumn("x", [-1, 0, 2]), new NumberColumn("expo", [1, 5, 10])])).Rows;
        Near([0.321733549837, 2.17287427511, 7.92868347185], means.Select(row => row.Mean), 1e-6);
        Near([0.0291755979219, 0.186782222974, 0.759532744954], means.Select(row => row.Error), 2e-6);
    }

    // R 4.2.2 with lme4 1.1-31: fitted() and the inverse of Henderson's equations at the estimates of rows 1, 4 and 31.
    [Theory]
    [InlineData("strength ~ 1 + (1 | batch) + (1 | sample)")]
    [InlineData("strength ~ 1 + (1 | batch/cask)")]
    public void Of_known_nested_groups_are_those_of_lme4(string formula)
    {
        var data = Frame.LoadCsv(SharedReference.Require("data/pastes.csv"));
        var fit = MixedModel.Fit(data, formula, new FitSettings { Family = Family.Gaussian, Reml = true });
        var means = fit.PredictMeans(data.Take([0, 3, 30]), new() { Groups = GroupsAs.Known }).Rows;
        Near([62.6286646177, 61.1866287481, 64.0053924609], means.Select(row => row.Mean), 1e-6);
        Near([0.572501857471, 0.572501857471, 0.572501857471], means.Select(row => row.Error), 1e-6);
    }

    private static void Near(double[] expected, IEnumerable<double> actual, double tolerance) =>
        Assert.Equal(expected, actual, (one, other) => Math.Abs(one - other) <= tolerance);
}
