using System.Text.Json;
using System.Text.Json.Nodes;

namespace Caseload.Figures.Plotly;

/// <summary>
/// Writes a figure as Plotly JSON, laid out like the static picture. The encoder escapes every angle bracket and ampersand, so the text
/// may stand in a script element.
/// </summary>
internal static class PlotlyFigure
{
    private const string Font = "Arial, Helvetica, 'Liberation Sans', sans-serif";

    public static string Write(Figure figure)
    {
        var layout = FigureLayout.Of(figure);
        var json = new JsonObject
        {
            ["data"] = new JsonArray([.. figure.Plot.Traces.SelectMany(trace => PlotlyTraces.Of(trace, figure.Plot))]),
            ["layout"] = Layout(figure, layout),
            ["config"] = new JsonObject { ["responsive"] = true, ["displaylogo"] = false, ["displayModeBar"] = false },
        };
        return json.ToJsonString(JsonSerializerOptions.Default);
    }

    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 10) + 0.0) : null;

    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(Number)]);

    private static JsonObject Layout(Figure figure, FigureLayout layout)
    {
        var plot = figure.Plot;
        var json = new JsonObject
        {
            ["title"] = Title(layout),
            ["font"] = new JsonObject { ["family"] = Font, ["size"] = FigureLayout.LabelSize, ["color"] = Palette.Ink.Hex },
            ["paper_bgcolor"] = "#ffffff",
            ["plot_bgcolor"] = "#ffffff",
            ["height"] = layout.Height,
            ["autosize"] = true,
            ["margin"] = new JsonObject
            {
                ["l"] = plot.Left, ["r"] = plot.Right, ["t"] = layout.Top, ["b"] = layout.Height - layout.Bottom, ["pad"] = 0,
                ["autoexpand"] = false,
            },
            ["xaxis"] = PlotlyAxes.Of(plot.X, isVertical: false),
            ["yaxis"] = PlotlyAxes.Of(plot.Y, isVertical: true),
            ["dragmode"] = false,
            ["hovermode"] = "closest",
            ["hoverlabel"] = new JsonObject
            {
                ["bgcolor"] = "#ffffff", ["bordercolor"] = Palette.Rule.Hex, ["font"] = new JsonObject { ["color"] = Palette.Ink.Hex },
            },
            ["showlegend"] = layout.Legend.Count > 0,
            ["legend"] = Legend(layout),
            ["shapes"] = new JsonArray([.. PlotlyNotes.Shapes(plot)]),
            ["annotations"] = new JsonArray([.. PlotlyNotes.Annotations(figure, layout)]),
            ["meta"] = new JsonObject { ["description"] = figure.ToText(), ["dataKind"] = figure.IsSimulated ? "simulated" : "real" },
        };

        // Without bars plotly.js does not know the word.
        if (plot.Traces.OfType<BarTrace>().Any()) json["barmode"] = "overlay";
        return json;
    }

    // Plotly hangs a title of one line from its top, by 0.7 em, but stands one of several lines on its first baseline.
    private static double TitleTop(FigureLayout layout) => FigureLayout.Edge + (layout.Title.Count > 1 ? 0.7 * FigureLayout.TitleSize : 0);

    private static JsonObject Title(FigureLayout layout) => new()
    {
        ["text"] = string.Join("<br>", layout.Title.Select(line => "<b>" + Markup.Plotly(line) + "</b>")),
        ["x"] = FigureLayout.Edge / Plot.Width,
        ["xref"] = "container",
        ["xanchor"] = "left",
        ["y"] = 1 - TitleTop(layout) / layout.Height,
        ["yref"] = "container",
        ["yanchor"] = "top",
        ["font"] = new JsonObject { ["size"] = FigureLayout.TitleSize, ["color"] = Palette.Ink.Hex },
    };

    private static JsonObject Legend(FigureLayout layout) => new()
    {
        ["orientation"] = "h",
        ["x"] = FigureLayout.Edge / Plot.Width,
        ["xref"] = "container",
        ["xanchor"] = "left",
        ["y"] = layout.Legend.Count > 0 ? 1 - (layout.Legend[0].At.Y - 2) / layout.Height : 1,
        ["yref"] = "container",
        ["yanchor"] = "top",
        ["traceorder"] = "normal",
        ["itemsizing"] = "constant",
    };
}
