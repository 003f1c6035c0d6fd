// readme: Usings
using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Fits;
// readme: end

#pragma warning disable xUnit1051 // the README's reader has no test to cancel
namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>
/// The examples of the package's README: what stands between the marks is printed there, letter by letter. The numbers are those of lme4
/// 1.1-31 in R 4.2.2 on the same file (bobyqa, rhoend 1e-9, tolPwrss 1e-12; profile with devtol 1e-6 and delta 0.1), and of R's integrate on
/// its estimates.
/// </summary>
public sealed class ReadmeExamples
{
    private readonly Frame pupils = Pupils.Frame();

    [Fact]
    public void Fits_a_random_intercept_to_a_csv_file()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "pupils.csv");
        this.pupils.SaveCsv(path);

        // readme: Fits_a_random_intercept_to_a_csv_file
        var pupils = Frame.LoadCsv(path);
        var fit = MixedModel.Fit(pupils, "passed ~ hours + sex + (1 | school)").Require();
        var summary = fit.ToString();
        // readme: end

        Assert.Equal(-367.231886605, fit.LogLikelihood, 1e-6);
        Assert.Contains("600 observations in 30 groups of school", summary, StringComparison.Ordinal);
        Assert.Empty(fit.Warnings);
    }

    [Fact]
    public void Reads_the_estimates()
    {
        // readme: Reads_the_estimates
        var fit = MixedModel.Fit(pupils, "passed ~ hours + sex + (1 | school)").Require();
        var hours = fit["hours"];
        var (estimate, error, p) = (hours.Estimate, hours.StandardError, hours.P);
        var (lower, upper) = (hours.Lower, hours.Upper);
        var betweenSchools = fit.RandomEffects[0].StandardDeviations[0];
        var best = fit.ConditionalModes.MaxBy(school => school.Mode)!;
        // readme: end

        Assert.Equal(0.455300631, estimate, 1e-5);
        Assert.Equal(0.062443341, error, 1e-5);
        Assert.Equal(3.0670e-13, p, 1e-15);
        Assert.Equal(estimate, (lower + upper) / 2, 1e-12);
        Assert.Equal(0.726349549, betweenSchools, 1e-5);
        Assert.Equal("S07", best.Level);
        Assert.Equal(0.777491900, best.Mode, 1e-5);
    }

    [Fact]
    public void Fits_random_slopes_by_restricted_maximum_likelihood()
    {
        // readme: Fits_random_slopes_by_restricted_maximum_likelihood
        var settings = new FitSettings { Family = Family.Gaussian, Reml = true };
        var fit = MixedModel.Fit(pupils, "score ~ hours + (1 + hours | school)", settings).Require();
        var schools = fit.RandomEffects[0];
        var (ofIntercepts, ofSlopes) = (schools.StandardDeviations[0], schools.StandardDeviations[1]);
        var correlation = schools.Correlation[0][1];
        var ofResiduals = fit.ResidualStandardDeviation;
        // readme: end

        Assert.Equal(-2001.655398890, fit.LogLikelihood, 1e-6);
        Assert.Equal(2.703099723, fit["hours"].Estimate, 1e-5);
        Assert.Equal(0.269062414, fit["hours"].StandardError, 1e-5);
        Assert.Equal(2.887759515, ofIntercepts, 1e-4);
        Assert.Equal(1.148106797, ofSlopes, 1e-4);
        Assert.Equal(-0.156686252, correlation, 1e-4);
        Assert.Equal(6.355897528, ofResiduals!.Value, 1e-4);
    }

    [Fact]
    public void Fits_crossed_random_effects()
    {
        // readme: Fits_crossed_random_effects
        var fit = MixedModel.Fit(pupils, "passed ~ hours + sex + (1 | school) + (1 | neighbourhood)").Require();
        var deviations = fit.RandomEffects.ToDictionary(effect => effect.Group, effect => effect.StandardDeviations[0]);
        // readme: end

        Assert.Equal(-363.279244142, fit.LogLikelihood, 1e-6);
        Assert.Equal(-0.377965694, fit["sexM"].Estimate, 1e-5);
        Assert.Equal(0.767397232, deviations["school"], 1e-4);
        Assert.Equal(0.442577586, deviations["neighbourhood"], 1e-4);
    }

    [Fact]
    public void Integrates_by_quadrature()
    {
        // readme: Integrates_by_quadrature
        var settings = new FitSettings { QuadraturePoints = 15 };
        var fit = MixedModel.Fit(pupils, "passed ~ hours + sex + (1 | school)", settings).Require();
        // readme: end

        Assert.Equal(FitMethod.Agq, fit.Method);
        Assert.Equal(-367.084207334, fit.LogLikelihood, 1e-6);
        Assert.Equal(0.732260285, fit.RandomEffects[0].StandardDeviations[0], 1e-4);
    }

    [Fact]
    public void Predicts_for_schools_known_and_new()
    {
        // readme: Predicts_for_schools_known_and_new
        var fit = MixedModel.Fit(pupils, "passed ~ hours + sex + (1 | school)").Require();
        var others = new Frame([
            new NumberColumn("hours", [4, 4]),
            TextColumn.Of("sex", ["F", "F"]),
            TextColumn.Of("school", ["S01", "a new school"]),
        ]);
        var prediction = fit.Predict(others);
        var logOdds = prediction.LinearPredictor;
        var (inAnAverageSchool, itsError) = (prediction.FixedPart[1], prediction.FixedPartStandardError[1]);
        // readme: end

        Assert.Equal(0.735586040, logOdds[0], 1e-5);
        Assert.Equal(1.064660184, logOdds[1], 1e-5);
        Assert.Equal(1.064660184, inAnAverageSchool, 1e-5);
        Assert.Equal(0.208269749, itsError, 1e-5);
    }

    [Fact]
    public void Finds_profile_and_bootstrap_intervals()
    {
        // readme: Finds_profile_and_bootstrap_intervals
        var fit = MixedModel.Fit(pupils, "passed ~ hours + sex + (1 | school)").Require();
        var profile = fit.ProfileIntervals();
        var (lower, upper) = (profile["hours"].Lower, profile["hours"].Upper);
        var bootstrap = fit.Bootstrap(new BootstrapSettings { Replicates = 200, Seed = 7 });
        var table = bootstrap.ToString();
        // readme: end

        Assert.Equal(0.335264757, lower, 1e-5);
        Assert.Equal(0.580415773, upper, 1e-5);
        Assert.InRange(bootstrap.Percentile["hours"].Lower, lower - 0.1, lower + 0.1);
        Assert.Contains("200 refits, 0 failed", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Averages_predictions_and_effects_over_schools()
    {
        // readme: Averages_predictions_and_effects_over_schools
        var fit = MixedModel.Fit(pupils, "passed ~ hours + sex + (1 | school)").Require();
        var girls = new Frame([new NumberColumn("hours", [4]), TextColumn.Of("sex", ["F"])]);
        var chance = fit.PredictMeans(girls).Rows[0].Mean;
        var ofAnHour = fit.AverageMarginalEffects(pupils).Rows[0].Effect;
        // readme: end

        Assert.Equal(0.7225791789, chance, 1e-6);
        Assert.Equal(0.0912385728, ofAnHour, 1e-6);
    }

    [Fact]
    public void Compares_schools()
    {
        // readme: Compares_schools
        var fit = MixedModel.Fit(pupils, "passed ~ hours + sex + (1 | school)").Require();
        var schools = fit.CompareGroups();
        var best = schools.Rows[^1];
        var (againstTheAverage, againstAnother) = ((best.Lower, best.Upper), (best.PairLower, best.PairUpper));
        var remarkable = fit.UnexpectedGroups(Math.Log(1.2));
        // readme: end

        Assert.Equal("S07", best.Level);
        Assert.Equal(1.3862276, schools.PairMultiplier, 1e-5);
        Assert.Equal(0.77749190 - 1.959963985 * 0.42513822, againstTheAverage.Lower, 1e-4);
        Assert.Equal(0.77749190 + 1.3862276 * 0.42513822, againstAnother.PairUpper, 1e-4);
        Assert.Equal(30, remarkable.Rows.Count);
    }

    [Fact]
    public void Compares_nested_models()
    {
        // readme: Compares_nested_models
        var table = LikelihoodRatio.Compare(
            ("hours", MixedModel.Fit(pupils, "passed ~ hours + (1 | school)")),
            ("and sex", MixedModel.Fit(pupils, "passed ~ hours + sex + (1 | school)")),
            ("and neighbourhood", MixedModel.Fit(pupils, "passed ~ hours + sex + (1 | school) + (1 | neighbourhood)")));
        var (chiSquare, p) = (table.Rows[1].ChiSquare, table.Rows[1].P);
        // readme: end

        Assert.Equal(2.710266621, chiSquare, 1e-6);
        Assert.Equal(0.099704326, p, 1e-7);

        // lme4's p of the added variance is 0.004929058; 0 lies on the edge of its range, which halves it.
        Assert.Equal(0.004929058 / 2, table.Rows[2].P, 1e-8);
    }

    [Fact]
    public void Says_which_estimate_does_not_exist()
    {
        // readme: Says_which_estimate_does_not_exist
        var fit = MixedModel.Fit(pupils, "passed ~ hours + prize + (1 | school)");
        var why = fit.Obstacle?.Found;
        var separated = fit.Checks.Single(check => check.Check == CheckName.Separation);
        var stands = fit["hours"].Estimate;
        var doesNot = fit["prizeyes"].Estimate;
        // readme: end

        Assert.Contains("prizeyes", why, StringComparison.Ordinal);
        Assert.Equal(CheckOutcome.Failed, separated.Outcome);
        Assert.Contains("prize, level yes, tends to plus infinity", separated.Message, StringComparison.Ordinal);
        Assert.True(double.IsFinite(stands));
        Assert.True(double.IsNaN(doesNot) && double.IsNaN(fit["prizeyes"].P));
        Assert.Throws<ProblemException>(() => fit.Require());
    }

    [Fact]
    public void Lists_what_the_checks_found()
    {
        // readme: Lists_what_the_checks_found
        var fit = MixedModel.Fit(pupils, "passed ~ hours + (1 + hours | school)").Require();
        var warnings = fit.Warnings.Select(warning => $"{warning.Check}: {warning.Message}").ToArray();
        var gradient = fit.Checks.Single(check => check.Check == CheckName.Gradient);
        var atAMaximum = gradient.Outcome == CheckOutcome.Passed && gradient.Value < gradient.Tolerance;
        // readme: end

        Assert.Equal(-364.909995508, fit.LogLikelihood, 1e-5);
        Assert.StartsWith("Singular: ", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.True(fit.Singular && atAMaximum);
    }
}
