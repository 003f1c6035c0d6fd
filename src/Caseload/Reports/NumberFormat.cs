using System.Globalization;
using Caseload.Figures;

namespace Caseload.Reports;

/// <summary>The ways to write a number in a table.</summary>
public enum NumberStyle
{
    /// <summary>Four significant digits.</summary>
    General,

    /// <summary>Whole, without commas, such as a year or a code.</summary>
    Plain,

    /// <summary>Whole, with commas between thousands.</summary>
    Count,

    /// <summary>With a fixed number of decimals.</summary>
    Fixed,

    /// <summary>A proportion from 0 to 1 as a percentage.</summary>
    Percent,

    /// <summary>A p value: three decimals, or <c>&lt; 0.001</c>.</summary>
    PValue,
}

/// <summary>How the numbers of a column are written.</summary>
/// <param name="Style">The way.</param>
/// <param name="Decimals">The decimals, where the way has them.</param>
public readonly record struct NumberFormat(NumberStyle Style, int Decimals = 0)
{
    /// <summary>Whole, with commas between thousands.</summary>
    public static NumberFormat Count { get; } = new(NumberStyle.Count);

    /// <summary>Whole, without commas.</summary>
    public static NumberFormat Plain { get; } = new(NumberStyle.Plain);

    /// <summary>A p value.</summary>
    public static NumberFormat PValue { get; } = new(NumberStyle.PValue);

    /// <summary>With a fixed number of decimals.</summary>
    /// <param name="decimals">The decimals.</param>
    public static NumberFormat Fixed(int decimals) => new(NumberStyle.Fixed, decimals);

    /// <summary>A proportion from 0 to 1 as a percentage.</summary>
    /// <param name="decimals">The decimals of the percentage.</param>
    public static NumberFormat Percent(int decimals = 1) => new(NumberStyle.Percent, decimals);

    /// <summary>A number, written.</summary>
    /// <param name="value">The number; <see cref="NumberText.Missing"/> stands where it is not one.</param>
    public string Write(double value) => !double.IsFinite(value) ? NumberText.Missing : Style switch
    {
        NumberStyle.Plain => Math.Round(value).ToString("0", CultureInfo.InvariantCulture),
        NumberStyle.Count => NumberText.Count(value),
        NumberStyle.Fixed => NumberText.Fixed(value, Decimals),
        NumberStyle.Percent => NumberText.Percent(value, Decimals),
        NumberStyle.PValue => NumberText.PValue(value),
        _ => NumberText.General(value),
    };
}
