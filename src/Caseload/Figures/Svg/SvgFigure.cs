using System.Globalization;

namespace Caseload.Figures.Svg;

/// <summary>Draws a figure as SVG: words, axes, shapes, traces, notes, in the places that <see cref="FigureLayout"/> gives them.</summary>
internal static class SvgFigure
{
    public static string Write(Figure figure, string idPrefix)
    {
        var layout = FigureLayout.Of(figure);
        var canvas = new SvgCanvas();
        Open(canvas, figure, layout, Markup.Id(idPrefix));
        Words(canvas, figure, layout);
        SvgAxes.Draw(canvas, layout);
        foreach (var shape in figure.Plot.Shapes) SvgShapes.Draw(canvas, layout, shape);
        foreach (var trace in figure.Plot.Traces) SvgTraces.Draw(canvas, layout, trace);
        foreach (var note in figure.Plot.Notes) SvgShapes.Draw(canvas, layout, note);
        foreach (var entry in layout.Legend) SvgLegend.Draw(canvas, entry);
        canvas.Raw("</svg>\n");
        return canvas.ToString();
    }

    private static void Open(SvgCanvas canvas, Figure figure, FigureLayout layout, string id)
    {
        var (width, height) = (SvgCanvas.Number(Plot.Width), SvgCanvas.Number(layout.Height));
        canvas.Raw(string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" "));
        canvas.Raw(
            $"role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" font-family=\"Arial, Helvetica, 'Liberation Sans', sans-serif\">\n");
        canvas.Raw($"<title id=\"{id}-title\">{Markup.Escape(figure.Heading.Title)}</title>\n");
        canvas.Raw($"<desc id=\"{id}-desc\">{Markup.Escape(figure.ToText())}</desc>\n");
        canvas.Rectangle(new Place(0, 0), new Place(Plot.Width, layout.Height), new Colour(255, 255, 255));
    }

    private static void Words(SvgCanvas canvas, Figure figure, FigureLayout layout)
    {
        var y = FigureLayout.Edge;
        foreach (var line in layout.Title)
        {
            canvas.Text(new Place(FigureLayout.Edge, y + FigureLayout.TitleLine / 2), line,
                new Letters(FigureLayout.TitleSize, Palette.Ink, IsBold: true));
            y += FigureLayout.TitleLine;
        }

        foreach (var line in layout.Subtitle)
        {
            canvas.Text(new Place(FigureLayout.Edge, y + FigureLayout.SubtitleLine / 2 + 2), line,
                new Letters(FigureLayout.SubtitleSize, Palette.Muted));
            y += FigureLayout.SubtitleLine;
        }

        if (figure.IsSimulated) Badge(canvas);
    }

    private static void Badge(SvgCanvas canvas)
    {
        const double width = 112;
        var (left, right) = (Plot.Width - FigureLayout.Edge - width, Plot.Width - FigureLayout.Edge);
        canvas.Rectangle(new Place(left, 7), new Place(right, 29), new Colour(255, 255, 255), new Stroke(Palette.Warning, 1.2));
        canvas.Text(new Place((left + right) / 2, 18), FigureHeading.SimulatedLabel,
            new Letters(12, Palette.Warning, Anchor.Middle, IsBold: true));
    }
}
