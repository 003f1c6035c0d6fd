using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.GroupComparisons;

/// <summary>How a group fits the model of the other groups.</summary>
/// <param name="Level">The group.</param>
/// <param name="Effect">Its conditional mode.</param>
/// <param name="Deleted">The mode with the fixed effects that the other groups give.</param>
/// <param name="DiagnosticError">The standard deviation of that over groups that are drawn from the model.</param>
public sealed record DeletionResidual(string Level, double Effect, double Deleted, double DiagnosticError)
{
    /// <summary>The deletion residual: the deleted mode in diagnostic standard errors.</summary>
    public double Z => Deleted / DiagnosticError;

    /// <summary>The two-sided p value from the normal distribution.</summary>
    public double P => StandardNormal.Beyond(Z);

    /// <summary>The p value adjusted for the number of groups (Benjamini and Hochberg 1995).</summary>
    public double Adjusted { get; init; } = double.NaN;
}

/// <summary>Deletion residuals of the groups, the most striking first (Langford and Lewis 1998).</summary>
/// <param name="Group">The grouping and the effect.</param>
/// <param name="Rows">The groups.</param>
public sealed record DeletionResiduals(string Group, IReadOnlyList<DeletionResidual> Rows) : InferenceResult
{
    internal static DeletionResiduals Of(MixedModelFit fit, GroupSettings settings)
    {
        var effects = GroupEffects.Of(fit, settings);
        if (fit.Groups.Count > 1)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, $"deletion residuals of {fit.Groups.Count} groupings",
                "a model with one grouping", fit.Formula, "Fit a model with that grouping alone, or name groups with UnexpectedGroups."));
        if (fit.Singular)
            throw new ProblemException(new Problem(ProblemKind.NoEstimate, "a singular fit, in which groups do not vary in some direction",
                "a fit whose random effects vary", fit.Formula, "Look at the fit without that random effect."));
        var place = fit.RandomEffects.TakeWhile(effect => effect != effects.Effect).Sum(effect => effect.Terms.Count) + effects.Place;
        var rows = Adjust([.. GroupDeletion.Of(fit).Select((group, j) => new DeletionResidual(effects.Modes[j].Level, effects.Modes[j].Mode,
            group.Modes[place], Math.Sqrt(group.Variances[place])))]);
        return new DeletionResiduals(effects.Words, [.. rows.OrderByDescending(row => Math.Abs(row.Z))])
        {
            Remarks =
            [
                "Each group against the model of the others: its fixed effects without the group by one Newton step, the variances as "
                    + "estimated with it, so that a very unusual group looks a little less so. P values suppose normal effects.",
            ],
        };
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(Rows.Select(row => row.DiagnosticError), 3);
        yield return new FitTable($"Groups of {Group}: deletion residuals",
            ["group", "effect", "without the group", "diagnostic SE", "z", "p", "adjusted p"], 1, Excerpt.Of(Rows, row =>
            [
                row.Level, number.Text(row.Effect), number.Text(row.Deleted), number.Text(row.DiagnosticError),
                FitTable.Decimals(row.Z, 2), FitTable.Probability(row.P), FitTable.Probability(row.Adjusted),
            ]));
    }

    private static DeletionResidual[] Adjust(DeletionResidual[] rows)
    {
        var order = Enumerable.Range(0, rows.Length).OrderByDescending(i => rows[i].P).ToArray();
        var least = 1.0;
        for (var k = 0; k < order.Length; k++)
        {
            least = Math.Min(least, rows[order[k]].P * rows.Length / (rows.Length - k));
            rows[order[k]] = rows[order[k]] with { Adjusted = least };
        }

        return rows;
    }
}
