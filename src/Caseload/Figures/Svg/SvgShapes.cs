namespace Caseload.Figures.Svg;

/// <summary>Draws reference lines, boxes, arrows and notes.</summary>
internal static class SvgShapes
{
    private const double LineHeight = 1.3;

    public static void Draw(SvgCanvas canvas, FigureLayout layout, Shape shape)
    {
        switch (shape)
        {
            case ReferenceLine { Direction: Direction.Horizontal } line:
                var y = layout.Y(line.Value);
                canvas.Line(new Place(layout.Plot.Left, y), new Place(layout.AreaRight, y), new Stroke(line.Colour, 1.2, line.Dash));
                break;
            case ReferenceLine line:
                var x = layout.X(line.Value);
                canvas.Line(new Place(x, layout.Top), new Place(x, layout.Bottom), new Stroke(line.Colour, 1.2, line.Dash));
                break;
            case Box box:
                canvas.Rectangle(layout.At(box.From), layout.At(box.To), box.Fill, new Stroke(box.Colour, 1.2));
                break;
            case Arrow arrow:
                Draw(canvas, arrow, layout.At(arrow.From), layout.At(arrow.To));
                break;
        }
    }

    public static void Draw(SvgCanvas canvas, FigureLayout layout, Note note)
    {
        var x = (note.XOfArea ? layout.Plot.Left + note.At.X * layout.Plot.AreaWidth : layout.X(note.At.X)) + note.ShiftX;
        var lines = note.Text.Split('\n');
        var y = layout.Y(note.At.Y) + note.ShiftY - (lines.Length - 1) / 2.0 * note.Size * LineHeight;
        foreach (var line in lines)
        {
            canvas.Text(new Place(x, y), line, new Letters(note.Size, note.Colour, note.Anchor, note.IsBold));
            y += note.Size * LineHeight;
        }
    }

    private static void Draw(SvgCanvas canvas, Arrow arrow, Place from, Place to)
    {
        var length = Math.Max(Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2)), 1e-9);
        var (dx, dy) = ((to.X - from.X) / length, (to.Y - from.Y) / length);
        Place Back(double along, double across) => new(to.X - along * dx - across * dy, to.Y - along * dy + across * dx);
        canvas.Line(from, Back(7, 0), new Stroke(arrow.Colour, 1.4));
        canvas.Area($"M{SvgCanvas.Point(to)} L{SvgCanvas.Point(Back(8, 4))} L{SvgCanvas.Point(Back(8, -4))}Z", arrow.Colour, 1);
    }
}
