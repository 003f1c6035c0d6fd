namespace Caseload.Figures.Svg;

/// <summary>Draws an entry of the legend: the mark of its series and its name.</summary>
internal static class SvgLegend
{
    public static void Draw(SvgCanvas canvas, LegendEntry entry)
    {
        var (trace, at) = entry;
        var (left, middle) = (at.X, at.Y + FigureLayout.LegendLine / 2);
        var right = left + FigureLayout.LegendMark;
        var centre = new Place((left + right) / 2, middle);
        switch (trace)
        {
            case BarTrace:
                canvas.Rectangle(new Place(right - 16, middle - 6), new Place(right - 2, middle + 6), trace.Colour);
                break;
            case LineTrace line:
                canvas.Line(new Place(left, middle), new Place(right, middle), new Stroke(line.Colour, line.Width, line.Dash));
                break;
            case PointTrace points:
                if (points.Lower.Count > 0)
                    canvas.Line(new Place(left + 2, middle), new Place(right - 2, middle), new Stroke(points.Colour, 1.4));
                canvas.Symbol(centre, points.Symbol, Math.Max(points.Size, 7), points.Colour);
                break;
            case RugTrace:
                for (var i = -1; i <= 1; i++)
                    canvas.Line(new Place(centre.X + 5 * i, middle - 5), new Place(centre.X + 5 * i, middle + 5),
                        new Stroke(trace.Colour, 1, Opacity: 0.7));
                break;
        }

        canvas.Text(new Place(right + 6, middle), trace.Name, new Letters(FigureLayout.LabelSize, Palette.Ink));
    }
}
