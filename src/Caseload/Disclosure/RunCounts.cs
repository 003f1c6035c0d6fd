using Caseload.Cohorts;
using Caseload.Descriptives;

namespace Caseload.Disclosure;

/// <summary>The exact counts of a run that its tables are made of, before disclosure control.</summary>
/// <param name="Children">Re-referred, of all children.</param>
/// <param name="Eligible">Re-referred, of those eligible by age.</param>
/// <param name="Modelled">Re-referred, of those of the model; null where no table tells of the model.</param>
/// <param name="Groups">The groups of all variables; those of a variable add up to the three above.</param>
public sealed record RunCounts(Proportion Children, Proportion Eligible, Proportion? Modelled, IReadOnlyList<RiskGroup> Groups)
{
    /// <summary>The steps from what was read to the children of the model; empty where none are shown.</summary>
    public IReadOnlyList<FlowStep> Flow { get; init; } = [];

    /// <summary>Re-referred by the end of each census year; empty where it is not shown.</summary>
    public IReadOnlyList<CumulativePoint> Cumulative { get; init; } = [];

    /// <summary>The counts of a table of groups alone: the totals are those of the first variable.</summary>
    /// <param name="groups">The groups of all variables.</param>
    public static RunCounts Of(IReadOnlyList<RiskGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        RiskGroup[] first = [.. groups.TakeWhile(g => g.Variable == groups[0].Variable)];
        Proportion Sum(Func<RiskGroup, Proportion> of) => new(first.Sum(g => of(g).Count), first.Sum(g => of(g).Of));
        return new RunCounts(Sum(g => g.All), Sum(g => g.Eligible),
            first.All(g => g.Modelled is not null) && first.Length > 0 ? Sum(g => g.Modelled!.Value) : null, groups);
    }
}
