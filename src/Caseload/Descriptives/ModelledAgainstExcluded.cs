using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Descriptives;

/// <summary>A group's share of the modelled children beside its share of the eligible children who are not in the model.</summary>
/// <param name="Section">The variable's name in prose.</param>
/// <param name="Label">The group's name in prose.</param>
/// <param name="Modelled">Of the modelled children for whom the variable is recorded.</param>
/// <param name="Excluded">Of the eligible children outside the model for whom the variable is recorded.</param>
public sealed record GroupShare(string Section, string Label, Proportion Modelled, Proportion Excluded);

/// <summary>Table 1: do the children of the model look like those who had to be left out?</summary>
public static class ModelledAgainstExcluded
{
    /// <summary>Shares of the groups of each variable, and of the outcome, by whether the child is in the model.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="package">The contract, for labels.</param>
    public static IReadOnlyList<GroupShare> Of(Cohort cohort, DataPackage package)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var modelled = cohort with { Children = cohort.ModelledChildren };
        var status = cohort.EligibleChildren.Text("status");
        var outside = cohort with { Children = cohort.EligibleChildren.Filter(row => status[row] != Cohort.Modelled) };
        var shares = new List<GroupShare>();
        foreach (var column in RiskGroups.Columns)
        {
            var (inModel, excluded) = (Recorded(modelled, column, package), Recorded(outside, column, package));
            var (total, totalExcluded) = (inModel.Sum(g => g.Eligible.Of), excluded.Sum(g => g.Eligible.Of));
            foreach (var label in inModel.Concat(excluded).Select(g => (g.Section, g.Label, g.Code)).DistinctBy(g => g.Code))
            {
                shares.Add(new GroupShare(label.Section, label.Label,
                    new Proportion(inModel.Where(g => g.Code == label.Code).Sum(g => g.Eligible.Of), total),
                    new Proportion(excluded.Where(g => g.Code == label.Code).Sum(g => g.Eligible.Of), totalExcluded)));
            }
        }

        shares.Add(new GroupShare(
            "Outcome", "Re-referred by the end of follow-up", Outcomes.Of(modelled).Eligible, Outcomes.Of(outside).Eligible));
        return shares;
    }

    private static List<RiskGroup> Recorded(Cohort cohort, string column, DataPackage package) =>
        [.. RiskGroups.By(cohort, column, package).Where(g => g.Code.Length > 0)];
}
