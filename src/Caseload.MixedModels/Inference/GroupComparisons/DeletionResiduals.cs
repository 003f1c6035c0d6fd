using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Robustness;

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
        var groups = Clusters.Of(fit, "deletion residuals").Groups;
        var effects = GroupEffects.Of(fit, settings with { Group = settings.Group ?? groups.Name });
        if (effects.Group != groups.Name)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage,
                $"deletion residuals of {effects.Group}, whose groups share those of {groups.Name} with others",
                $"the outermost grouping, {groups.Name}", fit.Formula, "Leave the grouping out, or name groups with UnexpectedGroups."));
        if (fit.Singular)
            throw new ProblemException(new Problem(ProblemKind.NoEstimate, "a singular fit, in which groups do not vary in some direction",
                "a fit whose random effects vary", fit.Formula, "Look at the fit without that random effect."));
        var place = fit.RandomEffects.Where(effect => effect.Group == groups.Name).TakeWhile(effect => effect != effects.Effect)
            .Sum(effect => effect.Terms.Count) + effects.Place;
        var rows = Adjust([.. GroupDeletion.Of(fit, groups).Select((group, j) => new DeletionResidual(effects.Modes[j].Level,
            effects.Modes[j].Mode, group.Modes[place], Math.Sqrt(group.Variances[place])))]);
        return new DeletionResiduals(effects.Words,
            [.. rows.OrderBy(row => double.IsNaN(row.Z) ? 1 : 0).ThenByDescending(row => Math.Abs(row.Z))])
        {
            Remarks = [.. Said(fit, rows)],
        };
    }

    private static IEnumerable<string> Said(MixedModelFit fit, DeletionResidual[] rows)
    {
        yield return "Each group against the model of the others, for whether that model holds for it too; not for telling two groups "
            + "apart. " + (fit.Family == Family.Gaussian ? "The fixed effects are those without the group, "
                : "The fixed effects are those without the group by one Newton step, ")
            + "the variances those with it, so that a very unusual group looks a little less so.";
        yield return "P values suppose normal effects" + (fit.Family == Family.Gaussian ? "."
            : " and modes: of groups of a few outcomes they are rough.") + " Adjusted they hold for all groups together.";
        if (rows.Count(row => double.IsNaN(row.Z)) is > 0 and var unknown)
            yield return FormattableString.Invariant($"For {unknown} of the groups the others do not tell all fixed effects.");
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

    // Among the groups that have a p value.
    private static DeletionResidual[] Adjust(DeletionResidual[] rows)
    {
        int[] order = [.. Enumerable.Range(0, rows.Length).Where(i => !double.IsNaN(rows[i].P)).OrderByDescending(i => rows[i].P)];
        var least = 1.0;
        for (var k = 0; k < order.Length; k++)
        {
            least = Math.Min(least, rows[order[k]].P * order.Length / (order.Length - k));
            rows[order[k]] = rows[order[k]] with { Adjusted = least };
        }

        return rows;
    }
}
