using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Profiles;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>
/// The parameters that a generalised model was maximised in, with the covariance of their estimates; and how fixed effects and covariance
/// matrices, as the fit gives them, move with these.
/// </summary>
internal sealed class FreeParameters
{
    private readonly MixedModelFit fit;
    private readonly Estimates estimates;
    private readonly IReadOnlyList<EffectRow> rows;

    private FreeParameters(MixedModelFit fit, Estimates estimates)
    {
        (this.fit, this.estimates) = (fit, estimates);
        var first = estimates.Design.Width;
        rows = estimates.Optimum.Likelihood is IRandomEffectsLikelihood general
            ? [.. EffectRow.Of(general.Layout, general.Factors.Elements, general.FirstRandomParameter, null)]
            : [new EffectRow(fit.RandomEffects[0].Group, DesignColumn.InterceptName, [(first, 0, 1)])];
    }

    /// <summary>The covariance of the estimates.</summary>
    internal double[,] Covariance => estimates.Covariance!;

    /// <summary>
    /// Of a fit, by fitting it again; null where the covariance of its variances is not known, as at the edge of their range.
    /// </summary>
    internal static FreeParameters? Of(MixedModelFit fit)
    {
        if (fit.Singular || fit.Data is not { } data) return null;
        var fitter = new Fitter(data.Frame, data.Settings);
        fitter.Fit();
        return fitter.Found?.Estimates is { Covariance: not null } found ? new FreeParameters(fit, found) : null;
    }

    /// <summary>The change of fixed effects and covariance matrices, block after block and row after row, that a change of the parameters
    /// brings.</summary>
    internal double[] Carry(double[] change) => [.. estimates.Design.ToOriginal(change.AsSpan(0, estimates.Design.Width)),
        .. fit.RandomEffects.SelectMany((effect, block) => Moved(effect, block, change))];

    /// <summary>An element of a covariance matrix Sigma = RR' at some parameters.</summary>
    /// <param name="one">The row of R of one effect.</param>
    /// <param name="other">That of another one of the block.</param>
    /// <param name="point">The parameters.</param>
    internal static double Sigma(EffectRow one, EffectRow other, double[] point) => Product(Elements(one, point), Elements(other, point));

    // Sigma = RR', so that its change is dR R' + R dR'.
    private IEnumerable<double> Moved(RandomEffect effect, int block, double[] change)
    {
        EffectRow[] ordered = [.. effect.Terms.Select(term => rows.First(row => row.Block == block && row.Term == term))];
        var at = ordered.Select(row => Elements(row, estimates.Optimum.Next)).ToArray();
        var moved = ordered.Select(row => Elements(row, change)).ToArray();
        return from i in Enumerable.Range(0, ordered.Length)
               from j in Enumerable.Range(0, ordered.Length)
               select Product(moved[i], at[j]) + Product(at[i], moved[j]);
    }

    private static Dictionary<int, double> Elements(EffectRow row, double[] point) => row.Parts.GroupBy(part => part.Element)
        .ToDictionary(part => part.Key, part => part.Sum(p => p.Weight * point[p.Parameter]));

    private static double Product(Dictionary<int, double> one, Dictionary<int, double> other) =>
        one.Sum(element => element.Value * other.GetValueOrDefault(element.Key));
}
