using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Cohorts;

/// <summary>Reads a cohort that was made before, by the kit or by the person.</summary>
public static class CohortReader
{
    /// <summary>Reads a cohort file. The status of each child is worked out again, so that it always follows from what the file holds.</summary>
    /// <param name="schema">The contract of the table "cohort".</param>
    /// <param name="path">The file.</param>
    /// <param name="settings">How the cohort was made; used for its labels.</param>
    /// <exception cref="ProblemException">The file cannot be read, or lacks a required column.</exception>
    public static CohortReading Read(TableSchema schema, string path, CohortSettings settings)
    {
        var reading = TableReader.Read(schema, path);
        if (reading.Rows.RowCount == 0)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, "a cohort without a child", "at least one usable row", path,
                reading.RowsRead == 0 ? "Check that the export finished." : $"All {reading.RowsRead} rows break the contract; see the first: {reading.Findings[0]}"));
        var kind = reading.Rows.Text("source_kind");
        var simulated = Enumerable.Range(0, kind.Count).All(row => kind[row] == "simulated");
        var children = ModelStatus.Add(reading.Rows.Select([.. schema.Fields.Select(f => f.Name)]));
        FlowStep[] flow =
        [
            new("Rows in the cohort file", reading.RowsRead, []),
            new(ModelStatus.CohortStep, children.RowCount, reading.Exclusions),
            .. ModelStatus.Flow(children),
        ];
        return new CohortReading(new Cohort(children, settings, flow, [], simulated), reading);
    }
}

/// <summary>A cohort that was read from a file, and what is wrong with the file.</summary>
/// <param name="Cohort">The cohort.</param>
/// <param name="Reading">The rows left out, the findings and the notes.</param>
public sealed record CohortReading(Cohort Cohort, TableReading Reading);
