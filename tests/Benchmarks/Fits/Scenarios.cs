using Caseload.Benchmarks.Data;
using Caseload.MixedModels;

namespace Caseload.Benchmarks.Fits;

/// <summary>All models that are timed.</summary>
internal static class Scenarios
{
    private const string Fixed = "y ~ age + female + disabled + nfa + need + eth + source + I((cin10/10-11)/5)*I((ref-550)/250)";

    private static readonly string Continuous =
        "y ~ " + string.Join(" + ", Enumerable.Range(1, ContinuousSimulator.Covariates).Select(i => $"x{i}")) + " + z + (1|la)";

    private static readonly FitSettings Cohort = new() { Factors = ["age", "need", "eth", "source"] };
    private static readonly FitSettings Gaussian = new() { Family = Family.Gaussian };
    private static readonly FitSettings Restricted = Gaussian with { Reml = true };

    internal static readonly IReadOnlyList<Scenario> All =
    [
        new("cohort, Laplace", DataSet.Cohort, Fixed + " + (1|la)", Cohort, 10),
        new("cohort, AGQ 7", DataSet.Cohort, Fixed + " + (1|la)", Cohort with { QuadraturePoints = 7 }, 20),
        new("cohort, (1+nfa|la)", DataSet.Cohort, Fixed + " + (1+nfa|la)", Cohort, 25),
        new("cohort, (1|la)+(1|region)", DataSet.Cohort, Fixed + " + (1|la) + (1|region)", Cohort, 20),
        new("cohort, (1|la)+(1|month)", DataSet.Cohort, Fixed + " + (1|la) + (1|month)", Cohort, 60),
        new("cohort, 10x rows", DataSet.CohortTenfold, Fixed + " + (1|la)", Cohort, 50),
        new("continuous covariates", DataSet.Continuous, Continuous, new FitSettings(), 80),
        new("sleepstudy, ML", DataSet.SleepStudy, "Reaction ~ Days + (1+Days|Subject)", Gaussian, 1),
        new("sleepstudy, REML", DataSet.SleepStudy, "Reaction ~ Days + (1+Days|Subject)", Restricted, 1),
        new("Dyestuff, ML", DataSet.Dyestuff, "Yield ~ 1 + (1|Batch)", Gaussian, null),
        new("Pastes, REML", DataSet.Pastes, "strength ~ 1 + (1|batch/cask)", Restricted, null),
        new("InstEval, REML", DataSet.InstEval, "y ~ service + (1|s) + (1|d) + (1|dept)", Restricted, 3000),
    ];

    /// <summary>The scenarios whose names hold a text; all where it is null.</summary>
    internal static Scenario[] Named(string? part) =>
        [.. All.Where(scenario => part is null || scenario.Name.Contains(part, StringComparison.OrdinalIgnoreCase))];
}
