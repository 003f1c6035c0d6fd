using System.Globalization;

namespace Caseload.Returns.Census;

/// <summary>Which return a child stands in.</summary>
/// <param name="File">The file.</param>
/// <param name="Lea">The authority's code, as written.</param>
/// <param name="Year">The census year, as written.</param>
/// <param name="ReferenceDate">The reference date, as written; empty in a flat table, which has none.</param>
/// <param name="SoftwareCode">What wrote the return; empty in a flat table.</param>
public sealed record CensusHeader(string File, string Lea, string Year, string ReferenceDate = "", string SoftwareCode = "")
{
    private const int Earliest = 1990;
    private const int Latest = 2100;

    /// <summary>The calendar year in which the census year ends, or null where what is written is no such year.</summary>
    public int? CensusYear { get; } =
        int.TryParse(Year, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= Earliest and <= Latest
            ? year
            : null;

    /// <summary>1 April, the first day of the census year; null where the year cannot be read.</summary>
    public DateOnly? PeriodStart => CensusYear is { } year ? new DateOnly(year - 1, 4, 1) : null;

    /// <summary>31 March, the last day of the census year; null where the year cannot be read.</summary>
    public DateOnly? PeriodEnd => CensusYear is { } year ? new DateOnly(year, 3, 31) : null;
}
