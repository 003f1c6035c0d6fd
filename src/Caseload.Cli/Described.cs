using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary>Re-referral by risk group, from the rows of a file or counted in a database.</summary>
internal sealed record Described(
    int Children, bool IsSimulated, IReadOnlyList<IReadOnlyList<RiskGroup>> Groups, TableReading Reading)
{
    internal static Described Of(CohortReading read, IReadOnlyList<string> columns, DataPackage package) => new(
        read.Cohort.Children.RowCount, read.Cohort.IsSimulated,
        [.. columns.Select(column => RiskGroups.By(read.Cohort, column, package))], read.Reading);

    internal static Described Of(CountedCohort counted) =>
        new(counted.Children, counted.IsSimulated, counted.Groups, counted.Reading);
}
