namespace Caseload.Figures;

/// <summary>How values lie along an axis.</summary>
public enum AxisScale
{
    /// <summary>Equal differences are equally long.</summary>
    Linear,

    /// <summary>Equal ratios are equally long; every value is above zero.</summary>
    Log,
}

/// <summary>How the numbers of an axis are written.</summary>
public enum AxisFormat
{
    /// <summary>As numbers, thousands apart by commas.</summary>
    Number,

    /// <summary>Proportions as percentages.</summary>
    Percent,
}

/// <summary>A labelled place on an axis.</summary>
/// <param name="Value">The place, in data units.</param>
/// <param name="Text">What stands there.</param>
public readonly record struct Tick(double Value, string Text);

/// <summary>An axis: its range, its ticks and its title.</summary>
public sealed record Axis
{
    /// <summary>The measure and its unit; the vertical one is written across above the axis, where it can be read.</summary>
    public string Title { get; init; } = "";

    /// <summary>How values lie along it.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>How its numbers are written.</summary>
    public AxisFormat Format { get; init; }

    /// <summary>The value at the left, or at the bottom. It may be the larger one: rows count from the top.</summary>
    public required double Min { get; init; }

    /// <summary>The value at the right, or at the top.</summary>
    public required double Max { get; init; }

    /// <summary>The labelled places.</summary>
    public IReadOnlyList<Tick> Ticks { get; init; } = [];

    /// <summary>Whether the ticks are names rather than points on a scale; an interactive chart then keeps exactly these.</summary>
    public bool IsCategorical { get; init; }

    /// <summary>Whether thin lines cross the area at the ticks.</summary>
    public bool HasGrid { get; init; }

    /// <summary>Whether the axis is drawn at all.</summary>
    public bool IsVisible { get; init; } = true;

    /// <summary>A linear axis that covers two values, with the range widened to round numbers.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value.</param>
    /// <param name="format">How the numbers are written.</param>
    public static Axis Linear(double low, double high, AxisFormat format = AxisFormat.Number)
    {
        var (min, max) = Figures.Ticks.Cover(low, high);
        return Exact(min, max, format);
    }

    /// <summary>A linear axis with exactly the range asked for.</summary>
    /// <param name="min">The value at the left or bottom.</param>
    /// <param name="max">The value at the right or top.</param>
    /// <param name="format">How the numbers are written.</param>
    public static Axis Exact(double min, double max, AxisFormat format = AxisFormat.Number) => new()
    {
        Min = min, Max = max, Format = format, HasGrid = true, Ticks = Figures.Ticks.Labelled(Figures.Ticks.Linear(min, max), format),
    };

    /// <summary>A logarithmic axis that covers two values.</summary>
    /// <param name="low">The smallest value, above zero.</param>
    /// <param name="high">The largest value.</param>
    public static Axis Log(double low, double high) => new()
    {
        Scale = AxisScale.Log, Min = low, Max = high, HasGrid = true,
        Ticks = Figures.Ticks.Labelled(Figures.Ticks.Log(low, high), AxisFormat.Number),
    };

    /// <summary>An axis of names at 0, 1, 2 and so on, from left to right.</summary>
    /// <param name="names">The names.</param>
    public static Axis Categories(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new Axis { Min = -0.5, Max = names.Count - 0.5, IsCategorical = true,
            Ticks = [.. names.Select((name, i) => new Tick(i, name))] };
    }

    /// <summary>A vertical axis of rows at 0, 1, 2 and so on from the top; the chart writes the names of the rows as notes.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="head">Room above the first row for headings, in rows.</param>
    public static Axis Rows(int count, double head) =>
        new() { Min = Math.Max(count, 1) - 0.5, Max = -0.5 - head, IsVisible = false, IsCategorical = true };

    /// <summary>A bare measure of pixels or of ranks, not drawn.</summary>
    /// <param name="min">The value at the left or bottom.</param>
    /// <param name="max">The value at the right or top.</param>
    public static Axis Hidden(double min, double max) => new() { Min = min, Max = max, IsVisible = false };

    /// <summary>Where a value lies, from 0 at the left or bottom to 1.</summary>
    /// <param name="value">The value, in data units.</param>
    public double Fraction(double value) => Scale == AxisScale.Log
        ? (Math.Log(value) - Math.Log(Min)) / (Math.Log(Max) - Math.Log(Min))
        : (value - Min) / (Max - Min);
}
