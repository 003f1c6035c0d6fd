using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.GroupComparisons;

/// <summary>A group's random effect with the intervals for its two uses.</summary>
/// <param name="Level">The group.</param>
/// <param name="Effect">The conditional mode, on the scale of the linear predictor; 0 is the average group.</param>
/// <param name="ComparativeError">The standard error of the mode as a prediction of the group's effect.</param>
/// <param name="DiagnosticError">
/// The standard deviation of the mode over groups that are drawn anew: the square root of the variance of the effect less the square of
/// the comparative error. To ask whether a group fits the model, not how groups differ.
/// </param>
/// <param name="Lower">The lower end of the interval against the average group.</param>
/// <param name="Upper">Its upper end.</param>
/// <param name="PairLower">The lower end of the interval for pairs: two groups differ where theirs do not overlap.</param>
/// <param name="PairUpper">Its upper end.</param>
public sealed record ComparedGroup(string Level, double Effect, double ComparativeError, double DiagnosticError, double Lower,
    double Upper, double PairLower, double PairUpper);

/// <summary>The groups in order of their effect, with intervals against the average and intervals for pairs.</summary>
/// <param name="Group">The grouping and the effect.</param>
/// <param name="Level">The level of the intervals.</param>
/// <param name="PairMultiplier">How many standard errors the intervals for pairs reach to either side.</param>
/// <param name="Rows">The groups.</param>
public sealed record GroupComparison(string Group, double Level, double PairMultiplier, IReadOnlyList<ComparedGroup> Rows)
    : InferenceResult
{
    internal static GroupComparison Of(MixedModelFit fit, GroupSettings settings)
    {
        var effects = GroupEffects.Of(fit, settings);
        var half = StandardNormal.HalfWidth(settings.Level);
        var pair = GroupComparisons.PairMultiplier.Of([.. effects.Modes.Select(mode => mode.StandardError)], settings.Level);
        return new GroupComparison(effects.Words, settings.Level, pair, [.. effects.Modes.OrderBy(mode => mode.Mode)
            .ThenBy(mode => mode.Level, StringComparer.Ordinal).Select(mode => new ComparedGroup(mode.Level, mode.Mode, mode.StandardError,
                Math.Sqrt(Math.Max(effects.Variance - mode.StandardError * mode.StandardError, 0)),
                mode.Mode - half * mode.StandardError, mode.Mode + half * mode.StandardError,
                mode.Mode - pair * mode.StandardError, mode.Mode + pair * mode.StandardError))])
        {
            Remarks =
            [
                FormattableString.Invariant($"Against the average group: {half:F2} comparative standard errors to either side; for one ")
                    + "group that was chosen beforehand, not for telling two groups apart. "
                    + FormattableString.Invariant($"For pairs: {pair:F2} to either side; where two do not overlap the groups differ. ")
                    + FormattableString.Invariant($"Those of equal groups fail to overlap in {100 * (1 - settings.Level):0.#}% of cases, ")
                    + "on average over pairs (Goldstein and Healy 1995); whether one of them holds 0 says nothing.",
                "Neither is corrected for the number of groups looked at. The estimates of the model are taken as known.",
                .. effects.Remarks,
            ],
        };
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(Rows.Select(row => row.ComparativeError), 3);
        yield return new FitTable($"Groups of {Group}: effects with comparative SE, intervals against the average, intervals for pairs",
            ["group", "effect", "SE", FormattableString.Invariant($"{100 * Level:0.#}% from"), "to", "pairs from", "to"], 1,
            Excerpt.Of(Rows, row =>
            [
                row.Level, number.Text(row.Effect), number.Text(row.ComparativeError), number.Text(row.Lower), number.Text(row.Upper),
                number.Text(row.PairLower), number.Text(row.PairUpper),
            ]));
    }
}
