using System.Text.RegularExpressions;
using CsvHelper;

namespace Caseload.Frames.Csv;

/// <summary>
/// The rows of a comma-separated file with a header, one at a time (RFC 4180: quotes double inside quotes; a quoted cell may span lines).
/// </summary>
public sealed partial class CsvRows : IDisposable
{
    // An unclosed quotation mark would otherwise make one cell of the rest of a large file.
    private const int LargestRow = 1 << 24;

    private readonly TextInput input;
    private readonly CsvReader reader;

    private CsvRows(TextInput input)
    {
        this.input = input;
        reader = CsvReader.Create(input.Reader, new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            TrackLineNumbers = true,
            PoolStrings = true,
            DetectSeparatorHint = false,
            IncludeValuesInExceptions = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = LargestRow,
        });
    }

    /// <summary>The names of the columns, in the order of the file.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>The name of the input in messages.</summary>
    public string Source => input.Name;

    /// <summary>How the bytes were read.</summary>
    public TextEncoding Encoding => input.Encoding;

    /// <summary>The line of the file on which the current row begins, from 1.</summary>
    public long Line => reader.LineNumber;

    /// <summary>The number of cells in the current row.</summary>
    public int CellCount => reader.FieldCount;

    /// <summary>The text of a cell of the current row.</summary>
    /// <param name="cell">The cell, from 0.</param>
    public string this[int cell] => FormulaText.IsProtected(reader.GetSpan(cell)) ? reader.GetString(cell)[1..] : reader.GetString(cell);

    /// <summary>The bytes of a cell of the current row in UTF-8; they stand until the next row is read.</summary>
    /// <param name="cell">The cell, from 0.</param>
    public ReadOnlySpan<byte> Bytes(int cell)
    {
        var bytes = reader.GetSpan(cell);
        return FormulaText.IsProtected(bytes) ? bytes[1..] : bytes;
    }

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">A file, a file that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <exception cref="ProblemException">
    /// The file cannot be read, has no header, repeats a name, or is not separated by commas.
    /// </exception>
    public static CsvRows Open(string path)
    {
        var rows = new CsvRows(TextInput.Open(path));
        try
        {
            rows.ReadHeader();
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ProblemException">The file is damaged here.</exception>
    public bool Read()
    {
        try
        {
            return InputFile.Guard(Source, reader.Read);
        }
        catch (CsvFormatException e)
        {
            throw new ProblemException(new Problem(
                ProblemKind.Unreadable, "a quotation mark in the middle of a cell, or one that is never closed",
                "cells that are quoted whole, with quotation marks inside them doubled", $"{Source}, line {e.LineNumber}",
                "Export the file again with quoting as in RFC 4180."), e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
        input.Dispose();
    }

    private void ReadHeader()
    {
        if (!Read())
            throw InputFile.Unreadable("a file with blank lines only", "a header row and data", Source, "Check that the export finished.");
        var header = Enumerable.Range(0, CellCount).Select(cell => this[cell].Trim()).ToArray();
        if (header.Length == 1 && header[0].IndexOfAny([';', '\t', '|']) is var at and >= 0)
        {
            var mark = header[0][at] switch { ';' => "semicolons", '\t' => "tabs", _ => "vertical bars" };
            throw InputFile.Unreadable($"columns separated by {mark}", "columns separated by commas", $"{Source}, line 1",
                "Export the file as comma-separated CSV.");
        }

        // A first line of values is not told: it is somebody's row.
        if (header.Any(name => DateName().IsMatch(name)))
            throw InputFile.Unreadable("a first line of values", "a header row with the names of the columns", $"{Source}, line 1",
                "Export the file with its header.");
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i].Length == 0)
                throw InputFile.Unreadable("a column without a name", "a name for every column",
                    $"{Source}, line 1, column {i + 1}", "Name the column, or delete it.");
            if (Array.IndexOf(header, header[i]) < i)
                throw InputFile.Unreadable($"the column name \"{header[i]}\" twice", "every name once",
                    $"{Source}, line 1, column {i + 1}", "Rename or delete one of them.");
        }

        Header = header;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}|^\d{1,2}/\d{1,2}/\d{2,4}$")]
    private static partial Regex DateName();
}
