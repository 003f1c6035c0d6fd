using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference;
using Caseload.MixedModels.Inference.Predictions;

namespace Caseload.MixedModels;

/// <summary>One marginal effect in several models.</summary>
/// <param name="Column">The column of the data.</param>
/// <param name="Change">What changes.</param>
/// <param name="Effects">The effect in each model; null where the model does not hold the column.</param>
/// <param name="Changes">From each model to the next; null where one of both does not hold the column.</param>
public sealed record ComparedEffect(string Column, string Change, IReadOnlyList<MarginalEffect?> Effects,
    IReadOnlyList<EffectChange?> Changes);

/// <summary>Average marginal effects of several models side by side, over the same rows, and how they change from model to model.</summary>
/// <param name="Models">The names of the models.</param>
/// <param name="Rows">One row an effect.</param>
public sealed record MarginalEffectComparison(IReadOnlyList<string> Models, IReadOnlyList<ComparedEffect> Rows) : InferenceResult
{
    /// <summary>Compares models by their marginal effects, which stand on the same scale in all.</summary>
    /// <param name="data">The data over which effects are averaged.</param>
    /// <param name="models">The fits with their names, as a rule from the smallest to the largest.</param>
    /// <exception cref="ProblemException">A fit lacks an estimate, or the data lack a column.</exception>
    public static MarginalEffectComparison Of(Frame data, params IReadOnlyList<(string Name, MixedModelFit Fit)> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count == 0)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "no model", "one or more", "models", "Name the fits."));
        return new ComparisonRun([.. models], EffectData.Of([.. models.Select(model => model.Fit)], data)).Run();
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
        var steps = Enumerable.Range(1, Math.Max(Models.Count - 1, 0)).SelectMany(step => Rows
            .Select(row => (Row: row, Step: step, Change: row.Changes[step - 1]))).Where(step => step.Change is not null).ToArray();
        if (steps.Length == 0) yield break;
        var moved = AlignedNumbers.Of(steps.Select(step => step.Change!.StandardError), 3);
        yield return new FitTable("Changes from model to model", ["column", "change", "from", "to", "by", "SE", "p", "95% from", "to"], 4,
            [.. steps.Select(step => (string[])
            [
                step.Row.Column, step.Row.Change, Models[step.Step - 1], Models[step.Step], moved.Text(step.Change!.Value),
                moved.Text(step.Change.StandardError), FitTable.Probability(step.Change.P), moved.Text(step.Change.Lower),
                moved.Text(step.Change.Upper),
            ])]);
    }
}
