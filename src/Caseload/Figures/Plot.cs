namespace Caseload.Figures;

/// <summary>
/// A drawing of two axes: traces, shapes behind them and notes on top, in data units. The area between the axes has a size in pixels that
/// the chart sets; the rooms above and below it follow from the words. The static and the interactive chart share this one layout.
/// </summary>
public sealed record Plot
{
    /// <summary>The width of every chart in pixels: it is legible in a column of this width.</summary>
    public const double Width = 700;

    /// <summary>One line under the title: the measure and what the intervals are; empty where the axes say it.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>The height of the area between the axes, in pixels.</summary>
    public double AreaHeight { get; init; } = 340;

    /// <summary>The room left of the area, in pixels.</summary>
    public double Left { get; init; } = 52;

    /// <summary>The room right of the area, in pixels.</summary>
    public double Right { get; init; } = 16;

    /// <summary>The width of the area between the axes, in pixels.</summary>
    public double AreaWidth => Width - Left - Right;

    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>What is drawn, the first at the back.</summary>
    public required IReadOnlyList<Trace> Traces { get; init; }

    /// <summary>Reference lines, boxes and arrows, behind the traces.</summary>
    public IReadOnlyList<Shape> Shapes { get; init; } = [];

    /// <summary>Words in the drawing.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];
}
