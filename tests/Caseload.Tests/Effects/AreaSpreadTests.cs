using Caseload.Effects;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using Caseload.Models;
using Caseload.Tests.Results;
using MathNet.Numerics.Distributions;

namespace Caseload.Tests.Effects;

/// <summary>What lies between authorities, on each scale, and the test with its edge.</summary>
public sealed class AreaSpreadTests
{
    private static readonly MixedModelFit Without = StudyFormula.WithoutAreas(StudyFit.Fit, StudyFit.Data);
    private static readonly AreaSpread Spread = AreaSpread.Of("Interaction", StudyFit.Fit, StudyFit.Fit.ProfileIntervals(), Without);

    [Fact]
    public void Deviation_partition_and_median_odds_ratio_are_functions_of_the_variance_and_so_are_their_limits()
    {
        foreach (var of in new Func<Limits, double>[] { l => l.Estimate, l => l.Lower, l => l.Upper })
        {
            var variance = of(Spread.Variance);
            Assert.Equal(Math.Sqrt(variance), of(Spread.Deviation), 6);
            Assert.Equal(variance / (variance + (Math.PI * Math.PI / 3)), of(Spread.Partition), 6);

            // Larsen and Merlo (2005): exp(sqrt(2 variance) 0.6745).
            Assert.Equal(Math.Exp(Math.Sqrt(2 * variance) * Normal.InvCDF(0, 1, 0.75)), of(Spread.MedianOddsRatio), 5);
        }

        Assert.Equal(Math.PI * Math.PI / 3, Spread.ChildVariance, 12);
    }

    [Fact]
    public void The_ends_of_the_variances_interval_lie_where_the_profile_deviance_has_risen_by_3_84()
    {
        // A slow twin of the Laplace approximation, authority by authority, with the coefficients held where they are: the profile maximises them
        // too, so that the deviance held so rises at least as far, and hardly further as they hardly move with the variance.
        var (data, fit) = (StudyFit.Data, StudyFit.Fit);
        var eta = fit.Predict(data).FixedPart;
        var outcome = data.Integer("rereferred").Values.ToArray();
        var groups = Enumerable.Range(0, data.RowCount).GroupBy(row => data.Text("authority")[row]!).Select(g => g.ToArray()).ToArray();
        double Deviance(double variance) => -2 * groups.Sum(rows => LogLikelihood(rows, Math.Sqrt(variance)));
        double LogLikelihood(int[] rows, double deviation)
        {
            var (mode, information) = (0.0, 1.0);
            for (var step = 0; step < 30; step++)
            {
                var means = rows.Select(row => 1 / (1 + Math.Exp(-eta[row] - (deviation * mode)))).ToArray();
                information = 1 + (deviation * deviation * means.Sum(p => p * (1 - p)));
                mode += ((deviation * rows.Select((row, i) => outcome[row] - means[i]).Sum()) - mode) / information;
            }

            return rows.Sum(row => -Math.Log(1 + Math.Exp((outcome[row] == 1 ? -1 : 1) * (eta[row] + (deviation * mode)))))
                - (mode * mode / 2) - (Math.Log(information) / 2);
        }

        Assert.Equal(fit.Deviance, Deviance(Spread.Variance.Estimate), 6);
        Assert.InRange(Deviance(Spread.Variance.Upper) - fit.Deviance, 3.8414, 3.8415 * 1.1);

        // So few children do not even tell the variance from 0.
        Assert.Equal(0, Spread.Variance.Lower);
        Assert.InRange(Deviance(0) - fit.Deviance, 0, 3.8414);
    }

    [Fact]
    public void The_share_on_the_scale_of_the_outcome_is_the_correlation_of_two_children_of_one_authority()
    {
        // Goldstein, Browne and Rasbash (2002), by a sum over the normal distribution of the authority's effect.
        var (eta, deviation) = (StudyFit.Fit.Predict(StudyFit.Data).FixedPart.Average(), Spread.Deviation.Estimate);
        double Mean(Func<double, double> of) => Enumerable.Range(-800, 1601).Sum(k => 0.01 * Normal.PDF(0, 1, k / 100.0) * of(1 / (1 + Math.Exp(-eta - (deviation * k / 100.0)))));
        var (mean, square) = (Mean(p => p), Mean(p => p * p));

        Assert.Equal((square - (mean * mean)) / (mean * (1 - mean)), Spread.ResponseShare, 4);
    }

    [Fact]
    public void The_test_of_the_variance_has_half_its_null_at_0()
    {
        Assert.Equal(2 * (StudyFit.Fit.LogLikelihood - Without.LogLikelihood), Spread.ChiSquare, 6);
        Assert.Equal((1 - ChiSquared.CDF(1, Spread.ChiSquare)) / 2, Spread.P, 9);
        Assert.Equal(StudyFit.Fit.Parameters - 1, Without.Parameters);
    }

    [Fact]
    public void Of_a_separated_model_the_variance_stands_and_what_rests_on_all_coefficients_does_not()
    {
        var separated = StudyFit.Fit with { Obstacle = new Frames.Problem(Frames.ProblemKind.NoEstimate, "a separated coefficient", "", "", "") };
        var spread = AreaSpread.Of("Interaction", separated, StudyFit.Fit.ProfileIntervals(cancellation: TestContext.Current.CancellationToken), Without);

        Assert.Equal(Spread.Variance, spread.Variance);
        Assert.True(double.IsNaN(spread.ResponseShare) && double.IsNaN(spread.P));
    }

    [Fact]
    public void Every_model_has_its_own_and_the_null_model_spreads_at_least_as_a_model_without_covariates_does()
    {
        var spreads = SimulatedStudy.Inferred.Inference!.Spreads;
        var fits = SimulatedStudy.Results.Models!.Fits.All;

        Assert.Equal(fits.Select(m => m.Name), spreads.Select(s => s.Model));
        Assert.Equal(fits.Select(m => m.Fit.RandomEffects[0].Covariance[0][0]), spreads.Select(s => s.Variance.Estimate));
        Assert.All(spreads, s => Assert.True(s.Variance.Lower <= s.Variance.Estimate && s.Variance.Estimate <= s.Variance.Upper && s.ChiSquare > 0));
    }
}
