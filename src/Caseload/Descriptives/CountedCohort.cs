using Caseload.Schemas;

namespace Caseload.Descriptives;

/// <summary>A cohort that was counted where it lies, without its rows.</summary>
/// <param name="Children">The number of children.</param>
/// <param name="IsSimulated">Whether every row says that it was made by the kit.</param>
/// <param name="Groups">Re-referral by the groups of each column that was asked for.</param>
/// <param name="Reading">
/// What breaks the contract in the columns that were counted; a finding stands for all rows of a group, and every one is counted.
/// </param>
public sealed record CountedCohort(
    int Children, bool IsSimulated, IReadOnlyList<IReadOnlyList<RiskGroup>> Groups, TableReading Reading);
