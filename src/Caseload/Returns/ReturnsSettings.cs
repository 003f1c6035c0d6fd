using Caseload.Schemas;

namespace Caseload.Returns;

/// <summary>How returns are read.</summary>
/// <param name="Map">Takes the names of a research extract, in CSV or a database, to the census item names; XML returns need none.</param>
/// <param name="LeftAside">
/// Columns whose cells are held against the contract and then left aside, for those who do not use them. Columns that are required, or at
/// which the reader itself looks for what is odd, are kept all the same.
/// </param>
public sealed record ReturnsSettings(ColumnMap? Map = null, IReadOnlyCollection<string>? LeftAside = null)
{
    /// <summary>The columns that the published validation rules need and the cohort does not.</summary>
    public static IReadOnlyCollection<string> RulesAlone { get; } =
        ["UPNunknown", "DateOfInitialCPC", "AssessmentActualStartDate", "CINPlanStartDate", "S47ActualStartDate", "CPPstartDate"];
}
