using Caseload.MixedModels.Fits;
using Caseload.MixedModels.Inference.Means;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>An average marginal effect, on the scale of the response.</summary>
/// <param name="Column">The column of the data.</param>
/// <param name="Change">What changes: "slope" of a number, "1 - 0" of numbers that are 0 or 1, "b - a" of a factor.</param>
/// <param name="Effect">The effect: the mean derivative, or the mean change.</param>
/// <param name="StandardError">Its standard error by the delta method.</param>
public sealed record MarginalEffect(string Column, string Change, double Effect, double StandardError)
{
    /// <summary>The effect in standard errors.</summary>
    public double Z => Effect / StandardError;

    /// <summary>The two-sided p value of the test that it is 0.</summary>
    public double P => StandardNormal.Beyond(Z);
}

/// <summary>Average marginal effects.</summary>
/// <param name="Groups">Which groups they are for.</param>
/// <param name="Level">The level of the intervals.</param>
/// <param name="Rows">One row a change.</param>
public sealed record MarginalEffects(GroupsAs Groups, double Level, IReadOnlyList<MarginalEffect> Rows) : InferenceResult
{
    /// <summary>The lower end of an effect's interval.</summary>
    /// <param name="effect">One of the rows.</param>
    public double Lower(MarginalEffect effect) => effect.Effect - StandardNormal.HalfWidth(Level) * effect.StandardError;

    /// <summary>The upper end of an effect's interval.</summary>
    /// <param name="effect">One of the rows.</param>
    public double Upper(MarginalEffect effect) => effect.Effect + StandardNormal.HalfWidth(Level) * effect.StandardError;

    internal override IEnumerable<FitTable> Tables()
    {
        var number = AlignedNumbers.Of(Rows.Select(row => row.StandardError), 3);
        yield return new FitTable($"Average marginal effects on the mean response, {Where(Groups)}",
            ["column", "change", "effect", "SE", "z", "p", FormattableString.Invariant($"{100 * Level:0.#}% from"), "to"], 2,
            [.. Rows.Select(row => (string[])
            [
                row.Column, row.Change, number.Text(row.Effect), number.Text(row.StandardError), FitTable.Decimals(row.Z, 2),
                FitTable.Probability(row.P), number.Text(Lower(row)), number.Text(Upper(row)),
            ])]);
    }

    /// <summary>Which groups, in words.</summary>
    internal static string Where(GroupsAs groups) =>
        groups == GroupsAs.AtZero ? "where the random effects are 0" : "averaged over the random effects";
}
