namespace Caseload.Figures;

/// <summary>A series in the legend, and where its mark begins.</summary>
/// <param name="Trace">The series.</param>
/// <param name="At">The left end of the mark, in pixels.</param>
internal readonly record struct LegendEntry(Trace Trace, Place At);

/// <summary>
/// Where the parts of a figure lie, in pixels from the top left corner: title, subtitle, legend, title of the vertical axis, the area
/// between the axes, the labels below it.
/// </summary>
internal sealed record FigureLayout
{
    public const double TitleSize = 16;
    public const double TitleLine = 20;
    public const double SubtitleSize = 13;
    public const double SubtitleLine = 17;
    public const double LabelSize = 12;
    public const double LegendLine = 20;
    public const double LegendMark = 22;
    public const double Edge = 8;
    private const double BadgeRoom = 130;

    public required Plot Plot { get; init; }

    public required IReadOnlyList<string> Title { get; init; }

    public required IReadOnlyList<string> Subtitle { get; init; }

    public required IReadOnlyList<LegendEntry> Legend { get; init; }

    /// <summary>The upper edge of the title of the vertical axis.</summary>
    public required double YTitleTop { get; init; }

    /// <summary>The upper edge of the area.</summary>
    public required double Top { get; init; }

    public double Bottom => Top + Plot.AreaHeight;

    public double AreaRight => Plot.Width - Plot.Right;

    public required double Height { get; init; }

    public double X(double value) => Plot.Left + Plot.X.Fraction(value) * Plot.AreaWidth;

    public double Y(double value) => Bottom - Plot.Y.Fraction(value) * Plot.AreaHeight;

    public Place At(Place data) => new(X(data.X), Y(data.Y));

    public static FigureLayout Of(Figure figure)
    {
        var plot = figure.Plot;
        var titleRoom = Plot.Width - 2 * Edge - (figure.IsSimulated ? BadgeRoom : 0);
        var title = TextMeasure.Wrap(figure.Heading.Title, TitleSize, titleRoom, bold: true);
        var subtitle = TextMeasure.Wrap(plot.Subtitle, SubtitleSize, Plot.Width - 2 * Edge);
        var top = Edge + title.Count * TitleLine + subtitle.Count * SubtitleLine + 8;
        var legend = PlaceLegend(plot, top);
        if (legend.Count > 0) top = legend[^1].At.Y + LegendLine;
        var yTitleTop = top;
        if (plot.Y.Title.Length > 0) top += 20;
        top += 8;
        var below = plot.X.IsVisible ? (plot.X.Title.Length > 0 ? 46 : 26) : 4;
        return new FigureLayout
        {
            Plot = plot, Title = title, Subtitle = subtitle, Legend = legend, YTitleTop = yTitleTop, Top = top,
            Height = Math.Ceiling(top + plot.AreaHeight + below + Edge),
        };
    }

    private static List<LegendEntry> PlaceLegend(Plot plot, double top)
    {
        var entries = new List<LegendEntry>();
        var x = Edge;
        foreach (var trace in plot.Traces.Where(t => t.InLegend && t.Name.Length > 0))
        {
            var width = LegendMark + 6 + TextMeasure.Width(trace.Name, LabelSize) + 20;
            if (x > Edge && x + width - 20 > Plot.Width - Edge) (x, top) = (Edge, top + LegendLine);
            entries.Add(new LegendEntry(trace, new Place(x, top)));
            x += width;
        }

        return entries;
    }
}
