using Caseload.Frames;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Rows;

namespace Caseload.MixedModels.Inference.Variances;

/// <summary>The median ratio of one grouping at some covariates.</summary>
/// <param name="At">The covariates, where the variance depends on them.</param>
/// <param name="Group">The grouping.</param>
/// <param name="Variance">The variance z' Sigma z that its effects bring to the linear predictor.</param>
/// <param name="Ratio">exp(sqrt(2 variance) 0.6745).</param>
public sealed record MedianRatioRow(string At, string Group, double Variance, double Ratio);

/// <summary>
/// The median ratio of the odds (of rates, of hazards) between the higher and the lower of two randomly drawn groups, all else equal.
/// </summary>
/// <param name="Name">The ratio: odds ratio, rate ratio or hazard ratio.</param>
/// <param name="Rows">One row a grouping and set of covariates.</param>
public sealed record MedianRatios(string Name, IReadOnlyList<MedianRatioRow> Rows) : InferenceResult
{
    // The 75% quantile of the standard normal distribution.
    private const double UpperQuartile = 0.6744897501960817;

    internal static MedianRatios Of(MixedModelFit fit, Frame? at)
    {
        var ratio = RandomEffectsNeeded.ByRatio(fit, "a median odds ratio");
        if (at is null && fit.RandomEffects.Any(effect => effect.Terms is not [Designs.DesignColumn.InterceptName]))
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, "a median odds ratio of random slopes without covariates",
                "rows with the columns of the slopes, as the variance depends on them", fit.Formula,
                "Give a frame of those columns, or a column and some of its values."));
        var effects = at is null
            ? [.. fit.RandomEffects.Select(effect => new EffectRows(effect, [[1.0]]))] : PredictorRows.Effects(fit, at);
        string[] labels = at is null ? [""] : RowLabels.Of(fit, at);
        var rows = from row in Enumerable.Range(0, labels.Length)
                   from grouping in effects.GroupBy(effect => effect.Effect.Group)
                   let variance = grouping.Sum(effect => effect.Variance(row))
                   select new MedianRatioRow(labels[row], grouping.Key, variance, Math.Exp(Math.Sqrt(2 * variance) * UpperQuartile));
        return new MedianRatios(ratio, [.. rows]);
    }

    internal override IEnumerable<FitTable> Tables()
    {
        var (variance, isAt) = (AlignedNumbers.Of(Rows.Select(row => row.Variance), 4), Rows.Any(row => row.At.Length > 0));
        yield return new FitTable($"Median {Name} of two randomly drawn groups",
            [.. isAt ? new[] { "at" } : [], "group", "variance", $"median {Name}"], isAt ? 2 : 1,
            Excerpt.Of(Rows, row =>
                [.. isAt ? new[] { row.At } : [], row.Group, variance.Text(row.Variance), FitTable.Decimals(row.Ratio, 3)]));
    }
}
