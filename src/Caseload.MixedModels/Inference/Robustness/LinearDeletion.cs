using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Profiles;
using Caseload.MixedModels.LinearModels;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>
/// A linear model without one of its clusters: the restricted likelihood is no sum over clusters, so that it is computed without the
/// cluster, from cells that are put together already.
/// </summary>
internal sealed class LinearDeletion
{
    private readonly ProfileModel model;
    private readonly LinearJointLikelihood joint;
    private readonly bool isRestricted;
    private readonly ClusterMeans means;
    private readonly int[] clusterOfCell;
    private readonly double[] observations;
    private readonly IReadOnlyList<double[]> columns;
    private readonly int[] free;
    private readonly double[] beta;
    private readonly double[,] hessian;

    internal LinearDeletion(FittedData data, ProfileModel model, Clusters clusters, int[] free)
    {
        (this.model, this.free, isRestricted) = (model, free, data.Settings.Reml);
        joint = (LinearJointLikelihood)model.Likelihood;
        var (response, cells) = ((GaussianResponse)data.Frame.Response, model.Design.Cells);
        means = new ClusterMeans(response, cells, clusters);
        columns = model.Design.Operator.Columns();
        clusterOfCell = clusters.Groups.At(cells.Rows);
        observations = clusters.Observations(response);
        hessian = NewtonStep.Less(model.Peak.At.Hessian, 1.0 / clusters.Count);
        beta = joint.Solution(Theta(model.Peak.Point)).Beta;
    }

    /// <summary>
    /// The estimates without a cluster: the variances by one Newton step of the profile likelihood of the others, the coefficients at their
    /// maximum given those. Null where the other clusters do not tell all coefficients.
    /// </summary>
    internal LeftOut? Of(int cluster)
    {
        int[] kept = [.. Enumerable.Range(0, clusterOfCell.Length).Where(cell => clusterOfCell[cell] != cluster)];
        var count = (int)(observations.Sum() - observations[cluster]);
        var (design, layout) = (model.Design.At(kept, columns), joint.Layout.At(kept));
        if (LinearStatistics.Of(design, layout, means.Without(cluster, kept), count) is not { } statistics) return null;
        var without = new LinearJointLikelihood(statistics, isRestricted);
        double[] point = [.. without.Solution(Theta(model.Peak.Point)).Beta.Take(joint.FirstRandomParameter),
            .. model.Peak.Point.Skip(joint.FirstRandomParameter)];
        if (NewtonStep.Of(without.Slopes(point), hessian, free) is not { } step) return null;
        for (var k = 0; k < point.Length; k++) point[k] += step[k];
        var (moved, _) = without.Solution(Theta(point));
        return new LeftOut([.. moved.Zip(beta, (to, from) => to - from)], point);
    }

    private double[] Theta(double[] point) => point[joint.FirstRandomParameter..(joint.FirstRandomParameter + joint.Elements.Count)];
}
