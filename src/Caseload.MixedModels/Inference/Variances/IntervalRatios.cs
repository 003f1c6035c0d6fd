using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Inference.Variances;

/// <summary>A covariate of the groups, and how far its effect tells against the differences between groups.</summary>
/// <param name="Effect">The coefficient.</param>
/// <param name="Groups">The groupings within whose groups it is constant.</param>
/// <param name="Lower">The lower end of the interval of ratios between two groups that differ by 1 in it.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="Opposed">The share of such pairs of groups whose ratio lies on the other side of 1 than the coefficient's.</param>
public sealed record IntervalRatioRow(FixedEffect Effect, string Groups, double Lower, double Upper, double Opposed);

/// <summary>
/// Beside the ratio of each covariate that is constant within groups, the interval that holds a share of the ratios between two randomly
/// drawn groups, one with the covariate 1 higher than the other.
/// </summary>
/// <param name="Name">The ratio: odds ratio, rate ratio or hazard ratio.</param>
/// <param name="Coverage">The share of pairs in the interval.</param>
/// <param name="Rows">One row a covariate.</param>
public sealed record IntervalRatios(string Name, double Coverage, IReadOnlyList<IntervalRatioRow> Rows) : InferenceResult
{
    internal static IntervalRatios Of(MixedModelFit fit, double coverage)
    {
        var ratio = RandomEffectsNeeded.ByRatio(fit, "an interval odds ratio");
        Levels.Require(coverage, "coverage");
        var constant = GroupConstants.Of(PredictorRows.OfData(fit), PredictorRows.Data(fit).Frame);
        return new IntervalRatios(ratio, coverage, [.. fit.FixedEffects.Zip(constant).Where(pair => pair.Second.Count > 0)
            .Select(pair => Row(fit, pair.First, pair.Second, coverage))]) { Remarks = [.. Said(fit, constant)] };
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var share = FormattableString.Invariant($"{100 * Coverage:0.#}%");
        string[] groups = [.. Rows.Select(row => row.Groups).Distinct()];
        yield return new FitTable($"Covariates that are constant within {(groups is [var one] ? $"groups of {one}" : "groups")}, "
            + $"with the {share} interval {Name}",
            ["term", .. groups.Length > 1 ? new[] { "constant in" } : [], Name, "95% from", "to", $"{share} interval", "to", "opposed"],
            groups.Length > 1 ? 2 : 1, [.. Rows.Select(row => (string[])
            [
                row.Effect.Term, .. groups.Length > 1 ? new[] { row.Groups } : [],
                FitTable.Decimals(row.Effect.OddsRatio, 3), FitTable.Decimals(row.Effect.OddsRatioLower, 3),
                FitTable.Decimals(row.Effect.OddsRatioUpper, 3), FitTable.Decimals(row.Lower, 3), FitTable.Decimals(row.Upper, 3),
                FormattableString.Invariant($"{100 * row.Opposed:0.0}%"),
            ])]);
    }

    // The difference of two groups' effects has twice their variance.
    private static IntervalRatioRow Row(MixedModelFit fit, FixedEffect effect, IReadOnlyList<string> groups, double coverage)
    {
        var deviation = Math.Sqrt(2 * fit.RandomEffects.Where(random => groups.Contains(random.Group)).Sum(InterceptVariance));
        var half = StandardNormal.HalfWidth(coverage) * deviation;
        return new IntervalRatioRow(effect, string.Join(", ", groups), Math.Exp(effect.Estimate - half), Math.Exp(effect.Estimate + half),
            deviation == 0 ? 0 : StandardNormal.Below(-Math.Abs(effect.Estimate) / deviation));
    }

    private static double InterceptVariance(RandomEffect effect)
    {
        var intercept = effect.Terms.ToList().IndexOf(DesignColumn.InterceptName);
        return intercept < 0 ? 0 : effect.Covariance[intercept][intercept];
    }

    private static string Compared(Link link) => link switch
    {
        Link.Logit => "odds",
        Link.Log => "rates",
        _ => "hazards",
    };

    private static IEnumerable<string> Said(MixedModelFit fit, IReadOnlyList<string>[] constant)
    {
        if (constant.All(groups => groups.Count == 0)) yield return "No covariate of the fixed part is constant within groups.";
        else
        {
            yield return $"The interval says how the {Compared(fit.Link)} of one group compare with those of another whose covariate is 1 "
                + "lower, and is no confidence interval: where it holds 1, differences between groups outweigh the covariate. \"Opposed\" "
                + "is the share of pairs of groups that go the other way (Larsen and Merlo 2005; Merlo, Wagner, Ghith and Leckie 2016).";
        }

        if (fit.FixedEffects.Zip(constant).Any(pair => pair.Second.Count > 0 && pair.First.Term.Contains(':', StringComparison.Ordinal)))
            yield return "Of covariates that stand in a product too the ratios are those where the others in it are 0; the product's own "
                + "is of groups that differ in it alone, of which there may be none.";
        var groupings = fit.RandomEffects.Select(effect => effect.Group).Distinct().Count();
        if (constant.Any(groups => groups.Count > 0 && groups.Count < groupings))
            yield return "Where a covariate is constant within some of the groupings only, the pairs are of one group of the others.";
        if (fit.RandomEffects.Any(effect => effect.Terms is not [DesignColumn.InterceptName]))
            yield return "With random slopes the interval is that where the slopes' covariates are 0.";
    }
}
