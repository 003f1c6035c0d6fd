using System.Globalization;

namespace Caseload.MixedModels.Fits;

/// <summary>Numbers with as many decimals as the smallest of them needs, so that decimal points stand below each other.</summary>
internal sealed class AlignedNumbers
{
    // Numbers smaller than this share of the largest do not widen the column.
    private const double Spread = 1e-3;

    private const int MostDecimals = 8;

    private readonly int decimals;
    private readonly int digits;

    private AlignedNumbers(int decimals, int digits) => (this.decimals, this.digits) = (decimals, digits);

    /// <summary>A column for some numbers.</summary>
    /// <param name="values">The numbers that decide on the decimals.</param>
    /// <param name="digits">The significant digits of the smallest.</param>
    internal static AlignedNumbers Of(IEnumerable<double> values, int digits)
    {
        double[] sizes = [.. values.Select(Math.Abs).Where(size => size > 0 && double.IsFinite(size))];
        if (sizes.Length == 0) return new AlignedNumbers(digits, digits);
        var smallest = sizes.Where(size => size >= Spread * sizes.Max()).Min();
        return new AlignedNumbers(Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(smallest)), 0, MostDecimals), digits);
    }

    /// <summary>
    /// A number; a dash where there is none. What the decimals would hide, or what is very long, is written with a power of ten.
    /// </summary>
    internal string Text(double value)
    {
        if (double.IsNaN(value)) return "-";
        var size = Math.Abs(value);
        var hidden = size > 0 && size < Math.Pow(10, -decimals);
        return value.ToString(hidden || size >= 1e7 ? "G" + digits : "F" + decimals, CultureInfo.InvariantCulture);
    }
}
