using Caseload.Descriptives;
using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Predictions;

namespace Caseload.Effects;

/// <summary>An average marginal effect on the probability of re-referral.</summary>
/// <param name="Effect">The change in the probability, from -1 to 1.</param>
/// <param name="StandardError">Its standard error by the delta method.</param>
public sealed record MarginalEstimate(double Effect, double StandardError)
{
    /// <summary>Lower end of the 95% interval.</summary>
    public double Lower => Effect - (Normal.Quantile975 * StandardError);

    /// <summary>Upper end of the 95% interval.</summary>
    public double Upper => Effect + (Normal.Quantile975 * StandardError);
}

/// <summary>The average marginal effect of a term in each of several models.</summary>
/// <param name="Term">The coefficient that measures the same change.</param>
/// <param name="Effects">One a model; null where the model does not hold the term.</param>
public sealed record MarginalRow(string Term, IReadOnlyList<MarginalEstimate?> Effects);

/// <summary>
/// Average marginal effects of nested models side by side, over the same children and averaged over the authorities' effects. Odds ratios
/// of nested models are not compared, as their scale moves with the variance that a model explains (Mood 2010).
/// </summary>
/// <param name="Models">The names of the models.</param>
/// <param name="Rows">One row a term.</param>
public sealed record MarginalTable(IReadOnlyList<string> Models, IReadOnlyList<MarginalRow> Rows)
{
    /// <summary>Compares those of some models of which every estimate exists.</summary>
    /// <param name="models">The fits with their names.</param>
    /// <param name="data">The modelled children.</param>
    /// <exception cref="ProblemException">No model has every estimate.</exception>
    public static MarginalTable Of(IReadOnlyList<(string Name, MixedModelFit Fit)> models, Frame data)
    {
        (string Name, MixedModelFit Fit)[] whole = [.. models.Where(model => model.Fit.Obstacle is null)];
        var compared = MarginalEffectComparison.Of(data, whole);
        var terms = Terms(whole.Select(model => model.Fit));
        return new MarginalTable(compared.Models, [.. compared.Rows.Select(row => new MarginalRow(
            terms.GetValueOrDefault((row.Column, row.Change), row.Column),
            [.. row.Effects.Select(effect => effect is null ? null : new MarginalEstimate(effect.Effect, effect.StandardError))]))]);
    }

    // A change of level of a factor is what the coefficient of that level measures.
    private static Dictionary<(string Column, string Change), string> Terms(IEnumerable<MixedModelFit> fits)
    {
        var terms = new Dictionary<(string, string), string>();
        foreach (var recipe in fits.Select(fit => fit.Recipe))
        {
            for (var i = 0; i < recipe.Levels.Count; i++)
            {
                if (recipe.Levels[i] is not { } levels) continue;
                var name = recipe.Formula.Variables[i].Name;
                foreach (var level in levels.Skip(1)) terms[(name, $"{level} - {levels[0]}")] = name + level;
            }
        }

        return terms;
    }
}
