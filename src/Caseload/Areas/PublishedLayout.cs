namespace Caseload.Areas;

/// <summary>What a published file is used for.</summary>
public enum PublishedRole
{
    /// <summary>Referrals, their rate, re-referrals and no further action.</summary>
    Rates,

    /// <summary>Children in need on 31 March.</summary>
    Stock,

    /// <summary>Children's social workers.</summary>
    Workforce,
}

/// <summary>The uses in words.</summary>
internal static class PublishedRoles
{
    /// <summary>A use as the command line names it.</summary>
    internal static string Option(this PublishedRole role) => AreaFrame.Lower<PublishedRole>(role)!;
}

/// <summary>A figure and the column it stands in.</summary>
/// <param name="Role">The use to which the figure belongs.</param>
/// <param name="Measure">The figure.</param>
/// <param name="Column">The name of the column.</param>
/// <param name="Essential">Whether a file without the column is no file of this layout; else the figure is then not known.</param>
public sealed record MeasureColumn(PublishedRole Role, AreaMeasure Measure, string Column, bool Essential = false);

/// <summary>The columns that say which place a row is about.</summary>
/// <param name="Level">The column of the level: England, region or authority.</param>
/// <param name="Code">The column of the three-digit code.</param>
/// <param name="Name">The column of the name.</param>
public sealed record PlaceColumns(string Level, string Code, string Name)
{
    /// <summary>What the level says where the row is an authority's.</summary>
    public required string AuthorityLevel { get; init; }

    /// <summary>The column of the ONS code; null where the layout has none.</summary>
    public string? OnsCode { get; init; }

    /// <summary>The column of the region's name; null where the layout has none.</summary>
    public string? Region { get; init; }
}

/// <summary>A mark that stands in place of a number.</summary>
/// <param name="Text">The mark.</param>
/// <param name="Reason">What it means here.</param>
/// <param name="Meaning">The same in words.</param>
public sealed record CellMark(string Text, GapReason Reason, string Meaning);

/// <summary>The layout of a published file: its columns, its years, and what its marks mean.</summary>
/// <param name="Name">The publication.</param>
/// <param name="Place">The columns of the place.</param>
/// <param name="Measures">The figures.</param>
/// <param name="Marks">The marks.</param>
public sealed record PublishedLayout(string Name, PlaceColumns Place, IReadOnlyList<MeasureColumn> Measures, IReadOnlyList<CellMark> Marks)
{
    /// <summary>The one year that the file is about; null where a column says it.</summary>
    public int? Year { get; init; }

    /// <summary>The column of the year; null where the file is about one year.</summary>
    public string? YearColumn { get; init; }

    /// <summary>The uses that files of this layout can be put to.</summary>
    public IEnumerable<PublishedRole> Roles => Measures.Select(m => m.Role).Distinct();

    /// <summary>The figures of one use.</summary>
    /// <param name="role">The use.</param>
    public IEnumerable<MeasureColumn> For(PublishedRole role) => Measures.Where(m => m.Role == role);

    /// <summary>Whether a header has what this layout needs for a use.</summary>
    /// <param name="header">The names of the columns.</param>
    /// <param name="role">The use.</param>
    public bool Fits(IReadOnlyList<string> header, PublishedRole role) =>
        Roles.Contains(role) && Needed(role).All(name => header.Contains(name, StringComparer.Ordinal));

    /// <summary>The columns without which a file is not of this layout.</summary>
    /// <param name="role">The use.</param>
    public IEnumerable<string> Needed(PublishedRole role) =>
        new[] { YearColumn, Place.Level, Place.Code, Place.Name }.OfType<string>()
            .Concat(For(role).Where(m => m.Essential).Select(m => m.Column));
}
