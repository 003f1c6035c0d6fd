using System.Globalization;

namespace Caseload.Schemas;

/// <summary>Values straight from the bytes of a cell in UTF-8.</summary>
internal static class CellValues
{
    /// <summary>The day number of a date as yyyy-MM-dd.</summary>
    internal static bool TryDate(ReadOnlySpan<byte> cell, out int day)
    {
        day = 0;
        if (cell.Length != 10 || cell[4] != '-' || cell[7] != '-') return false;
        var year = (Digits(cell[0], cell[1]) * 100) + Digits(cell[2], cell[3]);
        var (month, dayOfMonth) = (Digits(cell[5], cell[6]), Digits(cell[8], cell[9]));
        if (year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month)) return false;
        day = new DateOnly(year, month, dayOfMonth).DayNumber;
        return true;
    }

    /// <summary>A truth value: 1 or 0.</summary>
    internal static bool TryFlag(ReadOnlySpan<byte> cell, out sbyte flag)
    {
        flag = cell switch
        {
            [(byte)'1'] => 1,
            [(byte)'0'] => 0,
            _ when cell.SequenceEqual("true"u8) || cell.SequenceEqual("TRUE"u8) || cell.SequenceEqual("True"u8) => 1,
            _ when cell.SequenceEqual("false"u8) || cell.SequenceEqual("FALSE"u8) || cell.SequenceEqual("False"u8) => 0,
            _ => -1,
        };
        return flag >= 0;
    }

    /// <summary>A whole number of 32 bits.</summary>
    internal static bool TryWhole(ReadOnlySpan<byte> cell, out int value) =>
        int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && !cell.Contains((byte)0);

    /// <summary>A finite number with a point as the decimal mark.</summary>
    internal static bool TryNumber(ReadOnlySpan<byte> cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    // Two digits as a number; far below zero where one is no digit.
    private static int Digits(byte tens, byte units)
    {
        var (t, u) = ((uint)(tens - '0'), (uint)(units - '0'));
        return t <= 9 && u <= 9 ? (int)((10 * t) + u) : -1_000_000;
    }
}
