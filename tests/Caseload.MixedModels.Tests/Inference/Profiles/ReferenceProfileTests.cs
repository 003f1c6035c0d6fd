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

    private static (JsonElement Reference, IntervalTable Intervals) Run(string name, FitSettings settings)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedReference.Require($"fits/{name}.json")));
        var reference = document.RootElement.Clone();
        var data = Frame.LoadCsv(SharedReference.Require("data/" + Path.GetFileName(reference.GetProperty("data").GetString()!)));
        var mine = MixedModel.Fit(data, reference.GetProperty("formula").GetString()!, settings);
        return (reference, mine.ProfileIntervals(cancellation: TestContext.Current.CancellationToken));
    }
}
