using System.Text.Json.Nodes;

namespace Caseload.Figures.Plotly;

/// <summary>Writes series as Plotly traces; a band is a trace of its own behind its line.</summary>
internal static class PlotlyTraces
{
    public static IEnumerable<JsonNode> Of(Trace trace, Plot plot) => trace switch
    {
        BarTrace bars => [Bars(bars)],
        LineTrace line => line.Lower.Count > 0 ? [Band(line), Line(line)] : [Line(line)],
        PointTrace points => [Points(points)],
        RugTrace rug => [Rug(rug, plot)],
        _ => [],
    };

    private static JsonObject Bars(BarTrace bars)
    {
        var horizontal = bars.Direction == Direction.Horizontal;
        var json = Start(bars, "bar");
        json["orientation"] = horizontal ? "h" : "v";
        json[horizontal ? "x" : "y"] = PlotlyFigure.Numbers(bars.Values);
        json[horizontal ? "y" : "x"] = PlotlyFigure.Numbers(bars.Positions);
        json["width"] = bars.Thickness;
        json["marker"] = new JsonObject { ["color"] = bars.Colour.Hex };
        if (bars.Lower.Count > 0)
            json[horizontal ? "error_x" : "error_y"] = Errors((bars.Values, bars.Lower, bars.Upper), Palette.Ink, 1.4);
        return json;
    }

    private static JsonObject Line(LineTrace line)
    {
        var json = Start(line, "scatter");
        json["x"] = PlotlyFigure.Numbers(line.X);
        json["y"] = PlotlyFigure.Numbers(line.Y);
        json["mode"] = line.HasPoints ? "lines+markers" : "lines";
        json["line"] = new JsonObject
        {
            ["color"] = line.Colour.Hex, ["width"] = line.Width, ["shape"] = line.Shape == LineShape.Step ? "hvh" : "linear",
            ["dash"] = Name(line.Dash),
        };
        if (line.HasPoints) json["marker"] = new JsonObject { ["size"] = 7, ["color"] = line.Colour.Hex };
        json["connectgaps"] = false;
        return json;
    }

    private static JsonObject Band(LineTrace line)
    {
        var known = Enumerable.Range(0, line.X.Count).Where(i => double.IsFinite(line.Lower[i]) && double.IsFinite(line.Upper[i]))
            .ToArray();
        return new JsonObject
        {
            ["type"] = "scatter",
            ["x"] = PlotlyFigure.Numbers(known.Concat(known.Reverse()).Select(i => line.X[i])),
            ["y"] = PlotlyFigure.Numbers(known.Select(i => line.Upper[i]).Concat(known.Reverse().Select(i => line.Lower[i]))),
            ["mode"] = "lines",
            ["fill"] = "toself",
            ["fillcolor"] = line.Colour.Rgba(Svg.SvgTraces.BandOpacity),
            ["line"] = new JsonObject { ["width"] = 0, ["color"] = line.Colour.Hex },
            ["hoverinfo"] = "skip",
            ["showlegend"] = false,
        };
    }

    private static JsonObject Points(PointTrace points)
    {
        var json = Start(points, "scatter");
        json["x"] = PlotlyFigure.Numbers(points.X);
        json["y"] = PlotlyFigure.Numbers(points.Y);
        json["mode"] = "markers";
        json["marker"] = new JsonObject { ["color"] = points.Colour.Hex, ["size"] = points.Size, ["symbol"] = Name(points.Symbol) };
        if (points.Lower.Count == 0) return json;
        var horizontal = points.IntervalDirection == Direction.Horizontal;
        json[horizontal ? "error_x" : "error_y"] =
            Errors((horizontal ? points.X : points.Y, points.Lower, points.Upper), points.Colour, points.IntervalWidth);
        return json;
    }

    private static JsonObject Rug(RugTrace rug, Plot plot)
    {
        var json = Start(rug, "scatter");
        json["x"] = PlotlyFigure.Numbers(rug.X);
        json["y"] = PlotlyFigure.Numbers(rug.X.Select(_ =>
            plot.Y.Min + (plot.Y.Max - plot.Y.Min) * Svg.SvgTraces.RugHeight / 2 / plot.AreaHeight));
        json["mode"] = "markers";
        json["marker"] = new JsonObject
        {
            ["symbol"] = "line-ns-open", ["size"] = Svg.SvgTraces.RugHeight, ["color"] = rug.Colour.Hex, ["opacity"] = 0.7,
            ["line"] = new JsonObject { ["width"] = 1 },
        };
        return json;
    }

    private static JsonObject Start(Trace trace, string type)
    {
        var json = new JsonObject
        {
            ["type"] = type, ["name"] = Markup.Plotly(trace.Name), ["showlegend"] = trace.InLegend && trace.Name.Length > 0,
        };
        if (trace.Labels.Count > 0)
        {
            json["hovertext"] = new JsonArray([.. trace.Labels.Select(label => JsonValue.Create(Markup.Plotly(label)))]);
            json["hoverinfo"] = "text";
        }
        else if (trace.Name.Length == 0)
        {
            json["hoverinfo"] = "skip";
        }

        return json;
    }

    private static JsonObject Errors((IReadOnlyList<double> Values, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper) of,
        Colour colour, double width) => new()
    {
        ["type"] = "data",
        ["symmetric"] = false,
        ["array"] = PlotlyFigure.Numbers(of.Upper.Zip(of.Values, static (u, v) => u - v)),
        ["arrayminus"] = PlotlyFigure.Numbers(of.Values.Zip(of.Lower, static (v, l) => v - l)),
        ["thickness"] = width,
        ["width"] = 0,
        ["color"] = colour.Hex,
    };

    public static string Name(Dash dash) => dash switch
    {
        Dash.Dashed => "7px,4px",
        Dash.Dotted => "2px,3px",
        Dash.DashDot => "8px,3px,2px,3px",
        _ => "solid",
    };

    private static string Name(Symbol symbol) => symbol switch
    {
        Symbol.Square => "square",
        Symbol.Diamond => "diamond",
        Symbol.TriangleUp => "triangle-up",
        Symbol.TriangleDown => "triangle-down",
        _ => "circle",
    };
}
