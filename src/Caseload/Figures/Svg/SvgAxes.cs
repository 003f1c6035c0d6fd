namespace Caseload.Figures.Svg;

/// <summary>Draws grid, axis lines, tick labels and axis titles. A label that would touch the one before it is left out.</summary>
internal static class SvgAxes
{
    private static readonly Letters Label = new(FigureLayout.LabelSize, Palette.Muted);
    private static readonly Letters Title = new(FigureLayout.SubtitleSize, Palette.Ink);

    public static void Draw(SvgCanvas canvas, FigureLayout layout)
    {
        if (layout.Plot.Y.IsVisible) Vertical(canvas, layout);
        if (layout.Plot.X.IsVisible) Horizontal(canvas, layout);
    }

    private static void Horizontal(SvgCanvas canvas, FigureLayout layout)
    {
        var axis = layout.Plot.X;
        var end = double.NegativeInfinity;
        foreach (var tick in axis.Ticks)
        {
            var x = layout.X(tick.Value);
            if (axis.HasGrid) canvas.Line(new Place(x, layout.Top), new Place(x, layout.Bottom), new Stroke(Palette.Grid, 1));
            canvas.Line(new Place(x, layout.Bottom), new Place(x, layout.Bottom + 4), new Stroke(Palette.Rule, 1));
            var half = TextMeasure.Width(tick.Text, Label.Size) / 2;
            if (x - half < end + 6) continue;
            canvas.Text(new Place(x, layout.Bottom + 14), tick.Text, Label with { Anchor = Anchor.Middle });
            end = x + half;
        }

        canvas.Line(new Place(layout.Plot.Left, layout.Bottom), new Place(layout.AreaRight, layout.Bottom), new Stroke(Palette.Rule, 1));
        if (axis.Title.Length == 0) return;
        var middle = (layout.Plot.Left + layout.AreaRight) / 2;
        canvas.Text(new Place(middle, layout.Bottom + 36), axis.Title, Title with { Anchor = Anchor.Middle });
    }

    private static void Vertical(SvgCanvas canvas, FigureLayout layout)
    {
        var axis = layout.Plot.Y;
        var last = double.PositiveInfinity;
        foreach (var tick in axis.Ticks)
        {
            var y = layout.Y(tick.Value);
            if (axis.HasGrid) canvas.Line(new Place(layout.Plot.Left, y), new Place(layout.AreaRight, y), new Stroke(Palette.Grid, 1));
            if (Math.Abs(last - y) < Label.Size + 2) continue;
            canvas.Text(new Place(layout.Plot.Left - 7, y), tick.Text, Label with { Anchor = Anchor.End });
            last = y;
        }

        if (axis.Title.Length > 0) canvas.Text(new Place(FigureLayout.Edge, layout.YTitleTop + 10), axis.Title, Title);
    }
}
