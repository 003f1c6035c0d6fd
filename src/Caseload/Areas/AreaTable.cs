using Caseload.Frames;
using Caseload.Frames.Csv;
using Caseload.Schemas;

namespace Caseload.Areas;

/// <summary>The area table: authorities in one year or several, each authority once a year.</summary>
/// <param name="Areas">The rows, by year and then by code.</param>
public sealed record AreaTable(IReadOnlyList<Area> Areas)
{
    /// <summary>What the reader of the table should know and what stops nothing, such as a column that was not used.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The years that the table holds, ascending.</summary>
    public IReadOnlyList<int> Years => [.. Areas.Select(a => a.Year).Distinct().Order()];

    /// <summary>What was read of the file: bad cells, rows left out by reason; null where the table was not read.</summary>
    public TableReading? Reading { get; init; }

    /// <summary>Which rate and which years were taken; null where nothing was chosen (<see cref="AreaSelection.Choose"/>).</summary>
    public AreaFigures? Figures { get; init; }

    /// <summary>
    /// Reads an area table from CSV by the contract of the table "areas". The rows may stand in any order. A cell that breaks the contract
    /// is told in <see cref="Reading"/> and is missing; a row without a usable authority, name or year is left out and counted.
    /// </summary>
    /// <param name="path">A file, a file that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <exception cref="ProblemException">
    /// The file cannot be read or a required column is missing (exit code 3); no row can be used (exit code 1).
    /// </exception>
    public static AreaTable Read(string path) => AreaReader.Read(DataPackage.Load().Table("areas"), path);

    /// <summary>Takes an area table from a frame with the contract's columns.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ProblemException">As in <see cref="Read"/>; rows are counted from 1.</exception>
    public static AreaTable FromFrame(Frame frame) => AreaReader.Read(DataPackage.Load().Table("areas"), frame);

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
