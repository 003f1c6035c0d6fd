using System.Globalization;

namespace Caseload.Figures;

/// <summary>Numbers as they are set in charts and pages: commas between thousands, a true minus sign, never a negative zero.</summary>
public static class NumberText
{
    /// <summary>What stands where there is no number.</summary>
    public const string Missing = "–";

    /// <summary>A number with a fixed number of decimals.</summary>
    /// <param name="value">The number; not-a-number and the infinities are written as <see cref="Missing"/>.</param>
    /// <param name="decimals">The decimals.</param>
    public static string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value)) return Missing;
        var rounded = Math.Round(value, Math.Min(decimals, 15), MidpointRounding.AwayFromZero);
        var text = Math.Abs(rounded).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded < 0 ? "\u2212" + text : text;
    }

    /// <summary>A count.</summary>
    /// <param name="value">The count.</param>
    public static string Count(double value) => Fixed(value, 0);

    /// <summary>A proportion as a percentage.</summary>
    /// <param name="proportion">The proportion, from 0 to 1.</param>
    /// <param name="decimals">The decimals of the percentage.</param>
    public static string Percent(double proportion, int decimals) =>
        double.IsFinite(proportion) ? Fixed(proportion * 100, decimals) + "%" : Missing;

    /// <summary>An estimate with its interval, such as <c>1.23 (1.10 to 1.37)</c>.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="lower">The lower end.</param>
    /// <param name="upper">The upper end.</param>
    /// <param name="decimals">The decimals of all three.</param>
    public static string Interval(double value, double lower, double upper, int decimals) =>
        double.IsFinite(lower) && double.IsFinite(upper)
            ? $"{Fixed(value, decimals)} ({Fixed(lower, decimals)} to {Fixed(upper, decimals)})"
            : Fixed(value, decimals);

    /// <summary>A p value with three decimals, or <c>&lt; 0.001</c>.</summary>
    /// <param name="value">The p value.</param>
    public static string PValue(double value) => value < 0.001 ? "< 0.001" : Fixed(value, 3);

    /// <summary>A number to four significant digits; from a thousand on with commas.</summary>
    /// <param name="value">The number.</param>
    public static string General(double value) => !double.IsFinite(value)
        ? Missing
        : Math.Abs(value) >= 1000 ? Fixed(value, value == Math.Round(value) ? 0 : 1)
        : (value + 0.0).ToString("G4", CultureInfo.InvariantCulture).Replace('-', '\u2212');
}
