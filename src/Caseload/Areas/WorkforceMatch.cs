namespace Caseload.Areas;

/// <summary>The workforce rows that count an authority's social workers.</summary>
/// <param name="Basis">How they belong to it.</param>
/// <param name="Rows">The rows: one, unless successors have a row each.</param>
internal sealed record WorkforceFigure(WorkforceBasis Basis, IReadOnlyList<PublishedRow> Rows)
{
    /// <summary>The codes that the rows count, ascending.</summary>
    internal IReadOnlyList<string> Covers { get; } = [.. Rows.SelectMany(r => r.Codes).Order(StringComparer.Ordinal)];
}

/// <summary>
/// Finds the workforce rows of an authority, by three-digit codes: its own row; else a joint row that names it; else, where a boundary
/// change replaced this one authority by several, the rows that count exactly those. Anything else would mix different ground.
/// </summary>
/// <param name="rows">The workforce rows of one year.</param>
/// <param name="year">The year.</param>
internal sealed class WorkforceMatch(IReadOnlyList<PublishedRow> rows, int year)
{
    /// <summary>The rows of an authority, or null.</summary>
    internal WorkforceFigure? Find(string authority)
    {
        if (rows.FirstOrDefault(r => r.Codes.Contains(authority)) is { } row)
            return new WorkforceFigure(row.Codes.Count == 1 ? WorkforceBasis.Own : WorkforceBasis.Joint, [row]);
        if (BoundaryChange.Ending(authority, year) is not { Before.Count: 1 } change) return null;
        var figure = new WorkforceFigure(WorkforceBasis.Successors, [.. rows.Where(r => r.Codes.Any(change.After.Contains))]);
        return figure.Covers.SequenceEqual(change.After) ? figure : null;
    }
}
