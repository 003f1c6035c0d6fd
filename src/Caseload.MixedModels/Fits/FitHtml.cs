using System.Globalization;
using System.Net;
using System.Text;

namespace Caseload.MixedModels.Fits;

/// <summary>Fits and comparisons of fits as HTML tables, for a notebook.</summary>
public static class FitHtml
{
    /// <summary>The summary of a fit.</summary>
    /// <param name="fit">The fit.</param>
    public static string Summary(MixedModelFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var html = new StringBuilder("<section class=\"fit\">");
        html.Append(CultureInfo.InvariantCulture, $"<p><strong>{FitText.Title(fit)}</strong><br><code>{Encode(fit.Formula)}</code></p>");
        html.Append(CultureInfo.InvariantCulture,
            $"<p>{Encode(FitText.Counts(fit))}; log-likelihood {fit.LogLikelihood:F3}, AIC {fit.Aic:F3}</p>");
        if (fit.RandomEffects.Count > 0)
        {
            Append(html, "Random effects", ["group", "term", "variance", "SD", "SE of SD"], FitText.RandomRows(fit));
            var words = FitText.VarianceWords(fit);
            html.Append(CultureInfo.InvariantCulture, $"<p>{Encode(char.ToUpperInvariant(words[0]) + words[1..])}</p>");
        }

        if (FitText.DispersionWords(fit) is { } dispersion) html.Append(CultureInfo.InvariantCulture, $"<p>{Encode(dispersion)}</p>");
        Append(html, "Fixed effects", FitText.FixedHeader(fit), fit.FixedEffects.Select(effect => FitText.Row(fit, effect)));
        if (fit.RandomEffects.Count == 0 && fit.ResidualStandardDeviation is { } deviation)
            html.Append(CultureInfo.InvariantCulture, $"<p>Residual standard deviation {FitText.Short(deviation)}</p>");
        foreach (var warning in fit.Warnings) html.Append(CultureInfo.InvariantCulture,
            $"<p role=\"note\">Warning ({warning.Check}): {Encode(warning.Message)}</p>");
        return html.Append("</section>").ToString();
    }

    /// <summary>A comparison of fits.</summary>
    /// <param name="table">The comparison.</param>
    public static string Table(LikelihoodRatioTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var html = new StringBuilder();
        Append(html, "Likelihood-ratio tests, each model against the one above it",
            ["model", "parameters", "log-likelihood", "deviance", "AIC", "chi-square", "df", "p"], table.Rows.Select(FitText.Row));
        return html.ToString();
    }

    private static void Append(StringBuilder html, string caption, string[] header, IEnumerable<string[]> rows)
    {
        html.Append(CultureInfo.InvariantCulture, $"<table><caption>{caption}</caption><thead><tr>");
        foreach (var name in header) html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{name}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Encode(row[0])}</th>");
            foreach (var cell in row.Skip(1)) html.Append(CultureInfo.InvariantCulture,
                $"<td style=\"text-align:right\">{Encode(cell)}</td>");
            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
