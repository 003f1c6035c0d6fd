using System.Text.Json.Nodes;

namespace Caseload.Figures.Plotly;

/// <summary>Writes shapes and notes as Plotly shapes and annotations.</summary>
internal static class PlotlyNotes
{
    public static IEnumerable<JsonNode> Shapes(Plot plot) => plot.Shapes.Select(shape => shape switch
    {
        ReferenceLine line => Line(line),
        Box box => Corners(box),
        _ => null,
    }).OfType<JsonNode>();

    public static IEnumerable<JsonNode> Annotations(Figure figure, FigureLayout layout)
    {
        var plot = figure.Plot;
        foreach (var arrow in plot.Shapes.OfType<Arrow>()) yield return Draw(arrow, plot);
        foreach (var note in plot.Notes) yield return Write(note, plot);
        var subtitleTop = FigureLayout.Edge + layout.Title.Count * FigureLayout.TitleLine;
        for (var i = 0; i < layout.Subtitle.Count; i++)
            yield return Above(layout.Subtitle[i], Palette.Muted, layout, subtitleTop + (i + 0.5) * FigureLayout.SubtitleLine + 2);
        if (plot.Y.Title.Length > 0) yield return Above(plot.Y.Title, Palette.Ink, layout, layout.YTitleTop + 10);
        if (figure.IsSimulated) yield return Badge(plot, layout);
    }

    // Shapes take values, also on a logarithmic axis; annotations take logarithms there.
    private static JsonObject Line(ReferenceLine line)
    {
        var horizontal = line.Direction == Direction.Horizontal;
        return new JsonObject
        {
            ["type"] = "line",
            ["layer"] = "below",
            ["xref"] = horizontal ? "paper" : "x",
            ["yref"] = horizontal ? "y" : "paper",
            ["x0"] = horizontal ? 0 : PlotlyFigure.Number(line.Value),
            ["x1"] = horizontal ? 1 : PlotlyFigure.Number(line.Value),
            ["y0"] = horizontal ? PlotlyFigure.Number(line.Value) : 0,
            ["y1"] = horizontal ? PlotlyFigure.Number(line.Value) : 1,
            ["line"] = new JsonObject { ["color"] = line.Colour.Hex, ["width"] = 1.2, ["dash"] = PlotlyTraces.Name(line.Dash) },
        };
    }

    private static JsonObject Corners(Box box) => new()
    {
        ["type"] = "rect",
        ["layer"] = "below",
        ["xref"] = "x",
        ["yref"] = "y",
        ["x0"] = PlotlyFigure.Number(box.From.X),
        ["x1"] = PlotlyFigure.Number(box.To.X),
        ["y0"] = PlotlyFigure.Number(box.From.Y),
        ["y1"] = PlotlyFigure.Number(box.To.Y),
        ["fillcolor"] = box.Fill.Hex,
        ["line"] = new JsonObject { ["color"] = box.Colour.Hex, ["width"] = 1.2 },
    };

    private static JsonObject Draw(Arrow arrow, Plot plot) => new()
    {
        ["x"] = PlotlyFigure.Number(PlotlyAxes.Coordinate(plot.X, arrow.To.X)),
        ["y"] = PlotlyFigure.Number(PlotlyAxes.Coordinate(plot.Y, arrow.To.Y)),
        ["ax"] = PlotlyFigure.Number(PlotlyAxes.Coordinate(plot.X, arrow.From.X)),
        ["ay"] = PlotlyFigure.Number(PlotlyAxes.Coordinate(plot.Y, arrow.From.Y)),
        ["xref"] = "x",
        ["yref"] = "y",
        ["axref"] = "x",
        ["ayref"] = "y",
        ["text"] = "",
        ["showarrow"] = true,
        ["arrowhead"] = 2,
        ["arrowwidth"] = 1.4,
        ["arrowcolor"] = arrow.Colour.Hex,
    };

    private static JsonObject Write(Note note, Plot plot)
    {
        var text = Markup.Plotly(note.Text);
        return new JsonObject
        {
            ["x"] = PlotlyFigure.Number(note.XOfArea ? note.At.X : PlotlyAxes.Coordinate(plot.X, note.At.X)),
            ["xref"] = note.XOfArea ? "paper" : "x",
            ["y"] = PlotlyFigure.Number(PlotlyAxes.Coordinate(plot.Y, note.At.Y)),
            ["yref"] = "y",
            ["text"] = note.IsBold ? "<b>" + text + "</b>" : text,
            ["showarrow"] = false,
            ["xanchor"] = Name(note.Anchor),
            ["yanchor"] = "middle",
            ["xshift"] = note.ShiftX,
            ["yshift"] = -note.ShiftY,
            ["align"] = Name(note.Anchor),
            ["borderpad"] = 0,
            ["font"] = new JsonObject { ["size"] = note.Size, ["color"] = note.Colour.Hex },
        };
    }

    // A line of words above the area, its middle so many pixels from the top of the figure. Plotly's own subtitle has no place of its own.
    private static JsonObject Above(string text, Colour colour, FigureLayout layout, double middle) => new()
    {
        ["x"] = 0,
        ["xref"] = "paper",
        ["xanchor"] = "left",
        ["xshift"] = FigureLayout.Edge - layout.Plot.Left,
        ["y"] = 1,
        ["yref"] = "paper",
        ["yanchor"] = "middle",
        ["yshift"] = layout.Top - middle,
        ["text"] = Markup.Plotly(text),
        ["showarrow"] = false,
        ["font"] = new JsonObject { ["size"] = FigureLayout.SubtitleSize, ["color"] = colour.Hex },
    };

    private static JsonObject Badge(Plot plot, FigureLayout layout) => new()
    {
        ["x"] = 1,
        ["xref"] = "paper",
        ["xanchor"] = "right",
        ["xshift"] = plot.Right - FigureLayout.Edge,
        ["y"] = 1,
        ["yref"] = "paper",
        ["yanchor"] = "middle",
        ["yshift"] = layout.Top - 18,
        ["text"] = "<b>" + FigureHeading.SimulatedLabel + "</b>",
        ["showarrow"] = false,
        ["bgcolor"] = "#ffffff",
        ["bordercolor"] = Palette.Warning.Hex,
        ["borderwidth"] = 1.2,
        ["borderpad"] = 4,
        ["font"] = new JsonObject { ["size"] = 12, ["color"] = Palette.Warning.Hex },
    };

    private static string Name(Anchor anchor) => anchor switch { Anchor.Middle => "center", Anchor.End => "right", _ => "left" };
}
