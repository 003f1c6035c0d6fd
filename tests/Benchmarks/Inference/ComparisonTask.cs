using Caseload.Benchmarks.Fits;
using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Predictions;

namespace Caseload.Benchmarks.Inference;

/// <summary>What takes a second fit or a second response beside the fit of the cohort. Other fits are made once, outside the time.</summary>
internal static class ComparisonTask
{
    private const string Product = "*I((ref-550)/250)";

    /// <summary>The tasks.</summary>
    /// <param name="data">The cohort.</param>
    internal static IReadOnlyList<InferenceTask> Of(Frame data)
    {
        var means = data.WithGroupMeans("nfa", "la");
        var additive = new Lazy<MixedModelFit>(() => Fit(data, static formula => formula.Replace(Product, Product.Replace('*', '+'))));
        var contextual = new Lazy<MixedModelFit>(() => Fit(means, static formula => formula.Replace(" + nfa", " + nfa + nfa_mean")));
        var slope = new Lazy<MixedModelFit>(() => Fit(data, static formula => formula.Replace("(1|la)", "(1+nfa|la)")));
        var hundred = new BootstrapSettings { Replicates = 100 };
        return
        [
            new("responses simulated", null, static fit => $"{fit.Simulate(1).Length:n0} rows"),
            new("responses simulated and refitted", null, static fit => $"{fit.Refit(fit.Simulate(1)).FixedEffects.Count} effects"),
            new("Wald tests of all terms", null, static fit => $"{fit.WaldTest().Rows.Count} terms"),
            new("likelihood ratio", null, fit => $"{LikelihoodRatio.Compare(("additive", additive.Value), ("product", fit)).Rows.Count} models"),
            new("bootstrap likelihood ratio, 100 pairs", null, fit => $"{fit.BootstrapLikelihoodRatio(additive.Value, hundred).Failed} failed"),
            new("median odds ratios of a slope", null, _ => $"{slope.Value.MedianOddsRatios("nfa", 0, 1).Rows.Count} ratios"),
            new("marginal effects of two models", null, fit =>
                $"{MarginalEffectComparison.Of(data, ("additive", additive.Value), ("product", fit)).Rows.Count} effects"),
            new("within and between", null, _ => $"{contextual.Value.ContextualEffect("nfa").Column}"),
        ];
    }

    private static MixedModelFit Fit(Frame data, Func<string, string> change) =>
        MixedModel.Fit(data, change(Scenarios.All[0].Formula), Scenarios.All[0].Settings).Require();
}
