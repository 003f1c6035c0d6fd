using System.Text;

namespace Caseload.Figures.Svg;

/// <summary>Draws the series of a plot.</summary>
internal static class SvgTraces
{
    public const double BandOpacity = 0.14;
    public const double RugHeight = 9;

    public static void Draw(SvgCanvas canvas, FigureLayout layout, Trace trace)
    {
        switch (trace)
        {
            case BarTrace bars: Bars(canvas, layout, bars); break;
            case LineTrace line: Line(canvas, layout, line); break;
            case PointTrace points: Points(canvas, layout, points); break;
            case RugTrace rug: Rug(canvas, layout, rug); break;
        }
    }

    private static void Bars(SvgCanvas canvas, FigureLayout layout, BarTrace bars)
    {
        for (var i = 0; i < bars.Values.Count; i++)
        {
            if (!double.IsFinite(bars.Values[i])) continue;
            var (low, high) = (bars.Positions[i] - bars.Thickness / 2, bars.Positions[i] + bars.Thickness / 2);
            canvas.Rectangle(At(bars.Direction, layout, 0, low), At(bars.Direction, layout, bars.Values[i], high), bars.Colour);
            if (bars.Lower.Count > 0)
                Interval(canvas, At(bars.Direction, layout, bars.Lower[i], bars.Positions[i]),
                    At(bars.Direction, layout, bars.Upper[i], bars.Positions[i]),
                    new Stroke(Palette.Ink, 1.4));
        }
    }

    // A value along the direction and a position across it, as a place in the drawing.
    private static Place At(Direction direction, FigureLayout layout, double value, double position) => direction == Direction.Horizontal
        ? layout.At(new Place(value, position))
        : layout.At(new Place(position, value));

    private static void Line(SvgCanvas canvas, FigureLayout layout, LineTrace line)
    {
        if (line.Lower.Count > 0) Band(canvas, layout, line);
        var path = new StringBuilder();
        var pen = false;
        for (var i = 0; i < line.X.Count; i++)
        {
            var at = layout.At(new Place(line.X[i], line.Y[i]));
            if (!IsFinite(at))
            {
                pen = false;
                continue;
            }

            if (line.Shape == LineShape.Step && pen)
            {
                var half = (layout.X(line.X[i - 1]) + at.X) / 2;
                path.Append(" H").Append(SvgCanvas.Number(half)).Append(" V").Append(SvgCanvas.Number(at.Y)).Append(" H")
                    .Append(SvgCanvas.Number(at.X));
            }
            else
            {
                path.Append(pen ? " L" : path.Length > 0 ? " M" : "M").Append(SvgCanvas.Point(at));
            }

            pen = true;
        }

        canvas.Path(path.ToString(), new Stroke(line.Colour, line.Width, line.Dash));
        if (!line.HasPoints) return;
        for (var i = 0; i < line.X.Count; i++) Mark(canvas, layout.At(new Place(line.X[i], line.Y[i])), Symbol.Circle, 7, line.Colour);
    }

    private static void Band(SvgCanvas canvas, FigureLayout layout, LineTrace line)
    {
        var known = Enumerable.Range(0, line.X.Count).Where(i => double.IsFinite(line.Lower[i]) && double.IsFinite(line.Upper[i]))
            .ToArray();
        if (known.Length < 2) return;
        var edge = known.Select(i => new Place(line.X[i], line.Upper[i]))
            .Concat(known.Reverse().Select(i => new Place(line.X[i], line.Lower[i])));
        canvas.Area("M" + string.Join(" L", edge.Select(p => SvgCanvas.Point(layout.At(p)))) + "Z", line.Colour, BandOpacity);
    }

    private static void Points(SvgCanvas canvas, FigureLayout layout, PointTrace points)
    {
        for (var i = 0; i < points.Lower.Count; i++)
        {
            var (from, to) = points.IntervalDirection == Direction.Horizontal
                ? (new Place(points.Lower[i], points.Y[i]), new Place(points.Upper[i], points.Y[i]))
                : (new Place(points.X[i], points.Lower[i]), new Place(points.X[i], points.Upper[i]));
            Interval(canvas, layout.At(from), layout.At(to), new Stroke(points.Colour, points.IntervalWidth));
        }

        for (var i = 0; i < points.X.Count; i++)
            Mark(canvas, layout.At(new Place(points.X[i], points.Y[i])), points.Symbol, points.Size, points.Colour);
    }

    private static void Rug(SvgCanvas canvas, FigureLayout layout, RugTrace rug)
    {
        foreach (var value in rug.X.Where(double.IsFinite))
            canvas.Line(new Place(layout.X(value), layout.Bottom), new Place(layout.X(value), layout.Bottom - RugHeight),
                new Stroke(rug.Colour, 1, Opacity: 0.7));
    }

    private static void Interval(SvgCanvas canvas, Place from, Place to, Stroke stroke)
    {
        if (IsFinite(from) && IsFinite(to)) canvas.Line(from, to, stroke);
    }

    private static void Mark(SvgCanvas canvas, Place at, Symbol symbol, double size, Colour colour)
    {
        if (IsFinite(at)) canvas.Symbol(at, symbol, size, colour);
    }

    private static bool IsFinite(Place at) => double.IsFinite(at.X) && double.IsFinite(at.Y);
}
