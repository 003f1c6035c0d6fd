using Caseload.Areas;
using Caseload.Frames;

namespace Caseload.Simulation;

/// <summary>Six simulated censuses and the figures of the simulated authorities.</summary>
/// <param name="Returns">The returns with at least one row, by year and authority.</param>
/// <param name="Areas">The area table.</param>
public sealed record SimulatedCensuses(IReadOnlyList<CensusReturn> Returns, AreaTable Areas)
{
    /// <summary>The rows of all returns.</summary>
    public int RowCount => Returns.Sum(r => r.RowCount);
}

/// <summary>The return of an authority for a census year.</summary>
public sealed class CensusReturn
{
    private readonly ReturnRows rows;

    internal CensusReturn(ReturnRows rows) => this.rows = rows;

    /// <summary>The authority's code.</summary>
    public string Authority => rows.Authority;

    /// <summary>The census year.</summary>
    public int Year => rows.Year;

    /// <summary>How many rows it has.</summary>
    public int RowCount => rows.Count;

    /// <summary>The rows, by the contract of the table "returns", by child and referral date. They are made anew at each call.</summary>
    public Frame Rows() => rows.Build();
}
