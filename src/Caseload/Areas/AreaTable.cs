using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Areas;

/// <summary>The area table: authorities in one year or several, each authority once a year.</summary>
/// <param name="Areas">The rows, by year and then by code.</param>
public sealed record AreaTable(IReadOnlyList<Area> Areas)
{
    /// <summary>What the reader of the table should know and what stops nothing, such as a column that was not used.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The years that the table holds, ascending.</summary>
    public IReadOnlyList<int> Years => [.. Areas.Select(a => a.Year).Distinct().Order()];

    /// <summary>Reads an area table from CSV in the contract's layout. The rows may stand in any order.</summary>
    /// <param name="path">A file, a file that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <exception cref="ProblemException">
    /// The file cannot be read or a required column is missing (exit code 3); cells break the contract, an authority stands twice in a
    /// year, or there are no rows (exit code 1; every such cell is told).
    /// </exception>
    public static AreaTable Read(string path)
    {
        using var rows = CsvRows.Open(path);
        var parser = new AreaRowParser(rows.Header, rows.Source);
        while (rows.Read())
        {
            if (rows.CellCount != rows.Header.Count)
                throw InputFile.Unreadable($"a row of {rows.CellCount} cells", $"{rows.Header.Count} cells, as in the header",
                    $"{rows.Source}, line {rows.Line}", "Look for an unquoted comma or a line that was cut short.");
            parser.Add(i => rows[i], $"line {rows.Line}");
        }

        var table = parser.Finish();
        return rows.Encoding == TextEncoding.Utf8
            ? table
            : table with { Notes = [.. table.Notes, $"{rows.Source} was read as Windows-1252."] };
    }

    /// <summary>Takes an area table from a frame with the contract's columns.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ProblemException">As in <see cref="Read"/>; rows are counted from 1.</exception>
    public static AreaTable FromFrame(Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var parser = new AreaRowParser([.. frame.Columns.Select(c => c.Name)], "the frame");
        for (var row = 0; row < frame.RowCount; row++)
        {
            var at = row;
            parser.Add(i => frame.Columns[i].Format(at), $"row {row + 1}");
        }

        return parser.Finish();
    }

    /// <summary>The table as a frame with every column of <see cref="AreaColumns.All"/>; years are whole numbers.</summary>
    public Frame ToFrame() => AreaFrame.Of(Areas);

    /// <summary>Writes the table as CSV.</summary>
    /// <param name="path">The file, or <c>-</c> for standard output.</param>
    /// <exception cref="ProblemException">The file cannot be written.</exception>
    public void Write(string path) => CsvFile.Write(ToFrame(), path);

    /// <summary>The rows of one year.</summary>
    /// <param name="year">The year in which the reporting year ends.</param>
    /// <exception cref="ProblemException">The table does not hold the year (exit code 1); the message lists those it holds.</exception>
    public AreaTable ForYear(int year)
    {
        var chosen = Areas.Where(a => a.Year == year).ToArray();
        return chosen.Length > 0 ? this with { Areas = chosen } : throw new ProblemException(new Problem(ProblemKind.CheckFailed,
            $"an area table for {YearRange.Of(Years)}", $"rows for {year}", "the area table, column year",
            "Build the area table of that year (caseload areas), or choose a year that the table holds."));
    }
}
