using System.Globalization;

namespace Caseload.Frames.Databases;

/// <summary>What a cell of a query holds.</summary>
internal enum CellKind
{
    /// <summary>NULL, or a number that is none.</summary>
    Missing,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number of up to 64 bits.</summary>
    Whole,

    /// <summary>A number in double precision.</summary>
    Number,

    /// <summary>A date.</summary>
    Date,

    /// <summary>Text.</summary>
    Text,
}

/// <summary>One cell of a query, whatever type of the platform its provider gave it.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Whole">A whole number, the day number of a date, or 1 and 0 of a flag.</param>
/// <param name="Number">A number.</param>
/// <param name="String">Text.</param>
internal readonly record struct DatabaseCell(CellKind Kind, long Whole = 0, double Number = 0, string? String = null)
{
    // Up to here a decimal number's digits, and the power of ten that it is divided by, are exact in double precision, so that one
    // division rounds correctly.
    private const long MostExactDigits = 1L << 53;
    private const int MostExactScale = 22;

    private static readonly double[] Powers = [.. Enumerable.Range(0, MostExactScale + 1).Select(k => double.Parse(
        $"1e{k}", CultureInfo.InvariantCulture))];

    /// <summary>The cell of a value; null where its type is none that a frame can hold.</summary>
    /// <param name="value">What the provider gave.</param>
    internal static DatabaseCell? Of(object value) => value switch
    {
        DBNull => default(DatabaseCell),
        string text => new DatabaseCell(CellKind.Text, String: text),
        long whole => OfWhole(whole),
        int whole => OfWhole(whole),
        short whole => OfWhole(whole),
        sbyte whole => OfWhole(whole),
        byte whole => OfWhole(whole),
        ushort whole => OfWhole(whole),
        uint whole => OfWhole(whole),
        ulong whole when whole <= long.MaxValue => OfWhole((long)whole),
        double number => OfNumber(number),
        float number => OfNumber(number),
        decimal number => OfNumber(Exact(number)),
        bool flag => new DatabaseCell(CellKind.Flag, flag ? 1 : 0),
        DateOnly date => new DatabaseCell(CellKind.Date, date.DayNumber),
        DateTime moment when moment.TimeOfDay == TimeSpan.Zero => new DatabaseCell(CellKind.Date, DateOnly.FromDateTime(moment).DayNumber),
        Guid id => new DatabaseCell(CellKind.Text, String: id.ToString("D")),
        char letter => new DatabaseCell(CellKind.Text, String: letter.ToString()),
        _ => null,
    };

    /// <summary>The cell as it would stand in a CSV file: empty where missing.</summary>
    public override string ToString() => Kind switch
    {
        CellKind.Missing => "",
        CellKind.Flag => Whole == 1 ? "true" : "false",
        CellKind.Whole => Whole.ToString(CultureInfo.InvariantCulture),
        CellKind.Number => Number.ToString("R", CultureInfo.InvariantCulture),
        CellKind.Date => DateOnly.FromDayNumber((int)Whole).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => String!,
    };

    private static DatabaseCell OfWhole(long whole) => new(CellKind.Whole, whole);

    private static DatabaseCell OfNumber(double number) => double.IsNaN(number) ? default : new(CellKind.Number, Number: number);

    // The platform's own conversion of a decimal number may be off by one in the last place.
    private static double Exact(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        var low = (uint)bits[0] | (ulong)(uint)bits[1] << 32;
        if (bits[2] != 0 || low > MostExactDigits || number.Scale > MostExactScale)
            return double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return low / Powers[number.Scale] * (number < 0 ? -1 : 1);
    }
}
