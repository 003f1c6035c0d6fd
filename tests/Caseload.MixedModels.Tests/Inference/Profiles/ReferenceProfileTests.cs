using System.Text.Json;
using Caseload.Frames;
using Caseload.MixedModels.Inference;

namespace Caseload.MixedModels.Tests.Inference.Profiles;

/// <summary>Profile limits held to those of other software.</summary>
public sealed class ReferenceProfileTests
{
    [Theory]
    [InlineData("cbpp_agq1", "period")]
    [InlineData("contraception_ri_agq1", "livch")]
    public void Limits_are_those_that_an_independent_evaluator_finds(string fit, string factor)
    {
        var (reference, intervals) = Run(fit, new FitSettings { Factors = [factor] });
        foreach (var limit in reference.GetProperty("profile_ci_exact").EnumerateObject().Where(at => at.Name != "note"))
        {
            var found = limit.Name == "sd" ? intervals.Find(IntervalKind.StandardDeviation) : intervals[limit.Name];
            Assert.Equal(limit.Value[0].GetDouble(), found.Lower, 1e-5);
            Assert.Equal(limit.Value[1].GetDouble(), found.Upper, 1e-5);
        }
    }

    // Other software interpolates its limits between points of the profile, which is good for three digits or so.
    [Theory]
    [InlineData("sleepstudy_ml")]
    [InlineData("dyestuff_ml")]
    public void Limits_of_linear_models_are_those_of_interpolated_profiles(string fit)
    {
        var (reference, intervals) = Run(fit, new FitSettings { Family = Family.Gaussian });
        var of = reference.GetProperty("confint_profile_lme4");

        // On the scale of a correlation the interpolation is coarser; ProfileTwinTests holds that to a profile of its own.
        foreach (var limit in of.EnumerateObject().Where(at => at.Name != ".sig02"))
        {
            var found = limit.Name switch
            {
                ".sig01" => intervals.Find(IntervalKind.StandardDeviation, term: "(Intercept)"),
                ".sig03" => intervals.Find(IntervalKind.StandardDeviation, term: "Days"),
                ".sigma" => intervals.Find(IntervalKind.ResidualStandardDeviation),
                _ => intervals[limit.Name],
            };
            var tolerance = 1e-3 * (limit.Value[1].GetDouble() - limit.Value[0].GetDouble());
            Assert.Equal(limit.Value[0].GetDouble(), found.Lower, tolerance);
            Assert.Equal(limit.Value[1].GetDouble(), found.Upper, tolerance);
        }
    }

    // R 4.2, lme4 1.1-31: roots (uniroot) of the profile of lme4:::devfun2 for SDs and correlations, and of the deviance function of lmer,
    // minimised (nlminb, optim) with the share held, for shares. confint's own interpolation has 3.801251 for the SD of Days.
    [Theory]
    [InlineData("sleepstudy", "Reaction ~ Days + (Days | Subject)", IntervalKind.StandardDeviation, "(Intercept)", 14.3813845, 37.7160551)]
    [InlineData("sleepstudy", "Reaction ~ Days + (Days | Subject)", IntervalKind.StandardDeviation, "Days", 3.8011773, 8.7533920)]
    [InlineData("sleepstudy", "Reaction ~ Days + (Days | Subject)", IntervalKind.Correlation, null, -0.4814926, 0.6850190)]
    [InlineData("sleepstudy", "Reaction ~ Days + (Days | Subject)", IntervalKind.ResidualStandardDeviation, null, 22.8982565, 28.8579992)]
    [InlineData("pastes", "strength ~ 1 + (1 | cask:batch) + (1 | batch)", IntervalKind.PartitionCoefficient, "cask:batch", 0.4260570,
        0.9662423)]
    [InlineData("pastes", "strength ~ 1 + (1 | cask:batch) + (1 | batch)", IntervalKind.PartitionCoefficient, "batch", 0, 0.5282293)]
    public void Limits_of_the_random_part_of_linear_models_are_the_roots_of_their_profiles(string data, string formula, IntervalKind kind,
        string? of, double lower, double upper)
    {
        var intervals = Profile(data, formula);
        var found = kind == IntervalKind.PartitionCoefficient ? intervals.Find(kind, group: of) : intervals.Find(kind, term: of);
        Assert.Equal(lower, found.Lower, 2e-7 * upper);
        Assert.Equal(upper, found.Upper, 2e-7 * upper);
    }

    // R 4.2, lme4 1.1-31: confint(profile(fit, devtol = 1e-9, maxpts = 200, delta = 0.1)), whose splines are good for four digits; of
    // generalised models delta = 0.2 and maxpts = 100, where the tolerance of the modes leaves four digits too.
    [Theory]
    [InlineData("sleepstudy", "Reaction ~ Days + (Days || Subject)", "(Intercept)", 237.572155, 265.238055)]
    [InlineData("sleepstudy", "Reaction ~ Days + (Days || Subject)", "Days", 7.334068, 13.600504)]
    [InlineData("sleepstudy", "Reaction ~ Days + (Days || Subject)", "SD (Intercept)", 15.258705, 37.786535)]
    [InlineData("sleepstudy", "Reaction ~ Days + (Days || Subject)", "SD Days", 3.964078, 8.769160)]
    [InlineData("pastes", "strength ~ 1 + (1 | cask:batch) + (1 | batch)", "(Intercept)", 58.663649, 61.443018)]
    [InlineData("pastes", "strength ~ 1 + (1 | cask:batch) + (1 | batch)", "SD cask:batch", 2.157931, 4.053804)]
    [InlineData("pastes", "strength ~ 1 + (1 | cask:batch) + (1 | batch)", "SD batch", 0, 2.946597)]
    [InlineData("poisson_offset", "y ~ x + offset(logexpo) + (1 | g)", "(Intercept)", -1.1476457, -0.8212800)]
    [InlineData("poisson_offset", "y ~ x + offset(logexpo) + (1 | g)", "x", 0.2536489, 0.3477283)]
    [InlineData("poisson_offset", "y ~ x + offset(logexpo) + (1 | g)", "SD g", 0.4421015, 0.6866512)]
    [InlineData("epil", "y ~ lbase4 * trt + lage + V4 + (1 | subject)", "trtprogabide", -1.7332992, -0.1414980)]
    [InlineData("epil", "y ~ lbase4 * trt + lage + V4 + (1 | subject)", "lage", -0.2144333, 1.1674854)]
    [InlineData("epil", "y ~ lbase4 * trt + lage + V4 + (1 | subject)", "V4", -0.2678537, -0.0538133)]
    [InlineData("epil", "y ~ lbase4 * trt + lage + V4 + (1 | subject)", "SD subject", 0.4012212, 0.6343466)]
    public void Limits_are_those_of_interpolated_profiles(string data, string formula, string name, double lower, double upper)
    {
        var intervals = Profile(data, formula);
        var found = !name.StartsWith("SD ", StringComparison.Ordinal) ? intervals[name]
            : intervals.Intervals.Single(at => at.Kind == IntervalKind.StandardDeviation && name[3..] is var of
                && (at.Term == of || at.Group == of));
        Assert.Equal(lower, found.Lower, 3e-4 * (upper - lower));
        Assert.Equal(upper, found.Upper, 3e-4 * (upper - lower));
    }

    private static IntervalTable Profile(string data, string formula) => MixedModel.Fit(
        Frame.LoadCsv(SharedReference.Require($"data/{data}.csv")), formula, new FitSettings
        {
            Family = data is "epil" or "poisson_offset" ? Family.Poisson : Family.Gaussian,
            References = data == "epil" ? new Dictionary<string, string> { ["trt"] = "placebo" } : new Dictionary<string, string>(),
        }).ProfileIntervals(cancellation: TestContext.Current.CancellationToken);

    private static (JsonElement Reference, IntervalTable Intervals) Run(string name, FitSettings settings)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedReference.Require($"fits/{name}.json")));
        var reference = document.RootElement.Clone();
        var data = Frame.LoadCsv(SharedReference.Require("data/" + Path.GetFileName(reference.GetProperty("data").GetString()!)));
        var mine = MixedModel.Fit(data, reference.GetProperty("formula").GetString()!, settings);
        return (reference, mine.ProfileIntervals(cancellation: TestContext.Current.CancellationToken));
    }
}
