namespace Caseload.Figures;

/// <summary>The pattern of a line.</summary>
public enum Dash
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>Long dashes.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,

    /// <summary>Dashes and dots in turn.</summary>
    DashDot,
}

/// <summary>The form of a point.</summary>
public enum Symbol
{
    /// <summary>A filled circle.</summary>
    Circle,

    /// <summary>A filled square.</summary>
    Square,

    /// <summary>A filled diamond.</summary>
    Diamond,

    /// <summary>A filled triangle that points up.</summary>
    TriangleUp,

    /// <summary>A filled triangle that points down.</summary>
    TriangleDown,
}

/// <summary>A direction in the drawing.</summary>
public enum Direction
{
    /// <summary>From left to right.</summary>
    Horizontal,

    /// <summary>From bottom to top.</summary>
    Vertical,
}

/// <summary>How a line goes from point to point.</summary>
public enum LineShape
{
    /// <summary>Straight.</summary>
    Straight,

    /// <summary>Level, with the step half-way between two points.</summary>
    Step,
}

/// <summary>A series of marks of one colour. A value that is not a number is left out.</summary>
public abstract record Trace
{
    /// <summary>The name in the legend; empty where the series has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The colour.</summary>
    public Colour Colour { get; init; } = Palette.Blue;

    /// <summary>Whether the name stands in the legend. A series that is labelled where it lies needs no legend.</summary>
    public bool InLegend { get; init; } = true;

    /// <summary>What each mark says when it is pointed at in an interactive chart; empty for the coordinates.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}

/// <summary>Bars from zero, side by side where two series have different positions.</summary>
public sealed record BarTrace : Trace
{
    /// <summary>Which way the bars grow.</summary>
    public Direction Direction { get; init; } = Direction.Horizontal;

    /// <summary>The middle of each bar on the axis of names.</summary>
    public required IReadOnlyList<double> Positions { get; init; }

    /// <summary>The length of each bar.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The lower ends of the intervals; empty where there are none.</summary>
    public IReadOnlyList<double> Lower { get; init; } = [];

    /// <summary>The upper ends of the intervals.</summary>
    public IReadOnlyList<double> Upper { get; init; } = [];

    /// <summary>The thickness of a bar in units of the axis of names.</summary>
    public double Thickness { get; init; } = 0.62;
}

/// <summary>A line, with a band around it where intervals are known.</summary>
public sealed record LineTrace : Trace
{
    /// <summary>The horizontal places.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The vertical places.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The lower edge of the band; empty where there is none.</summary>
    public IReadOnlyList<double> Lower { get; init; } = [];

    /// <summary>The upper edge of the band.</summary>
    public IReadOnlyList<double> Upper { get; init; } = [];

    /// <summary>The pattern.</summary>
    public Dash Dash { get; init; }

    /// <summary>How the line goes from point to point.</summary>
    public LineShape Shape { get; init; }

    /// <summary>The width in pixels.</summary>
    public double Width { get; init; } = 2.2;

    /// <summary>Whether each point has a dot.</summary>
    public bool HasPoints { get; init; }
}

/// <summary>Points, with intervals that need not be symmetric.</summary>
public sealed record PointTrace : Trace
{
    /// <summary>The horizontal places.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The vertical places.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Which way the intervals lie.</summary>
    public Direction IntervalDirection { get; init; } = Direction.Horizontal;

    /// <summary>The lower ends of the intervals; empty where there are none.</summary>
    public IReadOnlyList<double> Lower { get; init; } = [];

    /// <summary>The upper ends of the intervals.</summary>
    public IReadOnlyList<double> Upper { get; init; } = [];

    /// <summary>The form.</summary>
    public Symbol Symbol { get; init; }

    /// <summary>The size of the form in pixels.</summary>
    public double Size { get; init; } = 8;

    /// <summary>The width of the interval's line in pixels.</summary>
    public double IntervalWidth { get; init; } = 1.6;
}

/// <summary>A short upright line on the horizontal axis for each value: where the data lie.</summary>
public sealed record RugTrace : Trace
{
    /// <summary>The values.</summary>
    public required IReadOnlyList<double> X { get; init; }
}
