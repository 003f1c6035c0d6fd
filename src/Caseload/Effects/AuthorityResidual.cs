using Caseload.Descriptives;
using Caseload.Frames;
using Caseload.MixedModels.Fits;

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
    // Two intervals of 1.39 standard errors that just touch differ at the 5% level when the errors are alike (Goldstein and Healy 1995).
    private const double PairQuantile = 1.39;

    /// <summary>Lower end of the comparison interval: two authorities differ where theirs do not overlap.</summary>
    public double ComparisonLower => Effect - (PairQuantile * StandardError);

    /// <summary>Upper end of the comparison interval.</summary>
    public double ComparisonUpper => Effect + (PairQuantile * StandardError);

    /// <summary>Lower end of the 95% interval against the average authority.</summary>
    public double Lower => Effect - (Normal.Quantile975 * StandardError);

    /// <summary>Upper end of the 95% interval against the average authority.</summary>
    public double Upper => Effect + (Normal.Quantile975 * StandardError);

    /// <summary>
    /// Whether the 95% interval against the average lies on one side of 0. Modes are drawn towards 0, so by chance alone fewer than one
    /// in twenty do.
    /// </summary>
    public Expectation Expectation => Lower > 0 ? Expectation.Above : Upper < 0 ? Expectation.Below : Expectation.AsExpected;

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
        return [.. fit.ConditionalModes
            .Select(mode => new AuthorityResidual(mode.Level, children[mode.Level], mode.Mode, mode.StandardError))
            .OrderBy(r => r.Effect).ThenBy(r => r.Authority, StringComparer.Ordinal)];
    }
}
