using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>Finds the marginal effects of several models over the same rows, and their changes from model to model.</summary>
internal sealed class ComparisonRun
{
    private readonly (string Name, MixedModelFit Fit)[] models;
    private readonly EffectData over;
    private readonly JointCovariance[] covariances;
    private readonly IReadOnlyList<(MarginalEffect Effect, double[] Gradient)>[] found;
    private readonly GroupDeletions?[] deletions;

    /// <param name="models">The fits with their names.</param>
    /// <param name="over">The rows.</param>
    internal ComparisonRun((string Name, MixedModelFit Fit)[] models, EffectData over)
    {
        (this.models, this.over) = (models, over);
        covariances = [.. models.Select(model => JointCovariance.Of(model.Fit, withVariances: true))];
        found = [.. models.Zip(covariances, (model, covariance) =>
            MarginalEffectEstimates.Find((model.Fit, covariance), over, new PredictionSettings()))];
        deletions = models.Length > 1 ? [.. models.Select(model => GroupDeletions.Of(model.Fit))] : [null];
    }

    internal MarginalEffectComparison Run()
    {
        var names = found.SelectMany(effects => effects).Select(one => (one.Effect.Column, one.Effect.Change)).Distinct();
        return new MarginalEffectComparison([.. models.Select(model => model.Name)], [.. names.Select(name =>
            new ComparedEffect(name.Column, name.Change, [.. found.Select(effects => Of(effects, name)?.Effect)],
                [.. Enumerable.Range(1, models.Length - 1).Select(model => Change(model, name))]))])
        {
            Remarks = [.. Said()],
        };
    }

    private EffectChange? Change(int model, (string Column, string Change) name)
    {
        if (Of(found[model - 1], name) is not { } before || Of(found[model], name) is not { } after) return null;
        var difference = after.Effect.Effect - before.Effect.Effect;
        return HasErrors(model)
            ? EffectChange.Of(difference, deletions[model - 1]!.Of(before.Gradient), deletions[model]!.Of(after.Gradient))
            : new EffectChange(difference, double.NaN, 0);
    }

    private bool HasErrors(int model) =>
        deletions[model - 1] is { } before && deletions[model] is { } after && before.AreOf(after) && after.Changes.Length > 1;

    private static (MarginalEffect Effect, double[] Gradient)? Of(
        IReadOnlyList<(MarginalEffect Effect, double[] Gradient)> effects, (string Column, string Change) name)
    {
        var at = effects.ToList().FindIndex(one => (one.Effect.Column, one.Effect.Change) == name);
        return at < 0 ? null : effects[at];
    }

    private IEnumerable<string> Said()
    {
        foreach (var sentence in MarginalEffectEstimates.Said(over)) yield return sentence;
        yield return "Effects on the mean response, averaged over the random effects."
            + (models.Any(model => model.Fit.Link is Link.Logit or Link.Probit or Link.Cloglog)
                ? " Odds ratios and other coefficients of nested models are not compared: they grow with the variance that a model "
                    + "explains, even where a covariate's effect on the outcome stays (Mood 2010)." : "");
        foreach (var sentence in covariances.SelectMany(covariance => covariance.Said()).Distinct()) yield return sentence;
        if (models.Length == 1) yield break;
        if (Enumerable.Range(1, models.Length - 1).Any(HasErrors))
            yield return "Models of the same data go up and down together: the standard error of a change is that of both, by the "
                + FormattableString.Invariant($"jackknife over the {deletions.OfType<GroupDeletions>().First().Changes.Length:N0} groups, ")
                + "each left out in one Newton step, and not to be had from those of the effects.";
        if (!Enumerable.Range(1, models.Length - 1).All(HasErrors))
            yield return "A change has a standard error between fits of the same rows by maximum likelihood with the same outermost "
                + "grouping, where groupings nest. Those of the effects do not give it, as the models rest on the same data.";
    }
}
