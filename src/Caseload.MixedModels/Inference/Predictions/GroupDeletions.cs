using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Robustness;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>
/// How the estimates change where each group of the outermost grouping is left out, by one Newton step: fixed effects, then covariance
/// matrices, as <see cref="JointCovariance"/> orders them.
/// </summary>
/// <param name="Groups">The group of each row of the data.</param>
/// <param name="Changes">One array a group.</param>
internal sealed record GroupDeletions(CodedVariable Groups, double[][] Changes)
{
    /// <summary>Of a fit; null where its groups are not independent, or the others do not tell all estimates.</summary>
    internal static GroupDeletions? Of(MixedModelFit fit)
    {
        if (fit.RandomEffects.Count == 0 || !fit.GroupsNest || fit.Estimator != Estimator.Ml) return null;
        var (model, clusters, without) = new InfluenceRun(fit).Deletions();
        var changes = new double[]?[clusters.Count];
        Parallel.For(0, changes.Length, cluster => changes[cluster] = without(cluster) is { } left
            ? [.. model.Design.ToOriginal(left.Beta), .. Sigma(left.Point).Zip(Sigma(model.Peak.Point), (to, from) => to - from)] : null);
        return changes.Any(change => change is null || change.Any(double.IsNaN)) ? null : new GroupDeletions(clusters.Groups, changes!);

        // Of the identity link the mean does not depend on it.
        IEnumerable<double> Sigma(double[] point) => fit.RandomEffects.SelectMany((effect, block) =>
            from one in effect.Terms
            from other in effect.Terms
            select fit.Link == Link.Identity ? 0 : FreeParameters.Sigma(Row(block, one), Row(block, other), point));

        Profiles.EffectRow Row(int block, string term) => model.Rows.First(row => row.Block == block && row.Term == term);
    }

    /// <summary>Whether both are of the same groups of the same rows.</summary>
    internal bool AreOf(GroupDeletions other) => Groups.Codes.AsSpan().SequenceEqual(other.Groups.Codes);

    /// <summary>The change of a number with these derivatives, for each group.</summary>
    internal double[] Of(double[] gradient) => [.. Changes.Select(change => Numerics.Vectors.Dot(gradient, change))];
}
