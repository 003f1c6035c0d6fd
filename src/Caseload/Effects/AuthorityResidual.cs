using Caseload.Descriptives;
using Caseload.Frames;
using Caseload.MixedModels;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.GroupComparisons;

namespace Caseload.Effects;

/// <summary>How an authority's re-referral compares with what the model expects of it.</summary>
public enum Expectation
{
    /// <summary>Less than expected.</summary>
    Below,

    /// <summary>Not told from what is expected.</summary>
    AsExpected,

    /// <summary>More than expected.</summary>
    Above,
}

/// <summary>What is left of an authority's re-referral after its children and its area figures: its conditional mode.</summary>
/// <param name="Authority">The authority's code.</param>
/// <param name="Children">Its modelled children.</param>
/// <param name="Effect">The conditional mode on the scale of log odds; 0 is as expected.</param>
/// <param name="StandardError">Its comparative standard error.</param>
public sealed record AuthorityResidual(string Authority, int Children, double Effect, double StandardError)
{
    /// <summary>The odds ratio against the average from which an authority counts as more than expected; its inverse as less.</summary>
    public const double Size = 1.1;

    /// <summary>The share of those named that is expected, at most, not to exceed the size.</summary>
    public const double FalseDiscovery = 0.05;

    /// <summary>
    /// How many standard errors the comparison interval reaches to either side: so many that two equal authorities fail to overlap in 5% of
    /// cases, on average over all pairs (Goldstein and Healy 1995). 1.39 where all errors are alike, more where they differ.
    /// </summary>
    public double PairMultiplier { get; init; } = double.NaN;

    /// <summary>The probability, given the data, that its odds exceed those of the average by <see cref="Size"/>.</summary>
    public double Above { get; init; }

    /// <summary>The probability, given the data, that its odds fall short of those of the average by <see cref="Size"/>.</summary>
    public double Below { get; init; }

    /// <summary>The larger of the two: that of the side on which it lies.</summary>
    public double Chance => Math.Max(Above, Below);

    /// <summary>
    /// What may be said of it: named are as many authorities, the surest first, as keep the mean probability of being named wrongly within
    /// <see cref="FalseDiscovery"/> (Newton, Noueiry, Sarkar and Ahlquist 2004).
    /// </summary>
    public Expectation Expectation { get; init; } = Expectation.AsExpected;

    /// <summary>The 95% interval of its rank among all modelled authorities, 1 the lowest (Goldstein and Spiegelhalter 1996).</summary>
    public (int Lower, int Upper) Rank { get; init; }

    /// <summary>Lower end of the comparison interval: two authorities differ where theirs do not overlap.</summary>
    public double ComparisonLower => Effect - (PairMultiplier * StandardError);

    /// <summary>Upper end of the comparison interval.</summary>
    public double ComparisonUpper => Effect + (PairMultiplier * StandardError);

    /// <summary>Lower end of the 95% interval against the average authority.</summary>
    public double Lower => Effect - (Normal.Quantile975 * StandardError);

    /// <summary>Upper end of the 95% interval against the average authority.</summary>
    public double Upper => Effect + (Normal.Quantile975 * StandardError);

    /// <summary>The authorities in order of their effect.</summary>
    /// <param name="fit">A model with one random intercept for the authority.</param>
    /// <param name="data">The data that it was fitted to.</param>
    public static IReadOnlyList<AuthorityResidual> Of(MixedModelFit fit, Frame data)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(data);
        var counts = data.GroupBy("authority").Counts();
        var children = Enumerable.Range(0, counts.RowCount).ToDictionary(
            row => counts.Text("authority")[row]!, row => counts.Integer("count").Values[row], StringComparer.Ordinal);

        // A coefficient without an estimate is one of a few children: the modes of the authorities stand.
        var estimated = fit with { Obstacle = null };
        var multiplier = estimated.CompareGroups().PairMultiplier;
        var chances = estimated.UnexpectedGroups(Math.Log(Size), FalseDiscovery).Rows.ToDictionary(r => r.Level, StringComparer.Ordinal);
        var ranks = estimated.RankGroups().Rows.ToDictionary(r => r.Level, StringComparer.Ordinal);
        return [.. fit.ConditionalModes
            .Select(mode => new AuthorityResidual(mode.Level, children[mode.Level], mode.Mode, mode.StandardError)
            {
                PairMultiplier = multiplier,
                Above = chances[mode.Level].Above,
                Below = chances[mode.Level].Below,
                Expectation = chances[mode.Level].Standing switch
                {
                    Standing.Above => Expectation.Above,
                    Standing.Below => Expectation.Below,
                    _ => Expectation.AsExpected,
                },
                Rank = (ranks[mode.Level].Lower, ranks[mode.Level].Upper),
            })
            .OrderBy(r => r.Effect).ThenBy(r => r.Authority, StringComparer.Ordinal)];
    }
}
