using System.Text.Json;
using Caseload.Frames;
using Caseload.MixedModels.Checks;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Predictions;
using Caseload.MixedModels.Inference.Profiles;
using Caseload.MixedModels.Inference.Resampling;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>
/// Quasi-likelihood estimators. The references are of R 4.2.2 by QuasiLikelihood.R, which stands beside this file: an EM algorithm for the
/// working model. lme of nlme 3.1-162 with lmeControl(sigma = 1) for the working model, as glmmPQL of MASS has it but for sigma, agrees
/// with those to six digits.
/// </summary>
public sealed class QuasiLikelihoodTests
{
    private const string Contraception = "y ~ urban + age + livch + (1 | district)";

    private const string Model = "y ~ x + (1 | g)";

    private static readonly Lazy<Frame> Women = new(() => Frame.LoadCsv(SharedReference.Require("data/contraception.csv")));

    [Theory]
    [InlineData(Estimator.Mql1, Link.Logit, -1.6057789430740, 0.14177620458633, 1.2786563685988, 0.17445385123207, 0.190280762646)]
    [InlineData(Estimator.Pql1, Link.Logit, -1.6579059811677, 0.14436770296399, 1.3217941079514, 0.17716974027359, 0.203404413847)]
    [InlineData(Estimator.Pql2, Link.Logit, -1.6898919262991, 0.14568409654187, 1.3452733685861, 0.17793764544626, 0.212923827208)]
    [InlineData(Estimator.Mql1, Link.Probit, -0.9854792258480, 0.08395613466954, 0.7816814040434, 0.10494597312227, 0.0713903083192)]
    [InlineData(Estimator.Pql1, Link.Probit, -1.019311769605, 0.08549300309995, 0.807869226634, 0.10629201930277, 0.0767456654046)]
    [InlineData(Estimator.Pql2, Link.Probit, -1.036428658280, 0.0861001592815, 0.820641568499, 0.1065938785727, 0.079897465816)]
    [InlineData(Estimator.Mql1, Link.Cloglog, -1.6179692565798, 0.11611869089032, 0.9966034029728, 0.13894558509233, 0.107710641756)]
    [InlineData(Estimator.Pql1, Link.Cloglog, -1.6311569773520, 0.11544254124239, 1.0092534536291, 0.13768383478302, 0.110775703872)]
    [InlineData(Estimator.Pql2, Link.Cloglog, -1.6539685555846, 0.1164219050261, 1.0202007724610, 0.1383679254778, 0.115341430655)]
    public void Agrees_with_an_EM_algorithm_in_R_on_single_outcomes(Estimator estimator, Link link, double intercept, double error,
        double children, double childrenError, double variance)
    {
        var fit = MixedModel.Fit(Women.Value, Contraception, new FitSettings { Estimator = estimator, Link = link });
        AssertSame(fit, "(Intercept)", intercept, error);
        AssertSame(fit, "livch3+", children, childrenError);
        Assert.Equal(1, fit.RandomEffects[0].Covariance[0][0] / variance, 1e-7);
    }

    // The restricted likelihood of lme with a fixed sigma is another one: nlme 3.1-162 has a variance of 0.2146 by Pql1.
    [Theory]
    [InlineData(Estimator.Mql1, -1.6062924762990, 0.142265548264, 0.197515073411)]
    [InlineData(Estimator.Pql1, -1.6598006903993, 0.14495035438039, 0.211483109526)]
    [InlineData(Estimator.Pql2, -1.692430964675, 0.14631422860632, 0.221616324861)]
    public void Agrees_with_an_EM_algorithm_in_R_by_restricted_likelihood(Estimator estimator, double intercept, double error,
        double variance)
    {
        var fit = MixedModel.Fit(Women.Value, Contraception, new FitSettings { Estimator = estimator, Reml = true });
        AssertSame(fit, "(Intercept)", intercept, error);
        Assert.Equal(1, fit.RandomEffects[0].Covariance[0][0] / variance, 1e-7);
        Assert.True(fit.IsRestricted);
    }

    [Theory]
    [InlineData(Estimator.Mql1, -1.5894552198214, 0.15039411766155, 0.7541138303279, 0.15955172296148,
        0.322091696758, -0.338648803406, 0.562786916836)]
    [InlineData(Estimator.Pql1, -1.6618659394060, 0.15507650829748, 0.7881984652730, 0.16308127644582,
        0.354654251382, -0.363945634774, 0.593379651777)]
    [InlineData(Estimator.Pql2, -1.7124215436602, 0.15789513747323, 0.8159054858622, 0.16671475254725,
        0.383803026499, -0.397767503691, 0.645567132236)]
    public void Agrees_with_an_EM_algorithm_in_R_with_a_random_slope(Estimator estimator, double intercept, double error, double urban,
        double urbanError, double variance, double covariance, double slope)
    {
        var fit = MixedModel.Fit(Women.Value, "y ~ urban + age + livch + (urban | district)", new FitSettings { Estimator = estimator });
        AssertSame(fit, "(Intercept)", intercept, error);
        AssertSame(fit, "urbanY", urban, urbanError);
        Assert.Equal(1, fit.RandomEffects[0].Covariance[0][0] / variance, 1e-7);
        Assert.Equal(1, fit.RandomEffects[0].Covariance[0][1] / covariance, 1e-7);
        Assert.Equal(1, fit.RandomEffects[0].Covariance[1][1] / slope, 1e-7);
    }

    [Theory]
    [InlineData(Estimator.Mql1, -1.28452150802, 0.219436853803, -1.52237351143, 0.383067350220, 0.388320859657)]
    [InlineData(Estimator.Pql1, -1.357510191211, 0.224097553406, -1.563318036653, 0.424180177539, 0.3900761978)]
    [InlineData(Estimator.Pql2, -1.400442424248, 0.230060108517, -1.578432066756, 0.434493369996, 0.419877863382)]
    public void Agrees_with_an_EM_algorithm_in_R_on_proportions(Estimator estimator, double intercept, double error, double period,
        double periodError, double variance)
    {
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/cbpp.csv")),
            "cbind(incidence, size - incidence) ~ period + (1 | herd)", new FitSettings { Estimator = estimator, Factors = ["period"] });
        AssertSame(fit, "(Intercept)", intercept, error);
        AssertSame(fit, "period4", period, periodError);
        Assert.Equal(1, fit.RandomEffects[0].Covariance[0][0] / variance, 1e-7);
    }

    [Theory]
    [InlineData(Estimator.Mql1, -1.288100806925, 1.2184946586553, 0.342583812992, 0.2112907983755, 0.281258900846)]
    [InlineData(Estimator.Pql1, -1.263558400584, 1.1633420272487, 0.332098690328, 0.2001484923637, 0.244437751479)]
    [InlineData(Estimator.Pql2, -1.324491182692, 1.183166342866, 0.338831493819, 0.203665635730, 0.252986019778)]
    public void Agrees_with_an_EM_algorithm_in_R_on_counts(Estimator estimator, double intercept, double error, double treatment,
        double treatmentError, double variance)
    {
        var fit = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("data/epil.csv")), "y ~ lbase4 * trt + lage + V4 + (1 | subject)",
            new FitSettings
            {
                Estimator = estimator, Family = Family.Poisson, References = new Dictionary<string, string> { ["trt"] = "placebo" },
            });
        AssertSame(fit, "(Intercept)", intercept, error);
        AssertSame(fit, "lbase4:trtprogabide", treatment, treatmentError);
        Assert.Equal(1, fit.RandomEffects[0].Covariance[0][0] / variance, 1e-7);
    }

    // PROC GLIMMIX of SAS/STAT by its default, residual pseudo-likelihood, as the example that its documentation begins with prints it
    // ("Logistic Regressions with Random Intercepts"): patients with side effects of two procedures in 15 centres.
    [Fact]
    public void Penalised_quasi_likelihood_agrees_with_the_published_example_of_SAS()
    {
        int[] patients = [32, 33, 30, 28, 23, 24, 22, 22, 20, 21, 19, 20, 17, 17, 16, 15, 13, 14, 13, 13, 11, 12, 10, 9, 9, 9, 8, 8, 7, 8];
        int[] effects = [14, 18, 4, 8, 14, 9, 7, 10, 6, 12, 1, 3, 2, 6, 7, 9, 1, 5, 3, 1, 1, 2, 1, 0, 2, 6, 1, 1, 1, 0];
        var data = new Frame([new IntegerColumn("n", patients), new IntegerColumn("y", effects),
            new IntegerColumn("a", [.. patients.Select((_, row) => 1 - row % 2)]),
            TextColumn.Of("centre", patients.Select((_, row) => $"c{row / 2:00}"))]);
        var fit = MixedModel.Fit(data, "cbind(y, n - y) ~ a + (1 | centre)", new FitSettings { Estimator = Estimator.Pql1, Reml = true });
        AssertPrinted(fit, 5e-5, (-0.8071, 0.2514), (-0.4896, 0.2034));
        Assert.Equal(0.6176, fit.RandomEffects[0].Covariance[0][0], 5e-5);
        Assert.Equal(0.3181, 2 * fit.RandomEffects[0].StandardDeviations[0] * fit.RandomEffects[0].StandardDeviationErrors[0], 5e-5);
    }

    // The estimates of Breslow and Clayton (1993), as the example Seeds of BUGS quotes them: seeds that germinated on 21 plates (Crowder
    // 1978).
    [Fact]
    public void Penalised_quasi_likelihood_agrees_with_the_estimates_that_Breslow_and_Clayton_published()
    {
        int[] germinated = [10, 23, 23, 26, 17, 5, 53, 55, 32, 46, 10, 8, 10, 8, 23, 0, 3, 22, 15, 32, 3];
        int[] seeds = [39, 62, 81, 51, 39, 6, 74, 72, 51, 79, 13, 16, 30, 28, 45, 4, 12, 41, 30, 51, 7];
        var data = new Frame([new IntegerColumn("y", germinated), new IntegerColumn("n", seeds),
            new IntegerColumn("seed", [.. seeds.Select((_, plate) => plate < 11 ? 0 : 1)]),
            new IntegerColumn("extract", [.. seeds.Select((_, plate) => plate is >= 5 and < 11 or >= 16 ? 1 : 0)]),
            TextColumn.Of("plate", seeds.Select((_, plate) => $"p{plate:00}"))]);
        var fit = MixedModel.Fit(data, "cbind(y, n - y) ~ seed * extract + (1 | plate)",
            new FitSettings { Estimator = Estimator.Pql1, Reml = true });
        AssertPrinted(fit, 5e-4, (-0.542, 0.190), (0.077, 0.308), (1.339, 0.270), (-0.825, 0.430));
        Assert.Equal(0.313, fit.RandomEffects[0].StandardDeviations[0], 5e-4);
        Assert.Equal(0.121, fit.RandomEffects[0].StandardDeviationErrors[0], 5e-4);
    }

    [Fact]
    public void In_large_groups_the_variances_rise_from_one_estimator_to_the_next_towards_maximum_likelihood()
    {
        double[] variances = [.. new[] { Estimator.Mql1, Estimator.Pql1, Estimator.Pql2 }.Select(estimator => Variance(estimator, 1))];
        var likelihood = Variance(Estimator.Ml, 25);
        Assert.Equal(variances.Order(), variances);
        Assert.InRange(variances[0] / likelihood, 0.85, 0.92);
        Assert.InRange(variances[1] / likelihood, 0.92, 0.98);
        Assert.InRange(variances[2] / likelihood, 0.98, 1);

        double Variance(Estimator estimator, int points) => MixedModel.Fit(Women.Value, Contraception,
            new FitSettings { Estimator = estimator, QuadraturePoints = points }).RandomEffects[0].Covariance[0][0];
    }

    // 150 groups of 4 single outcomes each with a variance of 2.25: the case of Rodriguez and Goldman (1995).
    [Fact]
    public void In_small_groups_first_order_variances_are_much_too_small_and_the_second_order_mends_most_of_it()
    {
        Frame[] data = [.. Enumerable.Range(1, 20).Select(seed => Simulated.TwoLevel(seed, groups: 150, size: 4, sigma: 1.5))];
        var found = Enum.GetValues<Estimator>().ToDictionary(estimator => estimator, estimator => data.Select(frame => MixedModel.Fit(frame,
            "y ~ x + f + (1 | g)", new FitSettings { Estimator = estimator, QuadraturePoints = estimator == Estimator.Ml ? 15 : 1 })
            .RandomEffects[0].Covariance[0][0]).ToArray());
        Assert.All(Enumerable.Range(0, data.Length), set =>
        {
            Assert.True(found[Estimator.Mql1][set] < found[Estimator.Pql1][set]);
            Assert.True(found[Estimator.Pql1][set] < found[Estimator.Pql2][set]);
            Assert.True(found[Estimator.Pql1][set] < found[Estimator.Ml][set]);
        });
        Assert.InRange(found[Estimator.Mql1].Average(), 0.30 * 2.25, 0.50 * 2.25);
        Assert.InRange(found[Estimator.Pql1].Average(), 0.40 * 2.25, 0.70 * 2.25);
        Assert.InRange(found[Estimator.Pql2].Average(), 0.80 * 2.25, 1.15 * 2.25);
        Assert.InRange(found[Estimator.Ml].Average(), 0.80 * 2.25, 1.15 * 2.25);
    }

    [Theory]
    [InlineData(Estimator.Mql1)]
    [InlineData(Estimator.Pql1)]
    [InlineData(Estimator.Pql2)]
    public void Takes_crossed_groupings_with_slopes(Estimator estimator)
    {
        var fit = MixedModel.Fit(Simulated.Crossed(seed: 3), "y ~ x + f + (1 + x | g) + (1 | h)",
            new FitSettings { Estimator = estimator });
        Assert.True(fit.Converged);
        Assert.Equal(2, fit.RandomEffects.Count);
        Assert.All(fit.RandomEffects, effects => Assert.True(effects.Covariance[0][0] > 0));
    }

    [Fact]
    public void Shows_no_likelihood_and_says_why()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 1), Model,
            new FitSettings { Estimator = Estimator.Pql2, Reml = true });
        Assert.Equal((FitMethod.Pql, Estimator.Pql2), (fit.Method, fit.Estimator));
        Assert.All([fit.LogLikelihood, fit.Deviance, fit.Aic, fit.Bic], number => Assert.True(double.IsNaN(number)));
        var text = fit.ToString();
        Assert.StartsWith("Two-level logistic model with random intercepts, second-order penalised quasi-likelihood (restricted)\n", text,
            StringComparison.Ordinal);
        Assert.Contains("\nquasi-likelihood: no log-likelihood, deviance, AIC or BIC; dispersion fixed at 1\n", text,
            StringComparison.Ordinal);
        Assert.Contains("<br>quasi-likelihood: no log-likelihood", FitHtml.Summary(fit), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(FitJson.Write(fit, new FitTimings(null, null, null, null)));
        Assert.Equal("pql", json.RootElement.GetProperty("method").GetString());
        Assert.All(["logLikelihood", "deviance", "aic", "bic", "quadraturePoints"],
            name => Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty(name).ValueKind));
        Assert.Equal("pql2", json.RootElement.GetProperty("quasiLikelihood").GetProperty("estimator").GetString());
        Assert.True(json.RootElement.GetProperty("quasiLikelihood").GetProperty("restricted").GetBoolean());
        Assert.Equal(CheckOutcome.Passed, fit.Checks.Single(check => check.Check == CheckName.Convergence).Outcome);
        Assert.Equal(CheckOutcome.NotRun, fit.Checks.Single(check => check.Check == CheckName.Gradient).Outcome);
    }

    [Fact]
    public void What_needs_a_likelihood_refuses_the_fit()
    {
        var data = Simulated.TwoLevel(seed: 1);
        var (small, large) = (Fit("y ~ x + (1 | g)"), Fit("y ~ x + f + (1 | g)"));
        Action[] asked =
        [
            () => LikelihoodRatio.Compare(("small", small), ("large", large)), () => small.ProfileIntervals(), () => small.Bootstrap(),
            () => small.Refit([.. small.Simulate(1)]), () => large.BootstrapLikelihoodRatio(small), () => small.GroupInfluence(),
        ];
        Assert.All(asked, ask =>
        {
            var problem = Assert.Throws<ProblemException>(ask).Problem;
            Assert.Equal((ProblemKind.WrongUsage, "a fit by quasi-likelihood, which has no likelihood"), (problem.Kind, problem.Found));
        });

        MixedModelFit Fit(string formula) => MixedModel.Fit(data, formula, new FitSettings { Estimator = Estimator.Pql1 });
    }

    [Theory]
    [InlineData(Estimator.Mql1)]
    [InlineData(Estimator.Pql1)]
    [InlineData(Estimator.Pql2)]
    public void A_variance_of_0_is_singular_and_leaves_the_pooled_estimates(Estimator estimator)
    {
        var data = Simulated.TwoLevel(seed: 3, sigma: 0);
        var (pooled, fit) = (MixedModel.Fit(data, "y ~ x"), MixedModel.Fit(data, Model, new FitSettings { Estimator = estimator }));
        Assert.True(fit.Singular);
        Assert.Equal(0, fit.RandomEffects[0].Covariance[0][0]);
        Assert.Equal(pooled["x"].Estimate, fit["x"].Estimate, 1e-7);
        Assert.Equal(pooled["x"].StandardError, fit["x"].StandardError, 1e-7);
    }

    [Fact]
    public void Stopping_short_is_told_and_leaves_no_estimate()
    {
        var fit = MixedModel.Fit(Simulated.TwoLevel(seed: 1), Model, new FitSettings { Estimator = Estimator.Pql2, MaxIterations = 6 });
        Assert.False(fit.Converged);
        Assert.True(double.IsNaN(fit["x"].Estimate));
        Assert.Contains("did not settle", fit.Obstacle!.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Predicted_means_take_the_variances_as_known_and_say_so()
    {
        var data = Simulated.TwoLevel(seed: 1);
        var means = MixedModel.Fit(data, Model, new FitSettings { Estimator = Estimator.Pql2 }).PredictMeans(data);
        Assert.Contains("or one by quasi-likelihood", means.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    public static TheoryData<FitSettings, string, string> Refused => new()
    {
        { new FitSettings { Estimator = Estimator.Pql1, QuadraturePoints = 7 }, Model, "7 quadrature points with quasi-likelihood" },
        { new FitSettings { Estimator = Estimator.Mql1, Family = Family.Gaussian }, Model, "quasi-likelihood with the gaussian" },
        { new FitSettings { Estimator = Estimator.Pql2, Family = Family.NegativeBinomial }, Model, "quasi-likelihood with the negative" },
        { new FitSettings { Estimator = Estimator.Pql1 }, "y ~ x", "quasi-likelihood for a model without a random term" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_what_does_not_apply(FitSettings settings, string formula, string found)
    {
        var problem = Assert.Throws<ProblemException>(() => MixedModel.Fit(Simulated.TwoLevel(seed: 1), formula, settings)).Problem;
        Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
        Assert.StartsWith(found, problem.Found, StringComparison.Ordinal);
    }

    private static void AssertPrinted(MixedModelFit fit, double digits, params (double Estimate, double Error)[] expected)
    {
        Assert.Equal(expected.Length, fit.FixedEffects.Count);
        foreach (var (effect, (estimate, error)) in fit.FixedEffects.Zip(expected))
        {
            Assert.Equal(estimate, effect.Estimate, digits);
            Assert.Equal(error, effect.StandardError, digits);
        }
    }

    private static void AssertSame(MixedModelFit fit, string term, double estimate, double error)
    {
        Assert.Equal(0, (fit[term].Estimate - estimate) / error, 1e-7);
        Assert.Equal(1, fit[term].StandardError / error, 1e-7);
    }
}
