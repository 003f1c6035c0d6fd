using System.Text.Json.Nodes;

namespace Caseload.Figures.Plotly;

/// <summary>Writes the axes of a Plotly layout.</summary>
internal static class PlotlyAxes
{
    public static JsonObject Of(Axis axis, bool isVertical)
    {
        var json = new JsonObject
        {
            ["visible"] = axis.IsVisible,
            ["type"] = axis.Scale == AxisScale.Log ? "log" : "linear",
            ["range"] = PlotlyFigure.Numbers([Coordinate(axis, axis.Min), Coordinate(axis, axis.Max)]),
            ["showgrid"] = axis.HasGrid,
            ["gridcolor"] = Palette.Grid.Hex,
            ["zeroline"] = false,
            ["showline"] = !isVertical,
            ["linecolor"] = Palette.Rule.Hex,
            ["tickcolor"] = Palette.Rule.Hex,
            ["ticks"] = isVertical ? "" : "outside",
            ["tickfont"] = new JsonObject { ["color"] = Palette.Muted.Hex, ["size"] = FigureLayout.LabelSize },
            ["automargin"] = false,
        };

        // The vertical title is a note above the axis; see PlotlyNotes.
        if (!isVertical && axis.Title.Length > 0)
        {
            json["title"] = new JsonObject
            {
                ["text"] = Markup.Plotly(axis.Title), ["standoff"] = 10,
                ["font"] = new JsonObject { ["size"] = FigureLayout.SubtitleSize, ["color"] = Palette.Ink.Hex },
            };
        }

        json["tickmode"] = "array";
        json["tickvals"] = PlotlyFigure.Numbers(axis.Ticks.Select(t => t.Value));
        json["ticktext"] = new JsonArray([.. axis.Ticks.Select(t => JsonValue.Create(Markup.Plotly(t.Text)))]);
        if (axis.IsCategorical) json["fixedrange"] = true;
        else json["hoverformat"] = axis.Format == AxisFormat.Percent ? ".1%" : ",.3~f";
        return json;
    }

    /// <summary>A value in the units that ranges and annotations use: on a logarithmic axis, its logarithm to base 10.</summary>
    public static double Coordinate(Axis axis, double value) => axis.Scale == AxisScale.Log ? Math.Log10(value) : value;
}
