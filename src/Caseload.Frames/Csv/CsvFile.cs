using System.Globalization;
using System.Text.RegularExpressions;

namespace Caseload.Frames.Csv;

/// <summary>Reads any CSV file into a frame by looking at its cells, and writes a frame as CSV.</summary>
public static partial class CsvFile
{
    /// <summary>Reads a CSV file whose schema is not known: each column takes the narrowest type that all its cells fit.</summary>
    /// <remarks>
    /// In order: whole numbers of 32 bits, numbers, ISO dates, <c>true</c>/<c>false</c>, text. A whole number written with a leading zero
    /// (an authority's code, say) is text. An empty cell or <c>NA</c> is missing.
    /// </remarks>
    /// <param name="path">A file, a file that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <exception cref="ProblemException">The file cannot be read, or a row has more or fewer cells than the header.</exception>
    public static LoadedCsv Read(string path)
    {
        using var rows = CsvRows.Open(path);
        var builders = rows.Header.Select(name => new CellCoder(name)).ToArray();
        while (rows.Read())
        {
            if (rows.CellCount != builders.Length)
                throw InputFile.Unreadable($"a row of {rows.CellCount} cells", $"{builders.Length} cells, as in the header",
                    $"{rows.Source}, line {rows.Line}", "Look for an unquoted comma or a line that was cut short.");
            for (var i = 0; i < builders.Length; i++) builders[i].Add(rows, i);
        }

        return new LoadedCsv(new Frame(builders.Select(b => Narrow(b.Build()))), rows.Encoding);
    }

    /// <summary>Writes a frame: UTF-8, commas, line feeds, a header, cells quoted only where they must be.</summary>
    /// <remarks>
    /// Text that a spreadsheet would run as a formula is written with an apostrophe before it, which reading takes away again; numbers
    /// are left as they are.
    /// </remarks>
    /// <param name="frame">The frame.</param>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <exception cref="ProblemException">The file cannot be written.</exception>
    public static void Write(Frame frame, string path)
    {
        ArgumentNullException.ThrowIfNull(frame);
        OutputFile.WriteBytes(path, stream => CsvOutput.Write(frame, stream));
    }

    /// <summary>Writes a frame to a stream, in the form of <see cref="Write(Frame, string)"/>.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="stream">The stream; it stays open.</param>
    public static void Write(Frame frame, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(stream);
        CsvOutput.Write(frame, stream);
    }

    /// <summary>
    /// Text as it stands in a cell of a CSV file: in quotation marks where it holds a comma, a quotation mark or a line break, and with
    /// an apostrophe before it where a spreadsheet would run it as a formula.
    /// </summary>
    /// <param name="text">The text.</param>
    public static string Cell(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cell = FormulaText.Protect(text);
        return cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static Column Narrow(TextColumn text)
    {
        if (text.Levels.Count == 0) return text;
        if (Parse(text, WholeNumber) is { } integers) return new IntegerColumn(text.Name, Spread(text, integers, IntegerColumn.Missing));
        if (Parse(text, Number) is { } numbers) return new NumberColumn(text.Name, Spread(text, numbers, double.NaN));
        if (Parse(text, Date) is { } dates) return new DateColumn(text.Name, Spread(text, dates, DateColumn.Missing));
        return Parse(text, Flag) is { } flags ? new FlagColumn(text.Name, Spread(text, flags, FlagColumn.Missing)) : text;
    }

    private static T[]? Parse<T>(TextColumn text, Func<string, T?> parse)
        where T : struct
    {
        var values = new T[text.Levels.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (parse(text.Levels[i]) is not { } value) return null;
            values[i] = value;
        }

        return values;
    }

    private static T[] Spread<T>(TextColumn text, T[] values, T missing)
    {
        var cells = new T[text.Count];
        var codes = text.Codes;
        for (var row = 0; row < cells.Length; row++) cells[row] = codes[row] < 0 ? missing : values[codes[row]];
        return cells;
    }

    private static int? WholeNumber(string cell) =>
        !LeadingZero().IsMatch(cell) && int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static double? Number(string cell) =>
        !LeadingZero().IsMatch(cell)
        && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;

    private static int? Date(string cell) =>
        DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.DayNumber : null;

    private static sbyte? Flag(string cell) => cell switch
    {
        "true" or "TRUE" or "True" => 1,
        "false" or "FALSE" or "False" => 0,
        _ => null,
    };

    [GeneratedRegex(@"^[+-]?0\d")]
    private static partial Regex LeadingZero();
}

/// <summary>A frame that was read from a CSV file, and how its bytes were read.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Encoding">The encoding that was chosen.</param>
public sealed record LoadedCsv(Frame Frame, TextEncoding Encoding);
