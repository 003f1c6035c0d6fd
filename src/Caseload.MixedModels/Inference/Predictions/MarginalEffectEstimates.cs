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
        return new MarginalEffects(settings.Groups, settings.Level, Rows((fit, covariance), over, settings))
        {
            Remarks = [.. Said(over), .. covariance.Said()],
        };
    }

    /// <summary>What a reader must know of the rows.</summary>
    internal static IEnumerable<string> Said(EffectData over)
    {
        if (over.LeftOut > 0)
            yield return FormattableString.Invariant($"{over.LeftOut} rows with a missing cell in the model's columns are left out.");
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

    /// <summary>The effects of a fit over some rows.</summary>
    internal static IReadOnlyList<MarginalEffect> Rows((MixedModelFit Fit, JointCovariance Covariance) of, EffectData over,
        PredictionSettings settings)
    {
        var (fit, rows) = (of.Fit, over.Rows(of.Fit));
        var averaged = settings.Groups != GroupsAs.AtZero;
        var columns = fit.Recipe.Formula.Variables.SelectMany(variable => FormulaColumns.OfExpression(variable.Expression)).Distinct();
        var results = new List<MarginalEffect>();
        foreach (var column in columns)
        {
            (Column Column, MeanWithGradient Mean)? reference = null;
            foreach (var change in ColumnChange.Of(fit, over.Frame, column))
            {
                // The levels of a factor share their reference.
                if (reference?.Column != change.From) reference = (change.From, At(change.From));
                var effect = At(change.To).Less(reference.Value.Mean).Times(1 / change.Step);
                results.Add(new MarginalEffect(column, change.Name, effect.Value, of.Covariance.Error(effect.Gradient)));
            }

            MeanWithGradient At(Column moved) =>
                MeanWithGradient.Of(fit, rows.Moved(fit, over.Frame.With(moved), column), averaged);
        }

        return results;
    }
}
