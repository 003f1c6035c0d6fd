using System.Globalization;

namespace Caseload.MixedModels.Fits;

/// <summary>A table of words and formatted numbers, for a terminal or a page.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Header">The names of its columns.</param>
/// <param name="TextColumns">How many of the first columns hold words; the others hold numbers.</param>
/// <param name="Rows">Its cells, row by row.</param>
internal sealed record FitTable(string Caption, string[] Header, int TextColumns, string[][] Rows)
{
    private static readonly string[] Wald = ["term", "estimate", "SE", "z", "p"];
    private static readonly string[] Interval = ["95% from", "to"];

    /// <summary>The random effects, a row an effect, with the residuals of a linear model below them.</summary>
    internal static FitTable Random(MixedModelFit fit)
    {
        var residual = fit.ResidualStandardDeviation ?? double.NaN;
        var variance = AlignedNumbers.Of(fit.RandomEffects.SelectMany(e => e.Terms.Select((_, i) => e.Covariance[i][i]))
            .Append(residual * residual), 4);
        var deviation = AlignedNumbers.Of(fit.RandomEffects.SelectMany(e => e.StandardDeviations).Append(residual), 4);
        var error = AlignedNumbers.Of(fit.RandomEffects.SelectMany(e => e.StandardDeviationErrors), 4);
        var correlations = fit.RandomEffects.Max(effect => effect.Terms.Count) - 1;
        var rows = fit.RandomEffects.SelectMany(effect => effect.Terms.Select((term, i) => Filled(
            [effect.Group, term, variance.Text(effect.Covariance[i][i]), deviation.Text(effect.StandardDeviations[i]),
                error.Text(effect.StandardDeviationErrors[i]), .. effect.Correlation[i].Take(i).Select(r => Decimals(r, 3))])));
        if (fit.ResidualStandardDeviation is not null)
            rows = rows.Append(Filled(["residual", "", variance.Text(residual * residual), deviation.Text(residual)]));
        return new FitTable("Random effects",
            ["group", "term", "variance", "SD", "SE of SD", .. Enumerable.Range(1, correlations).Select(CorrelationHeader)], 2, [.. rows]);

        string CorrelationHeader(int effect) => correlations == 1 ? "correlation" : effect switch
        {
            1 => "correlation with 1st",
            2 => "2nd",
            3 => "3rd",
            _ => Whole(effect) + "th",
        };

        string[] Filled(string[] cells) => [.. cells, .. Enumerable.Repeat("", 5 + correlations - cells.Length)];
    }

    /// <summary>
    /// The fixed effects, with the exponential of each where it is a ratio of odds, rates or hazards: intervals are then those of the
    /// ratio.
    /// </summary>
    internal static FitTable Fixed(MixedModelFit fit)
    {
        var ratio = FitWords.Ratio(fit);
        var number = AlignedNumbers.Of(fit.FixedEffects.Select(effect => effect.StandardError), 3);
        return new FitTable("Fixed effects", ratio is null ? [.. Wald, .. Interval] : [.. Wald, ratio, .. Interval], 1,
            [.. fit.FixedEffects.Select(effect => (string[])
            [
                effect.Term, number.Text(effect.Estimate), number.Text(effect.StandardError), Decimals(effect.Z, 2), Probability(effect.P),
                .. ratio is null ? [number.Text(effect.Lower), number.Text(effect.Upper)]
                    : new[] { effect.OddsRatio, effect.OddsRatioLower, effect.OddsRatioUpper }.Select(value => Decimals(value, 3)),
            ])]);
    }

    /// <summary>A comparison of fits, a row a fit.</summary>
    internal static FitTable Comparison(LikelihoodRatioTable table) => new("Likelihood-ratio tests, each model against the one above it",
        ["model", "parameters", "log-likelihood", "deviance", "AIC", "chi-square", "df", "p"], 1,
        [.. table.Rows.Select(row => (string[])
        [
            row.Name, Whole(row.Parameters), Decimals(row.LogLikelihood, 3), Decimals(row.Deviance, 3), Decimals(row.Aic, 3),
            Decimals(row.ChiSquare, 2), Degrees(row), (row.PIsBound && row.P >= 0.0001 ? "<=" : "") + Probability(row.P),
        ])]);

    // Two numbers of a mixture of chi-square distributions.
    private static string Degrees(LikelihoodRatioRow row) => row.DegreesOfFreedom == 0 ? "-"
        : row.AddedVariances == 1 ? $"{Whole(row.DegreesOfFreedom - 1)}:{Whole(row.DegreesOfFreedom)}" : Whole(row.DegreesOfFreedom);

    /// <summary>A number with so many decimals; a dash where there is none.</summary>
    internal static string Decimals(double value, int digits) => double.IsNaN(value)
        ? "-" : value.ToString(Math.Abs(value) < 1e7 ? "F" + digits : "G4", CultureInfo.InvariantCulture);

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A p value with four decimals.</summary>
    internal static string Probability(double p) =>
        double.IsNaN(p) ? "-" : p < 0.0001 ? "<0.0001" : p.ToString("F4", CultureInfo.InvariantCulture);
}
