using System.Globalization;
using System.Text;

namespace Caseload.Figures.Svg;

/// <summary>How a line is drawn.</summary>
internal readonly record struct Stroke(Colour Colour, double Width, Dash Dash = Dash.Solid, double Opacity = 1);

/// <summary>How words are set.</summary>
internal readonly record struct Letters(double Size, Colour Colour, Anchor Anchor = Anchor.Start, bool IsBold = false);

/// <summary>Writes the few SVG elements that charts need, with coordinates rounded to hundredths of a pixel.</summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder svg = new();

    public static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    public static string Point(Place at) => Number(at.X) + " " + Number(at.Y);

    public void Raw(string markup) => svg.Append(markup);

    public void Line(Place from, Place to, Stroke stroke) =>
        svg.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{Number(from.X)}\" y1=\"{Number(from.Y)}\" x2=\"{Number(to.X)}\" y2=\"{Number(to.Y)}\"{Attributes(stroke)}/>\n");

    public void Path(string data, Stroke stroke) =>
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{data}\" fill=\"none\" stroke-linejoin=\"round\"{Attributes(stroke)}/>\n");

    public void Area(string data, Colour fill, double opacity) =>
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{data}\" fill=\"{fill.Hex}\" fill-opacity=\"{Number(opacity)}\"/>\n");

    public void Rectangle(Place from, Place to, Colour fill, Stroke? stroke = null)
    {
        var (x, y) = (Math.Min(from.X, to.X), Math.Min(from.Y, to.Y));
        var line = stroke is { } s ? " rx=\"3\"" + Attributes(s) : "";
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(Math.Abs(to.X - from.X))}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"height=\"{Number(Math.Abs(to.Y - from.Y))}\" fill=\"{fill.Hex}\"{line}/>\n");
    }

    /// <summary>One line of words, its middle at the height of the place.</summary>
    public void Text(Place at, string text, Letters letters)
    {
        var anchor = letters.Anchor switch { Anchor.Middle => " text-anchor=\"middle\"", Anchor.End => " text-anchor=\"end\"", _ => "" };
        var weight = letters.IsBold ? " font-weight=\"700\"" : "";

        // The middle of the x-height and capitals lies about 0.35 of the size above the baseline; dominant-baseline is not known
        // everywhere.
        var baseline = at.Y + 0.35 * letters.Size;
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{Number(at.X)}\" y=\"{Number(baseline)}\" font-size=\"{Number(letters.Size)}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"fill=\"{letters.Colour.Hex}\"{weight}{anchor}>{Markup.Escape(text)}</text>\n");
    }

    public void Symbol(Place at, Symbol symbol, double size, Colour colour)
    {
        var r = size / 2;
        if (symbol == Figures.Symbol.Circle)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<circle cx=\"{Number(at.X)}\" cy=\"{Number(at.Y)}\" r=\"{Number(r)}\" fill=\"{colour.Hex}\"/>\n");
            return;
        }

        (double X, double Y)[] corners = symbol switch
        {
            Figures.Symbol.Square => [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            Figures.Symbol.Diamond => [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)],
            Figures.Symbol.TriangleUp => [(0, -1.2), (1.1, 0.85), (-1.1, 0.85)],
            _ => [(0, 1.2), (1.1, -0.85), (-1.1, -0.85)],
        };
        var path = "M" + string.Join(" L", corners.Select(c => Point(new Place(at.X + c.X * r, at.Y + c.Y * r)))) + "Z";
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=\"{colour.Hex}\"/>\n");
    }

    public override string ToString() => svg.ToString();

    private static string Attributes(Stroke stroke)
    {
        var dash = stroke.Dash switch
        {
            Dash.Dashed => " stroke-dasharray=\"7 4\"",
            Dash.Dotted => " stroke-dasharray=\"2 3\"",
            Dash.DashDot => " stroke-dasharray=\"8 3 2 3\"",
            _ => "",
        };
        var opacity = stroke.Opacity < 1 ? $" stroke-opacity=\"{Number(stroke.Opacity)}\"" : "";
        return $" stroke=\"{stroke.Colour.Hex}\" stroke-width=\"{Number(stroke.Width)}\"{dash}{opacity}";
    }
}
