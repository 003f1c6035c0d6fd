using System.Globalization;
using System.Xml.Linq;
using Caseload.Figures;

namespace Caseload.Tests.Figures;

/// <summary>A line of words in a drawing, with the room it takes.</summary>
internal sealed record SvgText(string Text, double Left, double Right, double Top, double Bottom, string Fill)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static IReadOnlyList<SvgText> Of(string svg) => [.. XDocument.Parse(svg).Descendants(Svg + "text").Select(Of)];

    public bool Touches(SvgText other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    private static SvgText Of(XElement element)
    {
        double Number(string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        var (x, baseline, size) = (Number("x"), Number("y"), Number("font-size"));
        var width = TextMeasure.Width(element.Value, size, element.Attribute("font-weight") is not null);
        var left = element.Attribute("text-anchor")?.Value switch { "middle" => x - width / 2, "end" => x - width, _ => x };

        // Capitals rise about 0.72 of the size above the baseline, descenders fall 0.2 below it.
        return new SvgText(element.Value, left, left + width, baseline - 0.72 * size, baseline + 0.2 * size,
            element.Attribute("fill")!.Value);
    }
}
