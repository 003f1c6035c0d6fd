using Caseload.Frames;
using Caseload.MixedModels;

namespace Caseload.Benchmarks.Inference;

/// <summary>What is read out of the fit of the cohort: variances, predictions, groups.</summary>
internal static class ReadOutTask
{
    private const int PredictedRows = 1000;

    /// <summary>The tasks.</summary>
    /// <param name="data">The cohort.</param>
    internal static IReadOnlyList<InferenceTask> Of(Frame data)
    {
        var some = data.Head(PredictedRows);
        var known = new PredictionSettings { Groups = GroupsAs.Known };
        var simulated = new PredictionSettings { Method = IntervalMethod.Simulation };
        return
        [
            new("variance partition", null, static fit => $"{fit.PartitionVariance().Rows.Count} parts"),
            new("interval odds ratios", null, static fit => $"{fit.IntervalOddsRatios().Rows.Count} terms"),
            new("R2", null, static fit => $"{fit.RSquared().Rows.Count} rows"),
            new("predictions, averaged", null, fit => $"{fit.PredictMeans(data).Rows.Count} rows"),
            new("predictions, known groups", null, fit => $"{fit.PredictMeans(data, known).Rows.Count} rows"),
            new("predictions, simulated intervals", null, fit => $"{fit.PredictMeans(some, simulated).Rows.Count} rows"),
            new("average marginal effects", null, fit => $"{fit.AverageMarginalEffects(data).Rows.Count} effects"),
            new("contrast of all rows", null, fit => $"{fit.Contrast(data, data).Rows.Count} rows"),
            new("groups compared", null, static fit => $"{fit.CompareGroups().Rows.Count} groups"),
            new("unexpected groups", null, static fit => $"{fit.UnexpectedGroups(0.1).Rows.Count} groups"),
            new("deletion residuals", null, static fit => $"{fit.DeletionResiduals().Rows.Count} groups"),
            new("influence of groups left out", null, static fit => $"{fit.GroupInfluence().Rows.Count} groups"),
            new("cluster-robust errors", null, static fit => $"{fit.ClusterRobust().Rows.Count} effects"),
            new("cluster-robust tests", null, static fit => $"{fit.ClusterRobustTest().Rows.Count} terms"),
            new("funnel", null, static fit => $"{fit.Funnel().Rows.Count} groups"),
            new("ranks", null, static fit => $"{fit.RankGroups().Rows.Count} groups"),
            new("quantile residuals", null, static fit => $"{fit.QuantileResiduals().Tests.Count} tests"),
            new("calibration", null, static fit => $"{fit.Calibration().Measures.Count} measures"),
            new("calibration of other data", null, fit => $"{fit.Calibration(data).Measures.Count} measures"),
            new("binned residuals", null, static fit => $"{fit.BinnedResiduals().Bins.Count} bins"),
        ];
    }
}
