using Caseload.Frames.Csv;
using Caseload.Schemas;

namespace Caseload.Areas;

/// <summary>A number, or the mark in its place.</summary>
/// <param name="Value">The number; null where there is none.</param>
/// <param name="Mark">The mark; null where there is a number.</param>
public readonly record struct PublishedCell(double? Value, CellMark? Mark);

/// <summary>A row of a published file: one authority, or several counted together, in one year.</summary>
/// <param name="Codes">The three-digit codes, ascending.</param>
/// <param name="Name">The name.</param>
/// <param name="Year">The year in which the reporting year ends.</param>
/// <param name="Cells">The figures that the file has columns for.</param>
public sealed record PublishedRow(IReadOnlyList<string> Codes, string Name, int Year, IReadOnlyDictionary<AreaMeasure, PublishedCell> Cells)
{
    /// <summary>The ONS code, or null.</summary>
    public string? OnsCode { get; init; }

    /// <summary>The region, or null.</summary>
    public string? Region { get; init; }

    /// <summary>The codes as one text.</summary>
    public string Label => string.Join(AuthorityCodes.Joint, Codes);

    /// <summary>A figure; an empty cell where the file has no column for it.</summary>
    /// <param name="measure">The figure.</param>
    public PublishedCell this[AreaMeasure measure] => Cells.GetValueOrDefault(measure);
}

/// <summary>A published file, read for one use: its rows of authorities, and a count of the rows of other levels.</summary>
/// <param name="Source">The name of the input.</param>
/// <param name="Role">The use.</param>
/// <param name="Layout">The layout.</param>
/// <param name="Rows">The rows of authorities, all years, in the order of the file.</param>
public sealed record PublishedFile(string Source, PublishedRole Role, PublishedLayout Layout, IReadOnlyList<PublishedRow> Rows)
{
    /// <summary>How many rows of each other level (England, regions) were passed over.</summary>
    public required IReadOnlyDictionary<string, int> OtherLevels { get; init; }

    /// <summary>How the bytes were read.</summary>
    public required TextEncoding Encoding { get; init; }

    /// <summary>Cells that are neither a number nor a known mark, and rows left out; a figure of such a cell is missing.</summary>
    public IReadOnlyList<CellFinding> Findings { get; init; } = [];

    /// <summary>The figures of the use for which the file has no column.</summary>
    public required IReadOnlyList<AreaMeasure> Absent { get; init; }

    /// <summary>The years that the file holds, ascending.</summary>
    public IReadOnlyList<int> Years { get; } = [.. Rows.Select(r => r.Year).Distinct().Order()];

    /// <summary>The rows of one year.</summary>
    /// <param name="year">The year.</param>
    public IReadOnlyList<PublishedRow> Of(int year) => [.. Rows.Where(r => r.Year == year)];

    /// <summary>Reads a published file.</summary>
    /// <param name="path">A file, a file that ends in <c>.gz</c>, or <c>-</c> for standard input.</param>
    /// <param name="role">The use.</param>
    /// <exception cref="Frames.ProblemException">
    /// The file cannot be read or is of no layout known for the use (exit code 3). A cell that is neither a number nor a known mark, or an
    /// authority that stands twice in a year, is told in <see cref="Findings"/>.
    /// </exception>
    public static PublishedFile Read(string path, PublishedRole role) => PublishedFileReader.Read(path, role);
}
