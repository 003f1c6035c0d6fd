using System.Net;
using System.Text;

namespace Caseload.MixedModels.Fits;

/// <summary>Fits and comparisons of fits as HTML tables, for a notebook.</summary>
public static class FitHtml
{
    private const string TableStyle = "border-collapse:collapse;margin:0.75em 0;font-variant-numeric:tabular-nums";
    private const string CaptionStyle = "text-align:left;font-weight:bold;padding:0.25em 0";
    private const string HeaderLine = "border-bottom:1px solid currentColor;";

    /// <summary>The summary of a fit.</summary>
    /// <param name="fit">The fit.</param>
    public static string Summary(MixedModelFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var html = new StringBuilder("<section class=\"fit\">");
        html.Append($"<p><strong>{Encode(FitWords.Title(fit))}</strong><br><code>{Encode(fit.Formula)}</code></p>");
        var likelihood = FitWords.Likelihood(fit).Replace("   ", ", ", StringComparison.Ordinal);
        html.Append($"<p>{Encode(FitWords.Counts(fit))}<br>{Encode(likelihood)}</p>");
        if (fit.RandomEffects.Count > 0) Append(html, FitTable.Random(fit));
        var remarks = FitWords.Remarks(fit).Select(remark => Encode(FitWords.Capital(remark))).ToArray();
        if (remarks.Length > 0) html.Append($"<p>{string.Join("<br>", remarks)}</p>");
        Append(html, FitTable.Fixed(fit));
        foreach (var warning in fit.Warnings) html.Append($"<p role=\"note\">{Encode(FitWords.Warning(warning))}</p>");
        return html.Append("</section>").ToString();
    }

    /// <summary>A comparison of fits.</summary>
    /// <param name="table">The comparison.</param>
    public static string Table(LikelihoodRatioTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var html = new StringBuilder();
        Append(html, FitTable.Comparison(table));
        foreach (var remark in table.Remarks) html.Append($"<p role=\"note\">{Encode(remark)}</p>");
        return html.ToString();
    }

    internal static void Append(StringBuilder html, FitTable table)
    {
        html.Append($"<table style=\"{TableStyle}\"><caption style=\"{CaptionStyle}\">{Encode(table.Caption)}</caption><thead><tr>");
        for (var column = 0; column < table.Header.Length; column++)
            html.Append($"<th scope=\"col\" style=\"{HeaderLine}{Cell(table, column)}\">{Encode(table.Header[column])}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (var row in table.Rows)
        {
            html.Append($"<tr><th scope=\"row\" style=\"font-weight:normal;{Cell(table, 0)}\">{Encode(row[0])}</th>");
            for (var column = 1; column < row.Length; column++)
                html.Append($"<td style=\"{Cell(table, column)}\">{Encode(row[column])}</td>");
            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
    }

    private static string Cell(FitTable table, int column) =>
        $"text-align:{(column < table.TextColumns ? "left" : "right")};padding:0.15em 0.75em 0.15em 0";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
