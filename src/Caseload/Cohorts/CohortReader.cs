using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Cohorts;

/// <summary>Reads a cohort that was made before, by the kit or by the person.</summary>
public static class CohortReader
{
    /// <summary>
    /// Reads a cohort file. The status of each child is worked out again, so that it always follows from what the file holds; the cohort
    /// year and the length of follow-up are taken from the file where it has them.
    /// </summary>
    /// <param name="schema">The contract of the table "cohort".</param>
    /// <param name="path">The file.</param>
    /// <param name="settings">How the cohort was made, where the file does not say.</param>
    /// <param name="isYearGiven">
    /// Whether the cohort year of the settings was asked for, so that another year in the file is an error.
    /// </param>
    /// <exception cref="ProblemException">
    /// The file cannot be read, lacks a required column, or is of another cohort year than was asked for.
    /// </exception>
    public static CohortReading Read(TableSchema schema, string path, CohortSettings settings, bool isYearGiven = false)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(settings);
        var reading = TableReader.Read(schema, path);
        if (reading.Rows.RowCount == 0)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, "a cohort without a child", "at least one usable row", path,
                reading.RowsRead == 0
                    ? "Check that the export finished."
                    : $"All {reading.RowsRead} rows break the contract; see the first: {reading.Findings[0]}"));
        var kind = reading.Rows.Text("source_kind");
        var simulated = Enumerable.Range(0, kind.Count).All(row => kind[row] == "simulated");
        var children = ModelStatus.Add(reading.Rows.Select([.. schema.Fields.Select(f => f.Name)]), settings.Modelled);
        var made = MadeBy(children, settings);
        if (isYearGiven && made.CohortYear != settings.CohortYear)
            throw new ProblemException(new Problem(ProblemKind.CheckFailed, $"a cohort first referred in {made.CohortLabel}",
                $"the cohort year {settings.CohortYear} that was asked for", path,
                "Leave --cohort-year out, or choose the cohort file of that year."));
        FlowStep[] flow =
        [
            new("Rows in the cohort file", reading.RowsRead, []),
            new(ModelStatus.CohortStep, children.RowCount, reading.Exclusions),
            .. ModelStatus.Flow(children),
        ];
        return new CohortReading(new Cohort(children, made, flow, [.. Contradictions(children, made)], simulated), reading);
    }

    private static CohortSettings MadeBy(Frame children, CohortSettings settings)
    {
        var years = Years(children.Date("first_referral"));
        var made = years.Length == 0 ? settings : settings with { CohortYear = MostFrequent(years) };
        return Latest(children.Date("followed_to")) is { } end
            ? made with { FollowUpYears = Math.Max(1, CohortSettings.CensusYear(end) - made.CohortYear + 1) }
            : made;
    }

    private static int[] Years(DateColumn dates) =>
    [
        .. dates.Days.ToArray().Where(day => day != DateColumn.Missing)
            .Select(day => CohortSettings.CensusYear(DateOnly.FromDayNumber(day))),
    ];

    private static int MostFrequent(int[] years) => years.GroupBy(y => y).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;

    private static DateOnly? Latest(DateColumn column)
    {
        var latest = DateColumn.Missing;
        foreach (var day in column.Days) latest = Math.Max(latest, day);
        return latest == DateColumn.Missing ? null : DateOnly.FromDayNumber(latest);
    }

    private static IEnumerable<CountedCase> Contradictions(Frame children, CohortSettings made)
    {
        var (rereferred, year) = (children.Flag("rereferred"), children.Integer("rereferral_year"));
        var outside = Years(children.Date("first_referral")).Count(y => y != made.CohortYear);
        if (outside > 0) yield return new CountedCase("First referral outside the cohort year, all the same in the file", outside);
        var contradictory = Enumerable.Range(0, children.RowCount).Count(row => rereferred[row] == false && !year.IsMissing(row));
        if (contradictory > 0)
        {
            yield return new CountedCase(
                "A year of re-referral although the child is not marked as re-referred: the mark is believed", contradictory);
        }

        foreach (var figure in new[] { "referral_rate_per_10000", "cin_per_social_worker" })
        {
            var varying = Varying(children, figure);
            if (varying > 0) yield return new CountedCase($"Authorities within which {figure} differs between children", varying);
        }
    }

    // A figure of an authority is one for all its children; another figure is a slip of the join that made the file.
    private static int Varying(Frame children, string name)
    {
        var (authority, figure) = (children.Text("authority"), children.Number(name));
        var seen = new double[authority.Levels.Count];
        Array.Fill(seen, double.NaN);
        var varying = new HashSet<int>();
        for (var row = 0; row < children.RowCount; row++)
        {
            var (code, value) = (authority.Codes[row], figure.Values[row]);
            if (code < 0 || double.IsNaN(value)) continue;
            if (double.IsNaN(seen[code])) seen[code] = value;
            else if (!seen[code].Equals(value)) varying.Add(code);
        }

        return varying.Count;
    }
}

/// <summary>A cohort that was read from a file, and what is wrong with the file.</summary>
/// <param name="Cohort">The cohort.</param>
/// <param name="Reading">The rows left out, the findings and the notes.</param>
public sealed record CohortReading(Cohort Cohort, TableReading Reading);
