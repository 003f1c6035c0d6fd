using System.Globalization;
using Caseload.Frames;
using Caseload.Frames.Databases;
using Caseload.Schemas;

namespace Caseload.Descriptives;

/// <summary>
/// Describes a cohort in a database: the database counts the rows by the columns of a table, and the counts are held against the contract
/// as rows would be, so that the table is the one of the rows.
/// </summary>
/// <param name="session">The database.</param>
/// <param name="query">The rows: one a child, with the columns of the table "cohort", whose case does not count.</param>
/// <param name="package">The contract.</param>
public sealed class CohortCounter(DatabaseSession session, DatabaseQuery query, DataPackage package)
{
    private const string Child = "child";
    private const string Count = "caseload_rows";

    // What is counted in every table, what disclosure control must know, and what says whether a row can be used.
    private static readonly string[] Base = ["authority", "eligible", "rereferred", "status", "source_kind"];

    private readonly TableSchema schema = package.Table("cohort");

    /// <summary>Counts re-referral by the groups of some columns.</summary>
    /// <param name="columns">The columns.</param>
    /// <exception cref="ProblemException">
    /// The query lacks a column or cannot be run (unreadable), holds no child, or a child twice (check failed).
    /// </exception>
    public CountedCohort By(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var available = session.Columns(query).Columns.Select(column => column.Name).ToArray();
        var used = schema with
        {
            Fields = [.. schema.Fields.Where(field => field.Name == Child || Base.Contains(field.Name) || columns.Contains(field.Name))],
            PrimaryKey = [],
        };
        QueryTable.Require(used, QueryTable.Find(available, [.. used.Fields.Select(field => field.Name)]), available, Place);
        var children = RequireChildren(Quoted(available, Child)!);
        var totals = Read(available, null, children);
        var (reading, groups) = (totals.Reading, new List<IReadOnlyList<RiskGroup>>());
        foreach (var column in columns)
        {
            var counted = Base.Contains(column) ? totals : Read(available, column, children);
            groups.Add(RiskGroups.By(counted.Reading.Rows, counted.Rows, column, package));
            if (counted != totals) reading = Join(reading, counted.Reading, column, totals.Reading.FindingCount);
        }

        if (totals.Rows.Length == 0)
            throw Failed("a cohort without a child", "at least one usable row",
                $"All {totals.Reading.RowsRead} rows break the contract; see the first: {totals.Reading.Findings[0]}");
        var kind = totals.Reading.Rows.Text("source_kind");
        return new CountedCohort(totals.Rows.Sum(),
            Enumerable.Range(0, kind.Count).All(row => kind[row] == "simulated"), groups, reading);
    }

    private string Place => $"{session.Name}: {query.Place}";

    private static TableReading Join(TableReading all, TableReading one, string column, int ofBase) => all with
    {
        Findings = [.. all.Findings.Concat(one.Findings.Where(finding => finding.Column == column)).Take(TableBuilder.FindingLimit)],
        FindingCount = all.FindingCount + one.FindingCount - ofBase,
    };

    private string? Quoted(string[] available, string field) =>
        QueryTable.Find(available, [field])[0] is { } name ? session.Quote(name) : null;

    // The contract asks for one row a child; counts alone would not show it.
    private int RequireChildren(string child)
    {
        using var rows = session.Run(query.Within(
            $"SELECT COUNT(*) AS n, COUNT({child}) AS present, COUNT(DISTINCT {child}) AS different, MIN({child}) AS least", ""));
        rows.Read();
        var (all, present, different) = (Whole(rows.Text(0)), Whole(rows.Text(1)), Whole(rows.Text(2)));
        if (all == 0) throw Failed("a cohort without a child", "at least one row", "Check the conditions of the query.");
        if (all > int.MaxValue) throw Failed("a query of more than 2,147,483,647 rows", "fewer", "Describe a part of the rows.");
        if (present < all)
            throw Failed(FormattableString.Invariant($"{all - present:N0} rows without a number of the child"), "a number in every row",
                "Number the rows in the query, or leave them out.");
        if (different < all)
            throw Failed(FormattableString.Invariant($"{all - different:N0} rows whose number of the child an earlier row has"),
                "one row a child", "Keep one row a child in the query.");
        return decimal.TryParse(rows.Text(3), NumberStyles.Number, CultureInfo.InvariantCulture, out var least) && least >= 1
            ? (int)all
            : throw Failed("numbers of children that are no whole numbers from 1", "a whole number from 1 in every row",
                "Number the rows in the query.");
    }

    private Counted Read(string[] available, string? column, int expected)
    {
        TableSchema part = schema with
        {
            Fields = [.. schema.Fields.Where(field => Base.Contains(field.Name) || field.Name == column)], PrimaryKey = [],
        };
        var groups = Groups(available, part);
        if (groups.Sum(group => group.Rows) != expected)
            throw new ProblemException(new Problem(ProblemKind.Unreadable, "rows that changed while they were counted",
                "the same rows from first to last", Place, "Run the command when nobody writes to the tables."));
        var builder = new TableBuilder(part) { Unit = "group" };
        for (var i = 0; i < groups.Count; i++) builder.AddRow(query.Place, i + 1, groups[i].Cells, groups[i].Rows);
        var reading = builder.Build();
        var kept = reading.Rows.Integer(TableReader.LineColumn).Values.ToArray();
        return new Counted(reading, [.. kept.Select(number => groups[number - 1].Rows)]);
    }

    // In the order of their cells: databases give groups in any order.
    private List<Group> Groups(string[] available, TableSchema part)
    {
        var names = part.Fields.Select(field => Quoted(available, field.Name)).ToArray();
        var list = string.Join(", ", names.OfType<string>());
        using var rows = session.Run(query.Within($"SELECT {list}, COUNT(*) AS {Count}", $"GROUP BY {list}"));
        var groups = new List<Group>();
        while (rows.Read())
        {
            var (cells, next) = (new string[names.Length], 0);
            for (var i = 0; i < cells.Length; i++) cells[i] = names[i] is null ? "" : rows.Text(next++);
            groups.Add(new Group(cells, (int)Whole(rows.Text(next))));
        }

        return [.. groups.OrderBy(group => string.Join('\u001f', group.Cells), StringComparer.Ordinal)];
    }

    private static long Whole(string cell) => long.Parse(cell, CultureInfo.InvariantCulture);

    private ProblemException Failed(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.CheckFailed, found, expected, Place, remedy));

    private sealed record Group(string[] Cells, int Rows);

    // The usable groups, and how many rows each of them stands for.
    private sealed record Counted(TableReading Reading, int[] Rows);
}
