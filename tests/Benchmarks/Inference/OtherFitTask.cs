using Caseload.Benchmarks.Data;
using Caseload.Benchmarks.Fits;
using Caseload.Frames;
using Caseload.MixedModels;

namespace Caseload.Benchmarks.Inference;

/// <summary>Other fits of the cohort's model, by other estimators and with sampling weights.</summary>
internal static class OtherFitTask
{
    /// <summary>The tasks.</summary>
    /// <param name="scenario">The model.</param>
    /// <param name="data">The data.</param>
    internal static IReadOnlyList<InferenceTask> Of(Scenario scenario, BenchmarkData data)
    {
        var (columns, cohort) = (scenario.Code(data), data[scenario.Data].Frame);
        double[] sampling = [.. Enumerable.Range(0, cohort.RowCount).Select(row => 1.0 + row % 3)];
        var sampled = cohort.With(new NumberColumn("sampling_weight", sampling));
        var weights = new SamplingWeights { Rows = "sampling_weight" };
        return
        [
            new("sampling weights of rows", null, _ =>
                $"{sampled.FitWeighted(scenario.Formula, weights, scenario.Settings).FixedEffects.Count} effects"),
            Quasi("quasi-likelihood, MQL1", Estimator.Mql1),
            Quasi("quasi-likelihood, PQL1", Estimator.Pql1),
            Quasi("quasi-likelihood, PQL2", Estimator.Pql2),
        ];

        InferenceTask Quasi(string name, Estimator estimator) => new(name, null, _ =>
            $"{MixedModel.Fit(columns, scenario.Settings with { Estimator = estimator }).Require().FixedEffects.Count} effects");
    }
}
