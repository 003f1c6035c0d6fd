using System.Text.Json;
using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Tests.Fits;

/// <summary>
/// Fits of other software: lme4 1.1-31 (Newton-polished) and an independent evaluator with modes converged to 1e-12, which is the one
/// compared with here. Both stand in the reference folder with the script that made them.
/// </summary>
public sealed class ReferenceFitTests
{
    [Theory]
    [InlineData("cbpp", "cbpp_agq1", "period")]
    [InlineData("cbpp", "cbpp_agq10", "period")]
    [InlineData("cbpp", "cbpp_agq25", "period")]
    [InlineData("contraception", "contraception_ri_agq1", "livch")]
    [InlineData("contraception", "contraception_ri_agq9", "livch")]
    [InlineData("size_one_groups", "size_one_groups_agq1", "f")]
    [InlineData("size_one_groups", "size_one_groups_agq7", "f")]
    public void Agrees_with_other_software_on_teaching_data(string data, string fit, string factor)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedReference.Require($"fits/{fit}.json")));
        var reference = document.RootElement;
        var mine = MixedModel.Fit(Frame.LoadCsv(SharedReference.Require($"data/{data}.csv")), reference.GetProperty("formula").GetString()!,
            new FitSettings { Factors = [factor], QuadraturePoints = reference.GetProperty("nAGQ").GetInt32() });
        var optimum = reference.GetProperty("independent_optimum");
        Assert.Equal(optimum.GetProperty("logLik_full").GetDouble(), mine.LogLikelihood, 1e-6);
        AssertSame(optimum, mine, estimate: 1e-4, error: 1e-3, name => name);
        Assert.Equal(1, mine.RandomEffects[0].StandardDeviations[0] / optimum.GetProperty("sd").GetDouble(), 1e-5);
        var modes = optimum.GetProperty("ranef_first10").EnumerateArray().Select(m => m.GetDouble()).ToArray();
        for (var i = 0; i < modes.Length; i++) Assert.Equal(modes[i], mine.ConditionalModes[i].Mode, 1e-6);
    }

    [Fact]
    public void Agrees_with_other_software_on_the_benchmark_cohort()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedReference.Require("benchmark_cohort_fit.json")));
        var reference = document.RootElement.GetProperty("agq1");
        var mine = FitBenchmarkCohort(points: 1);
        Assert.Equal(50_838, mine.Patterns);
        Assert.Equal(reference.GetProperty("logLik_rows").GetDouble(), mine.LogLikelihood, 1e-6);
        AssertSame(reference, mine, estimate: 1e-5, error: 1e-4, CohortTerm);
        Assert.Equal(1, mine.RandomEffects[0].StandardDeviations[0] / reference.GetProperty("sd_la").GetDouble(), 1e-6);
        Assert.Equal(1, mine.RandomEffects[0].StandardDeviationErrors[0] / reference.GetProperty("se_sd").GetDouble(), 1e-4);
        var modes = reference.GetProperty("ranef_la1_to_10").EnumerateArray().Select(m => m.GetDouble()).ToArray();
        var errors = reference.GetProperty("ranef_cond_sd_la1_to_10").EnumerateArray().Select(m => m.GetDouble()).ToArray();
        for (var i = 0; i < modes.Length; i++)
        {
            Assert.Equal(modes[i], mine.ConditionalModes[i].Mode, 1e-6);
            Assert.Equal(errors[i], mine.ConditionalModes[i].StandardError, 1e-6);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(25)]
    public void Agrees_with_other_software_on_the_benchmark_cohort_by_quadrature(int points)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedReference.Require("benchmark_cohort_fit.json")));
        var (reference, errors) =
            (document.RootElement.GetProperty($"agq{points}"), document.RootElement.GetProperty("agq1").GetProperty("se"));
        var mine = FitBenchmarkCohort(points);
        Assert.Equal(FitMethod.Agq, mine.Method);
        Assert.Equal(reference.GetProperty("logLik_rows").GetDouble(), mine.LogLikelihood, 1e-6);
        Assert.Equal(1, mine.RandomEffects[0].StandardDeviations[0] / reference.GetProperty("sd_la").GetDouble(), 1e-6);
        foreach (var term in reference.GetProperty("beta").EnumerateObject())
        {
            // This reference has no standard errors of its own; those of Laplace differ from them by 2 in 10,000.
            var error = errors.GetProperty(term.Name).GetDouble();
            Assert.Equal(term.Value.GetDouble(), mine[CohortTerm(term.Name)].Estimate, 1e-5 * error);
            Assert.Equal(1, mine[CohortTerm(term.Name)].StandardError / error, 1e-3);
        }
    }

    private static MixedModelFit FitBenchmarkCohort(int points) =>
        MixedModel.Fit(Frame.LoadCsv(SharedReference.Require("benchmark_cohort.csv.gz")),
            "y ~ age + female + disabled + nfa + need + eth + source + I((cin10/10-11)/5)*I((ref-550)/250) + (1|la)",
            new FitSettings { Factors = ["age", "need", "eth", "source"], QuadraturePoints = points });

    private static string CohortTerm(string name) => name.Replace("cin_c", "I((cin10/10 - 11)/5)", StringComparison.Ordinal)
        .Replace("ref_c", "I((ref - 550)/250)", StringComparison.Ordinal);

    private static void AssertSame(JsonElement reference, MixedModelFit mine, double estimate, double error, Func<string, string> name)
    {
        Assert.Equal(reference.GetProperty("beta").EnumerateObject().Count(), mine.FixedEffects.Count);
        foreach (var term in reference.GetProperty("beta").EnumerateObject())
        {
            var standardError = reference.GetProperty("se").GetProperty(term.Name).GetDouble();
            var effect = mine[name(term.Name)];
            Assert.Equal(term.Value.GetDouble(), effect.Estimate, estimate * standardError);
            Assert.Equal(1, effect.StandardError / standardError, error);
        }
    }
}
