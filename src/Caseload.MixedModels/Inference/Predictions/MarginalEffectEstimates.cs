using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Formulas;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>Computes average marginal effects.</summary>
internal static class MarginalEffectEstimates
{
    internal static MarginalEffects Of(MixedModelFit fit, Frame data, PredictionSettings settings)
    {
        Require(settings);
        var over = EffectData.Of([fit], data);
        var covariance = JointCovariance.Of(fit, settings.Groups == GroupsAs.Averaged);
        var effects = Find((fit, covariance), over, settings).Select(found => found.Effect).ToArray();
        return new MarginalEffects(settings.Groups, settings.Level, effects)
        {
            Remarks = [.. Said(over), .. effects.Length == 0 ? ["The fixed part has no covariate."] : covariance.Said()],
        };
    }

    /// <summary>What a reader must know of the rows.</summary>
    internal static IEnumerable<string> Said(EffectData over)
    {
        if (over.LeftOut > 0)
            yield return over.LeftOut == 1 ? "1 row with a missing cell in the model's columns is left out."
                : FormattableString.Invariant($"{over.LeftOut:N0} rows with a missing cell in the model's columns are left out.");
    }

    /// <summary>Stops where a setting does not apply to marginal effects.</summary>
    internal static void Require(PredictionSettings settings)
    {
        settings.Require();
        if (settings.Groups is GroupsAs.Known or GroupsAs.Unseen || settings.Method == IntervalMethod.Simulation)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                "marginal effects of single groups, or with intervals by simulation",
                "GroupsAs.Averaged or GroupsAs.AtZero, by the delta method", "settings", "Leave the setting out."));
    }

    /// <summary>The effects of a fit over some rows, with their derivatives by the estimates as the covariance orders them.</summary>
    internal static IReadOnlyList<(MarginalEffect Effect, double[] Gradient)> Find((MixedModelFit Fit, JointCovariance Covariance) of,
        EffectData over, PredictionSettings settings)
    {
        var (fit, rows) = (of.Fit, over.Rows(of.Fit));
        var averaged = settings.Groups != GroupsAs.AtZero;
        var columns = fit.Recipe.Formula.Variables.SelectMany(variable => FormulaColumns.OfExpression(variable.Expression)).Distinct();
        var results = new List<(MarginalEffect, double[])>();
        foreach (var column in columns)
        {
            (Column Column, MeanWithGradient Mean)? reference = null;
            foreach (var change in ColumnChange.Of(fit, over.Frame, column))
            {
                // The levels of a factor share their reference.
                if (reference?.Column != change.From) reference = (change.From, At(change.From));
                var effect = At(change.To).Less(reference.Value.Mean).Times(1 / change.Step);
                results.Add((new MarginalEffect(column, change.Name, effect.Value, of.Covariance.Error(effect.Gradient)), effect.Gradient));
            }

            MeanWithGradient At(Column moved) =>
                MeanWithGradient.Of(fit, rows.Moved(fit, over.Frame.With(moved), column), averaged);
        }

        return results;
    }
}
