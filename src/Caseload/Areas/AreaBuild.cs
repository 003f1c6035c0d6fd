using Caseload.Schemas;

namespace Caseload.Areas;

/// <summary>The published files an area table is built from.</summary>
/// <param name="Rates">The files of referrals, each of other years.</param>
/// <param name="Stock">The files of children in need; they may be the same files.</param>
/// <param name="Workforce">The files of social workers; none where there are none, and then CIN per social worker stays empty.</param>
public sealed record AreaSources(IReadOnlyList<string> Rates, IReadOnlyList<string> Stock, IReadOnlyList<string> Workforce)
{
    /// <summary>The years in which the reporting years end; none for the latest that all files hold.</summary>
    public IReadOnlyList<int> Years { get; init; } = [];

    /// <summary>A file of the person's own with scores of deprivation (<see cref="DeprivationFile"/>), or null.</summary>
    public string? Deprivation { get; init; }
}

/// <summary>A figure that an authority's row lacks.</summary>
/// <param name="Authority">The code.</param>
/// <param name="Name">The name.</param>
/// <param name="Measure">The figure.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">The same in words.</param>
public sealed record AreaGap(string Authority, string Name, AreaMeasure Measure, GapReason Reason, string Detail);

/// <summary>A row of a published file that entered no row of the table.</summary>
/// <param name="Role">The file.</param>
/// <param name="Codes">The codes of the row.</param>
/// <param name="Name">The name.</param>
/// <param name="Detail">Why it was not used.</param>
public sealed record UnusedFigure(PublishedRole Role, string Codes, string Name, string Detail);

/// <summary>An area table with an account of how it was made.</summary>
/// <param name="Table">The table: one row an authority, one year.</param>
/// <param name="Year">The year.</param>
/// <param name="Gaps">Every figure that is missing, by measure and then by code.</param>
/// <param name="Unused">Every row of the year that was not used.</param>
public sealed record AreaBuild(AreaTable Table, int Year, IReadOnlyList<AreaGap> Gaps, IReadOnlyList<UnusedFigure> Unused)
{
    /// <summary>The files: rates, stock and, where one holds the year, workforce.</summary>
    public required IReadOnlyList<PublishedFile> Files { get; init; }

    /// <summary>Cells of the files, of whatever year, that could not be taken.</summary>
    public IReadOnlyList<CellFinding> Findings { get; init; } = [];

    /// <summary>What a reader should know and what stops nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The tables of several years as one.</summary>
    /// <param name="builds">One a year.</param>
    public static AreaTable Together(IReadOnlyList<AreaBuild> builds) =>
        new([.. builds.OrderBy(b => b.Year).SelectMany(b => b.Table.Areas)]);

    /// <summary>The distribution of a figure over the authorities.</summary>
    /// <param name="figure">The figure.</param>
    public Distribution Distribution(Func<Area, double?> figure) => Areas.Distribution.Of(Table.Areas.Select(figure));
}
