using System.Globalization;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Formatting;

/// <summary>How far something is.</summary>
/// <param name="Label">What it is; may be empty.</param>
/// <param name="Fraction">How much of it is done, from 0 to 1; what lies outside is shown as the nearer end.</param>
public sealed record ProgressBar(string Label, double Fraction)
{
    private const int TextWidth = 20;

    private double Done => double.IsNaN(Fraction) ? 0 : Math.Clamp(Fraction, 0, 1);

    private string Percent => Done.ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The bar in text.</summary>
    public override string ToString()
    {
        var full = (int)Math.Floor((Done * TextWidth) + 1e-9);
        return $"{Label} [{new string('#', full)}{new string('-', TextWidth - full)}] {Percent}".TrimStart();
    }

    /// <summary>The bar as HTML, which a screen reader can tell.</summary>
    internal string ToHtml()
    {
        var label = HtmlEscape.Of(Label.Length > 0 ? Label : "Progress");
        var value = Done.ToString("0.####", CultureInfo.InvariantCulture);
        return $"<div><progress max=\"1\" value=\"{value}\" aria-label=\"{label}\">{Percent}</progress> "
            + HtmlEscape.Of($"{Label} {Percent}".TrimStart()) + "</div>";
    }
}
