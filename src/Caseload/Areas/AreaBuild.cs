namespace Caseload.Areas;

/// <summary>The published files an area table is built from.</summary>
/// <param name="Rates">The file of referrals.</param>
/// <param name="Stock">The file of children in need; it may be the same file.</param>
/// <param name="Workforce">The file of social workers; null where there is none, and then CIN per social worker stays empty.</param>
/// <param name="Year">The year in which the reporting year ends; null for the latest that all files hold.</param>
public sealed record AreaSources(string Rates, string Stock, string? Workforce, int? Year);

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
    /// <summary>The files: rates, stock and, where given, workforce.</summary>
    public required IReadOnlyList<PublishedFile> Files { get; init; }

    /// <summary>What a reader should know and what stops nothing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The distribution of a figure over the authorities.</summary>
    /// <param name="figure">The figure.</param>
    public Distribution Distribution(Func<Area, double?> figure) => Areas.Distribution.Of(Table.Areas.Select(figure));
}
