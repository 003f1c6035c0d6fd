using Caseload.Results;

namespace Caseload.Reports;

/// <summary>The time until re-referral and incomplete cases, set for reading.</summary>
public static class FollowUpBlocks
{
    /// <summary>The share of children who returned since their first referral and since its closure.</summary>
    /// <param name="results">The results of a run.</param>
    public static TableBlock Survival(StudyResults results) =>
        StudyBlocks.Block(results, FollowUpTables.Survival(results), "Returned since the first referral and since its closure") with
        {
            Columns =
            [
                new TableColumn("since") { IsSection = true }, new TableColumn("months") { Heading = "Months" },
                StudyBlocks.Count("at_risk", "At risk"), StudyBlocks.Percent("returned", "Returned"),
                StudyBlocks.Percent("lower", "from"), StudyBlocks.Percent("upper", "to"),
            ],
            Notes =
            [
                "Kaplan-Meier estimates, all children; censored at the 18th birthday, at death and at the end of follow-up. "
                    + "From and to: 95% interval on the log(-log) scale. At risk: who was followed so long and had not returned before.",
                "A later study published 32% at 12 months and 58% at six years for episodes closed in 2014 to 2019: "
                    + "another cohort, and no target of this one.",
            ],
        };

    /// <summary>Which covariates of the model the eligible children lack.</summary>
    /// <param name="results">The results of a run.</param>
    public static Block Incomplete(StudyResults results) => FollowUpTables.Incomplete(results) is { } table
        ? StudyBlocks.Block(results, table, "What is not recorded of the eligible children, by combination") with
        {
            Columns =
            [
                new TableColumn("not_recorded") { Heading = "Not recorded" },
                StudyBlocks.Count("eligible_children", "Eligible children"), StudyBlocks.Percent("share", "%"),
            ],
        }
        : new Prose("Which covariates the eligible children lack together is not shown: "
            + "a combination of a few children would follow from the others.");
}
