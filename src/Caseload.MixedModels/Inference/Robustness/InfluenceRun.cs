using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Profiles;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>Leaves each cluster of a fit out, by one Newton step from the estimates.</summary>
internal sealed class InfluenceRun
{
    // Without one of them there must be a model of the others.
    private const int FewestGroups = 3;

    private readonly MixedModelFit fit;
    private readonly Clusters clusters;
    private readonly ProfileModel model;
    private readonly int[] free;
    private readonly IReadOnlyList<(string Name, Func<double[], double> Of, double Error)> deviations;
    private readonly Cholesky? covariance;

    internal InfluenceRun(MixedModelFit fit)
    {
        (this.fit, clusters) = (fit, Clusters.Of(fit.RequireLikelihood(), "the influence of groups"));
        if (clusters.Count < FewestGroups)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                $"the influence of groups of {clusters.Groups.Name}, of which there are two", "three groups or more", fit.Formula,
                "Look at each group by itself: one group alone tells nothing of the variance between groups."));
        model = ProfileModel.Of(fit.Data!);
        free = [.. Enumerable.Range(0, model.Peak.Point.Length).Where(k => !model.Fixed.Contains(k) && !model.Resting.Contains(k))];
        deviations = [.. Deviations()];
        covariance = Cholesky.Factor(fit.Covariance);
    }

    /// <summary>The model at its maximum, its clusters, and how the estimates change without one of them.</summary>
    internal (ProfileModel Model, Clusters Clusters, Func<int, LeftOut?> Without) Deletions() => (model, clusters, Deletion());

    internal GroupInfluence Run()
    {
        var rows = new InfluentialGroup[clusters.Count];
        var (leaveOut, observations) = (Deletion(), clusters.Observations(fit.Data!.Frame.Response));
        Parallel.For(0, rows.Length, cluster => rows[cluster] = Row(cluster, observations[cluster], leaveOut(cluster)));
        return new GroupInfluence(clusters.Groups.Name, [.. fit.FixedEffects.Select(effect => effect.Term)],
            [.. deviations.Select(deviation => deviation.Name)],
            [.. rows.OrderBy(row => double.IsNaN(row.CooksDistance) ? 0 : 1).ThenByDescending(row => row.CooksDistance)])
        {
            Remarks = [.. Said(rows)],
        };
    }

    private Func<int, LeftOut?> Deletion()
    {
        if (fit.Family == Family.Gaussian) return new LinearDeletion(fit.Data!, model, clusters, free).Of;
        var parts = ClusterLikelihoods.Of(fit.Data!, model, clusters);
        return cluster =>
        {
            var own = parts[cluster].Confirm(model.Peak.Point);
            return own.ModesFound && NewtonStep.Without(model.Peak.At, own, free, (model.Design.Width, 1.0 / parts.Length)) is { } step
                ? new LeftOut(step[..model.Design.Width], [.. model.Peak.Point.Zip(step, (from, move) => from + move)]) : null;
        };
    }

    private InfluentialGroup Row(int cluster, double observations, LeftOut? without)
    {
        var level = clusters.Labels[cluster];
        if (without is null)
            return new InfluentialGroup(level, observations, double.NaN, Unknown(fit.FixedEffects.Count), Unknown(deviations.Count));
        var change = model.Design.ToOriginal(without.Beta);
        return new InfluentialGroup(level, observations,
            covariance is null ? double.NaN : Vectors.Dot(change, covariance.Solve(change)) / change.Length,
            [.. change.Select((value, k) => value / fit.FixedEffects[k].StandardError)],
            [.. deviations.Select(deviation => (deviation.Of(without.Point) - deviation.Of(model.Peak.Point)) / deviation.Error)]);
    }

    private IEnumerable<(string Name, Func<double[], double> Of, double Error)> Deviations()
    {
        for (var block = 0; block < fit.RandomEffects.Count; block++)
        {
            var effect = fit.RandomEffects[block];
            for (var k = 0; k < effect.Terms.Count; k++)
            {
                var row = model.Rows.First(row => row.Block == block && row.Term == effect.Terms[k]);
                yield return ($"{effect.Group}, {effect.Terms[k]}", row.Deviation, effect.StandardDeviationErrors[k]);
            }
        }

        if (fit.Family != Family.Gaussian) yield break;
        var residual = model.Peak.Point.Length - 1;
        var variance = NewtonStep.Of([.. Enumerable.Range(0, residual + 1).Select(k => k == residual ? 1.0 : 0)],
            model.Peak.At.Hessian, free)?[residual] ?? double.NaN;
        yield return ("residual", point => Math.Exp(point[residual]), Math.Exp(model.Peak.Point[residual]) * Math.Sqrt(variance));
    }

    private IEnumerable<string> Said(InfluentialGroup[] rows)
    {
        yield return "Each change is the estimate without the group less that with it, by one Newton step, in "
            + "standard errors. Customary signs of influence: changes beyond 2/sqrt(groups) = "
            + FormattableString.Invariant($"{2 / Math.Sqrt(rows.Length):F2} (Belsley, Kuh and Welsch 1980), Cook's distances above ")
            + FormattableString.Invariant($"4/groups = {4.0 / rows.Length:F3}. Where a step is long, fit again without the group.");
        if (fit.Singular) yield return "The fit is singular: random effects that do not vary are taken not to vary without a group either.";
        if (rows.Count(row => double.IsNaN(row.CooksDistance)) is > 0 and var without)
            yield return FormattableString.Invariant($"For {without} of the groups the others do not tell all estimates.");
    }

    private static double[] Unknown(int count) => [.. Enumerable.Repeat(double.NaN, count)];
}
