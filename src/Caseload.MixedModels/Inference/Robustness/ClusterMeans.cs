using Caseload.MixedModels.Designs;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>The response of a linear model by cells, each of which belongs to one cluster, with the spread within the cells of each
/// cluster.</summary>
internal sealed class ClusterMeans
{
    private readonly double[] means;
    private readonly double[] within;

    internal ClusterMeans(GaussianResponse response, CellTable cells, Clusters clusters)
    {
        means = CellMeans.Of(response, cells).Means;
        within = new double[clusters.Count];
        for (var row = 0; row < response.Values.Length; row++)
        {
            var distance = response.Values[row] - means[cells.OfRows[row]];
            within[clusters.Groups.Codes[row]] += response.Trials[row] * distance * distance;
        }
    }

    /// <summary>Those of a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cells">Its cells.</param>
    internal CellMeans Of(int cluster, int[] cells) => new([.. cells.Select(cell => means[cell])], within[cluster]);

    /// <summary>Those of all others.</summary>
    /// <param name="cluster">The cluster that is left out.</param>
    /// <param name="cells">The others' cells.</param>
    internal CellMeans Without(int cluster, int[] cells) => new([.. cells.Select(cell => means[cell])], within.Sum() - within[cluster]);
}
