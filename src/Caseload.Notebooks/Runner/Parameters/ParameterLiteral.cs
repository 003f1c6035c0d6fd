using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Caseload.Notebooks.Runner.Parameters;

/// <summary>
/// Writes a person's value as an expression of C#. Whatever the text holds, the expression is one value: text becomes an escaped literal,
/// anything else is read as a value first and written anew.
/// </summary>
internal static class ParameterLiteral
{
    private static readonly string[] DateTimes =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss",
    ];

    /// <summary>The expression of a value.</summary>
    /// <param name="type">The type that it must have.</param>
    /// <param name="text">The value as a person writes it.</param>
    /// <returns>C#, or null where the text is no value of the type.</returns>
    public static string? Of(ParameterType type, string text)
    {
        if (!type.IsArray) return type.IsNullable && text == "null" ? "null" : One(type, text);
        var items = text.Length == 0 ? [] : text.Split(',').Select(item => One(type, type.Name == "string" ? item : item.Trim())).ToArray();
        return items.Contains(null) ? null : "[" + string.Join(", ", items) + "]";
    }

    // Every number carries the suffix of its type, so that "var" keeps its type too.
    private static string? One(ParameterType type, string text) => type.Name switch
    {
        "string" => SymbolDisplay.FormatLiteral(text, quote: true),
        "char" => text.Length == 1 ? SymbolDisplay.FormatLiteral(text[0], quote: true) : null,
        "bool" => bool.TryParse(text, out var value) ? (value ? "true" : "false") : null,
        "sbyte" => Whole<sbyte>(text, ""),
        "byte" => Whole<byte>(text, ""),
        "short" => Whole<short>(text, ""),
        "ushort" => Whole<ushort>(text, ""),
        "int" => Whole<int>(text, ""),
        "uint" => Whole<uint>(text, "U"),
        "long" => Whole<long>(text, "L"),
        "ulong" => Whole<ulong>(text, "UL"),
        "float" => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value.ToString("R", CultureInfo.InvariantCulture) + "F" : null,
        "double" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? Pointed(value.ToString("R", CultureInfo.InvariantCulture)) : null,
        "decimal" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value.ToString(CultureInfo.InvariantCulture) + "M" : null,
        "DateOnly" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? string.Create(CultureInfo.InvariantCulture, $"new {type.Written}({date.Year}, {date.Month}, {date.Day})") : null,
        "DateTime" => DateTime.TryParseExact(text, DateTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? Moment(type.Written, moment) : null,
        _ => null,
    };

    private static string? Whole<T>(string text, string suffix)
        where T : System.Numerics.IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value.ToString(null, CultureInfo.InvariantCulture) + suffix : null;

    // 2 would be an int.
    private static string Pointed(string number) => number.AsSpan().IndexOfAny(".E") < 0 ? number + ".0" : number;

    private static string Moment(string type, DateTime moment)
    {
        var date = string.Create(CultureInfo.InvariantCulture, $"new {type}({moment.Year}, {moment.Month}, {moment.Day}");
        return moment.TimeOfDay == TimeSpan.Zero
            ? date + ")"
            : string.Create(CultureInfo.InvariantCulture, $"{date}, {moment.Hour}, {moment.Minute}, {moment.Second})");
    }
}
