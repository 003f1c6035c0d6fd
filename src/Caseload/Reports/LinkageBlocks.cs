using Caseload.Results;

namespace Caseload.Reports;

/// <summary>What linking the returns met, set for reading.</summary>
public static class LinkageBlocks
{
    /// <summary>The authorities whose identifiers do not carry over.</summary>
    /// <param name="results">The results of a run that linked returns.</param>
    public static TableBlock Flagged(StudyResults results) =>
        StudyBlocks.Block(results, LinkageTables.Flagged(results), "Authorities whose identifiers do not carry over") with
        {
            Columns =
            [
                new TableColumn("authority") { Heading = "Authority" }, new TableColumn("how") { Heading = "How they fail" },
                StudyBlocks.Percent("score", "Lowest score"),
            ],
            Notes =
            [
                "Score: of the cases open on 31 March, the share that the next return holds under the same identifier and referral date. "
                    + "All scores stand in tables/continuity.csv, what cleaning did in tables/cleaning.csv.",
            ],
        };

    /// <summary>Children in several authorities, and first referrals that are known not to be the first.</summary>
    /// <param name="results">The results of a run that linked returns.</param>
    public static TableBlock Moves(StudyResults results)
    {
        var table = LinkageTables.Moves(results);
        return StudyBlocks.Block(results, table, "What linking within an authority does not see") with
        {
            Columns = [new TableColumn("what") { Heading = "Children" }, new TableColumn("count") { Heading = "Count", IsNumeric = true }],
            Notes =
            [
                results.Linkage is { LeftTruncation.Children: 0 }
                    ? "No authority made a return of the year before: first referrals that are not the first cannot be counted."
                    : "First referrals that are not the first are counted where the authority made a return of the year before.",
                results.Linkage?.Moves is null
                    ? "No return holds a pupil number, so it cannot be told who moved between authorities."
                    : "Pupil numbers are missing for most children under five: who moved is a lower limit.",
            ],
        };
    }
}
