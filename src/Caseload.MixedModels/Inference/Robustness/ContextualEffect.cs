using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Inference.Robustness;

/// <summary>One of the effects of a covariate that varies within and between groups.</summary>
/// <param name="Name">Within, between or contextual.</param>
/// <param name="Estimate">The effect of one unit, on the scale of the linear predictor.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Lower">The lower end of its interval.</param>
/// <param name="Upper">The upper end.</param>
public sealed record ContextualRow(string Name, double Estimate, double StandardError, double Lower, double Upper)
{
    /// <summary>The estimate in standard errors.</summary>
    public double Z => Estimate / StandardError;

    /// <summary>The two-sided p value of the test that the effect is 0.</summary>
    public double P => StandardNormal.Beyond(Z);
}

/// <summary>A covariate's effect within groups, between groups, and the difference of the two, the contextual effect.</summary>
/// <param name="Column">The covariate.</param>
/// <param name="Ratio">What the exponential of an effect is, such as an odds ratio; null where it is nothing.</param>
/// <param name="Within">The effect of a difference between members of one group.</param>
/// <param name="Between">The effect of the same difference between the means of groups.</param>
/// <param name="Contextual">Between less within: of the group's mean, for members alike in the covariate.</param>
public sealed record ContextualEffect(string Column, string? Ratio, ContextualRow Within, ContextualRow Between,
    ContextualRow Contextual) : InferenceResult
{
    internal static ContextualEffect Of(MixedModelFit fit, string column, double level)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Levels.Require(level, "level");
        var (mean, raw) = (Find(fit.Require(), column + GroupMeans.Mean), Find(fit, column));
        var deviation = Find(fit, column + GroupMeans.Within);
        if (mean < 0 || deviation >= 0 == raw >= 0) throw NotBoth(fit, column);
        var (half, own) = (StandardNormal.HalfWidth(level), Math.Max(deviation, raw));

        // With the deviation beside it the mean's coefficient is the effect between groups, with the covariate itself the contextual one.
        return new ContextualEffect(column, FitWords.Ratio(fit), Row("within", 1, 0),
            raw >= 0 ? Row("between", 1, 1) : Row("between", 0, 1), raw >= 0 ? Row("contextual", 0, 1) : Row("contextual", -1, 1))
        {
            Remarks = [.. Said(fit, own, mean)],
        };

        ContextualRow Row(string name, int ofOwn, int ofMean)
        {
            var estimate = ofOwn * fit.FixedEffects[own].Estimate + ofMean * fit.FixedEffects[mean].Estimate;
            var error = Math.Sqrt(ofOwn * ofOwn * fit.Covariance[own, own] + 2 * ofOwn * ofMean * fit.Covariance[own, mean]
                + ofMean * ofMean * fit.Covariance[mean, mean]);
            return new ContextualRow(name, estimate, error, estimate - half * error, estimate + half * error);
        }
    }

    internal override IEnumerable<FitTable> Tables()
    {
        ContextualRow[] rows = [Within, Between, Contextual];
        var number = AlignedNumbers.Of(rows.Select(row => row.StandardError), 3);
        yield return new FitTable($"{Column}: effects within and between groups",
            ["effect", "estimate", "SE", "z", "p", "from", "to", .. Ratio is null ? Array.Empty<string>() : [Ratio, "from", "to"]], 1,
            [.. rows.Select(row => (string[])
            [
                row.Name, number.Text(row.Estimate), number.Text(row.StandardError), FitTable.Decimals(row.Z, 2),
                FitTable.Probability(row.P), number.Text(row.Lower), number.Text(row.Upper),
                .. Ratio is null ? [] : new[] { row.Estimate, row.Lower, row.Upper }.Select(v => FitTable.Decimals(Math.Exp(v), 3)),
            ])]);
    }

    private static IEnumerable<string> Said(MixedModelFit fit, int own, int mean)
    {
        yield return "Contextual is between less within; where it is 0 the covariate acts alike within and between groups, and its test is "
            + "that of Hausman's question (Mundlak 1978). The mean of a sample of a group stands for the group's with error, which draws "
            + "the effect between groups towards that within.";
        if (fit.Data is { } data && !HoldsWithinGroups(data.Frame, fit.FixedEffects[mean].Term))
            yield return $"{fit.FixedEffects[mean].Term} differs between rows of one group: it is no mean over the groups of this "
                + "model, and between is not between them.";
        var variables = fit.Recipe.Columns[own].Parts.Concat(fit.Recipe.Columns[mean].Parts).Select(part => part.Variable).ToHashSet();
        if (fit.Recipe.Columns.Any(column => column.Parts.Count > 1 && column.Parts.Any(part => variables.Contains(part.Variable))))
            yield return "The model has products of these columns: the effects are those where the other columns of the products are 0.";
    }

    private static int Find(MixedModelFit fit, string term) => fit.FixedEffects.ToList().FindIndex(effect => effect.Term == term);

    private static bool HoldsWithinGroups(ModelFrame frame, string term) => frame.Groupings.Count == 0
        || frame.Groupings.Any(grouping => Grouping.LiesWithin(grouping.Groups, frame.Variables.First(variable => variable.Name == term)));

    private static ProblemException NotBoth(MixedModelFit fit, string column)
    {
        var named = fit.Recipe.Formula.Variables.Select(variable => variable.Name).ToHashSet();
        var own = named.Contains(column) || named.Contains(column + GroupMeans.Within);
        return own && named.Contains(column + GroupMeans.Mean) ? NotTold(fit, column) : NotInModel(fit, column);
    }

    private static ProblemException NotTold(MixedModelFit fit, string column) => new(new Problem(ProblemKind.WrongUsage,
        $"columns that do not tell the effects of \"{column}\" within and between groups apart",
        "a covariate that varies within groups, and whose means are told by nothing else in the model", fit.Formula,
        "Leave out what is the same throughout a group: all of its effect is between groups."));

    private static ProblemException NotInModel(MixedModelFit fit, string column) => new(new Problem(ProblemKind.WrongUsage,
        $"no coefficients that tell the effects of \"{column}\" within and between groups apart",
        $"{column}{GroupMeans.Mean} with either {column}{GroupMeans.Within} or {column}", fit.Formula,
        $"Add the columns with frame.WithGroupMeans(\"{column}\", group), and fit the model with both of them."));
}
