using System.Globalization;
using System.Text;
using Caseload.MixedModels.Checks;

namespace Caseload.MixedModels.Fits;

/// <summary>Fits and comparisons of fits in plain text, for a terminal.</summary>
public static class FitText
{
    /// <summary>The summary of a fit.</summary>
    /// <param name="fit">The fit.</param>
    public static string Summary(MixedModelFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Title(fit)}\n  {fit.Formula}\n\n{Counts(fit)}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"log-likelihood {Fixed(fit.LogLikelihood)}   deviance {Fixed(fit.Deviance)}   AIC {Fixed(fit.Aic)}   BIC {Fixed(fit.Bic)}\n");
        if (fit.RandomEffects.Count > 0)
        {
            text.Append("\nRandom effects\n");
            Lay(text, [["group", "term", "variance", "SD", "SE of SD"], .. RandomRows(fit)], left: 2);
            text.Append(CultureInfo.InvariantCulture, $"  {VarianceWords(fit)}\n");
        }

        if (DispersionWords(fit) is { } words) text.Append(CultureInfo.InvariantCulture, $"\n{words}\n");
        text.Append("\nFixed effects\n");
        Lay(text, [FixedHeader(fit), .. fit.FixedEffects.Select(effect => Row(fit, effect))], left: 1);
        if (fit.RandomEffects.Count == 0 && fit.ResidualStandardDeviation is { } deviation)
            text.Append(CultureInfo.InvariantCulture, $"\nresidual standard deviation {Short(deviation)}\n");
        foreach (var warning in fit.Warnings) text.Append(CultureInfo.InvariantCulture,
            $"\nWarning ({warning.Check}): {warning.Message}\n");
        return text.ToString();
    }

    /// <summary>A comparison of fits as a table.</summary>
    /// <param name="table">The comparison.</param>
    public static string Table(LikelihoodRatioTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var text = new StringBuilder();
        Lay(text,
            [["model", "parameters", "log-likelihood", "deviance", "AIC", "chi-square", "df", "p"], .. table.Rows.Select(Row)], left: 1);
        return text.ToString();
    }

    /// <summary>What was fitted and how, in words.</summary>
    internal static string Title(MixedModelFit fit) => fit.Method switch
    {
        FitMethod.Lm => "Linear model, maximum likelihood",
        FitMethod.Ml => "Linear mixed model, maximum likelihood",
        FitMethod.Reml => $"Linear {(fit.Groups.Count > 0 ? "mixed " : "")}model, restricted maximum likelihood",
        FitMethod.Glm => ModelWord(fit) + " regression, maximum likelihood",
        _ => (HasOneIntercept(fit) ? $"Two-level {InSentence(fit)} model with a random intercept, " : $"{ModelWord(fit)} mixed model, ")
            + (fit.Method == FitMethod.Laplace ? "Laplace approximation" : string.Create(CultureInfo.InvariantCulture,
                $"adaptive Gauss-Hermite quadrature of {fit.QuadraturePoints} points"))
            + (fit.Method == FitMethod.Agq && fit.RandomEffects.Sum(effect => effect.Terms.Count) > 1 ? " for each effect" : ""),
    };

    /// <summary>What the variance of the random intercept says, where the link gives it a meaning.</summary>
    internal static string VarianceWords(MixedModelFit fit) => fit.Link switch
    {
        Link.Log => $"no variance partition coefficient: a {InSentence(fit)} model has no latent scale",
        Link.Identity => $"variance partition coefficient {Short(fit.VariancePartitionCoefficient)}",
        _ => $"variance partition coefficient {Short(fit.VariancePartitionCoefficient)} (latent scale)"
            + (fit.Link == Link.Logit ? $"   median odds ratio {Short(fit.MedianOddsRatio)}" : ""),
    };

    /// <summary>The header of the fixed effects: with a link other than the identity, intervals are those of the exponential.</summary>
    internal static string[] FixedHeader(MixedModelFit fit) => fit.Link == Link.Identity
        ? ["term", "estimate", "SE", "z", "p", "95% from", "to"] : ["term", "estimate", "SE", "z", "p", RatioWord(fit), "95% from", "to"];

    /// <summary>What the exponential of a coefficient is.</summary>
    private static string RatioWord(MixedModelFit fit) => fit.Link switch
    {
        Link.Logit => "odds ratio",
        Link.Log => "rate ratio",
        Link.Cloglog => "hazard ratio",
        _ => "exp(estimate)",
    };

    private static bool HasOneIntercept(MixedModelFit fit) =>
        fit.RandomEffects is [{ Terms.Count: 1 } only] && only.Terms[0] == Designs.DesignColumn.InterceptName;

    private static string InSentence(MixedModelFit fit) =>
        ModelWord(fit).ToLowerInvariant().Replace("poisson", "Poisson", StringComparison.Ordinal);

    /// <summary>What the dispersion says, of the negative binomial family; null of others.</summary>
    internal static string? DispersionWords(MixedModelFit fit) => fit.Family != Family.NegativeBinomial ? null
        : double.IsPositiveInfinity(fit.Dispersion) ? "dispersion without bound: the Poisson family"
        : $"dispersion d {Short(fit.Dispersion)}: a count of mean m has the variance m + m^2/d";

    private static string ModelWord(MixedModelFit fit) => (fit.Family, fit.Link) switch
    {
        (Family.NegativeBinomial, _) => "Negative binomial",
        (_, Link.Log) => "Poisson",
        (_, Link.Probit) => "Probit",
        (_, Link.Cloglog) => "Complementary log-log",
        _ => "Logistic",
    };

    internal static string Counts(MixedModelFit fit) => string.Create(CultureInfo.InvariantCulture, $"{fit.Observations} observations")
        + string.Concat(fit.Groups.Select(g =>
            string.Create(CultureInfo.InvariantCulture, $" in {g.Count} {(g.Count == 1 ? "group" : "groups")} of {g.Name}")))
        + string.Create(CultureInfo.InvariantCulture, $", {fit.Patterns} distinct patterns")
        + (fit.RowsLeftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {fit.RowsLeftOut} rows left out"));

    internal static string[] Row(MixedModelFit fit, FixedEffect effect) =>
    [
        effect.Term, Short(effect.Estimate), Short(effect.StandardError), Decimals(effect.Z, 2), Probability(effect.P),
        .. fit.Link == Link.Identity ? [Short(effect.Lower), Short(effect.Upper)]
            : new[] { effect.OddsRatio, effect.OddsRatioLower, effect.OddsRatioUpper }.Select(ratio => Decimals(ratio, 3)),
    ];

    internal static string[] Row(LikelihoodRatioRow row) =>
    [
        row.Name, row.Parameters.ToString(CultureInfo.InvariantCulture), Fixed(row.LogLikelihood), Fixed(row.Deviance), Fixed(row.Aic),
        Decimals(row.ChiSquare, 2), row.DegreesOfFreedom == 0 ? "-" : row.DegreesOfFreedom.ToString(CultureInfo.InvariantCulture),
        Probability(row.P),
    ];

    /// <summary>The rows of the random effects, with the residuals of a linear model below them.</summary>
    internal static IEnumerable<string[]> RandomRows(MixedModelFit fit)
    {
        var rows = fit.RandomEffects.SelectMany(Rows);
        return fit.ResidualStandardDeviation is { } deviation
            ? rows.Append(["residual", "", Short(deviation * deviation), Short(deviation), ""]) : rows;
    }

    private static IEnumerable<string[]> Rows(RandomEffect effect) => effect.Terms.Select((term, i) => new[]
    {
        effect.Group, term, Short(effect.Covariance[i][i]), Short(effect.StandardDeviations[i]), Short(effect.StandardDeviationErrors[i]),
    });

    internal static string Short(double value) => double.IsNaN(value) ? "-" : value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Fixed(double value) => Decimals(value, 3);

    private static string Decimals(double value, int digits) => double.IsNaN(value)
        ? "-"
        : value.ToString(Math.Abs(value) < 1e7 ? "F" + digits : "G4", CultureInfo.InvariantCulture);

    private static string Probability(double p) =>
        double.IsNaN(p) ? "-" : p < 0.0001 ? "<0.0001" : p.ToString("F4", CultureInfo.InvariantCulture);

    // Columns of equal width: the first ones to the left, numbers to the right.
    private static void Lay(StringBuilder text, IReadOnlyList<string[]> rows, int left)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var line = row.Select((cell, column) => column < left ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append("  ").Append(string.Join("  ", line).TrimEnd()).Append('\n');
        }
    }
}
