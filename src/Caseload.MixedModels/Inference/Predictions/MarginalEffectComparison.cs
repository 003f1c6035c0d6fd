using Caseload.Frames;
using Caseload.MixedModels.Fits;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>One marginal effect in several models.</summary>
/// <param name="Column">The column of the data.</param>
/// <param name="Change">What changes.</param>
/// <param name="Effects">The effect in each model; null where the model does not hold the column.</param>
public sealed record ComparedEffect(string Column, string Change, IReadOnlyList<MarginalEffect?> Effects);

/// <summary>Average marginal effects of several models side by side, over the same rows.</summary>
/// <param name="Models">The names of the models.</param>
/// <param name="Rows">One row an effect.</param>
public sealed record MarginalEffectComparison(IReadOnlyList<string> Models, IReadOnlyList<ComparedEffect> Rows) : InferenceResult
{
    /// <summary>Compares models by their marginal effects, which stand on the same scale in all.</summary>
    /// <param name="data">The data over which effects are averaged.</param>
    /// <param name="models">The fits with their names.</param>
    /// <exception cref="ProblemException">A fit lacks an estimate, or the data lack a column.</exception>
    public static MarginalEffectComparison Of(Frame data, params IReadOnlyList<(string Name, MixedModelFit Fit)> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count == 0)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "no model", "one or more", "models", "Name the fits."));
        var over = EffectData.Of([.. models.Select(model => model.Fit)], data);
        var settings = new PredictionSettings();
        var effects = models.Select(model => MarginalEffectEstimates.Rows(
            (model.Fit, JointCovariance.Of(model.Fit, withVariances: true)), over, settings)).ToArray();
        var names = effects.SelectMany(rows => rows).Select(row => (row.Column, row.Change)).Distinct();
        return new MarginalEffectComparison([.. models.Select(model => model.Name)], [.. names.Select(name =>
            new ComparedEffect(name.Column, name.Change, [.. effects.Select(rows =>
                rows.FirstOrDefault(row => (row.Column, row.Change) == name))]))])
        {
            Remarks =
            [
                .. MarginalEffectEstimates.Said(over),
                "Effects on the mean response, averaged over the random effects. Odds ratios of nested models are not compared: they grow "
                    + "with the variance that a model explains, even where a covariate's effect on the outcome stays (Mood 2010).",
            ],
        };
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(Rows.SelectMany(row => row.Effects).OfType<MarginalEffect>().Select(e => e.StandardError), 3);
        yield return new FitTable("Average marginal effects, with standard errors",
            ["column", "change", .. Models.SelectMany(name => new[] { name, "SE" })], 2, [.. Rows.Select(row => (string[])
            [
                row.Column, row.Change, .. row.Effects.SelectMany(effect => effect is null
                    ? new[] { "-", "-" } : [number.Text(effect.Effect), number.Text(effect.StandardError)]),
            ])]);
    }
}
