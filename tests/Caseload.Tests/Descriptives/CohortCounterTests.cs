using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Frames;
using Caseload.Frames.Databases;
using Caseload.Schemas;
using Microsoft.Data.Sqlite;

namespace Caseload.Tests.Descriptives;

/// <summary>A cohort counted in a database is described as the cohort read from its file.</summary>
public sealed class CohortCounterTests : IDisposable
{
    private static readonly DataPackage Package = DataPackage.Load();

    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly TemporaryFolder folder = new();

    public CohortCounterTests() => connection.Open();

    [Fact]
    public void Its_groups_are_those_of_the_rows_whatever_breaks_the_contract()
    {
        string[] columns = [.. RiskGroups.Columns, "authority", "ethnicity", "eligible"];
        Properties.Hold(FsCheck.Fluent.Gen.Choose(1, 100_000), seed =>
        {
            var lines = Lines(seed);
            var read = CohortReader.Read(Package.Table("cohort"), folder.File("cohort.csv", string.Concat(lines.Select(line => line + "\n"))), new CohortSettings());
            Fill(lines);
            var counted = Count("select * from cohort", columns);

            Assert.Equal(columns.SelectMany(column => RiskGroups.By(read.Cohort, column, Package)), counted.Groups.SelectMany(groups => groups));
            Assert.Equal((read.Cohort.Children.RowCount, read.Cohort.IsSimulated), (counted.Children, counted.IsSimulated));
            Assert.Equal((read.Reading.RowsRead, read.Reading.FindingCount), (counted.Reading.RowsRead, counted.Reading.FindingCount));
            Assert.Equal(read.Reading.Exclusions, counted.Reading.Exclusions);
        });
    }

    [Theory]
    [InlineData("select 1 as child, authority, eligible, rereferred from cohort", "rows whose number of the child an earlier row has")]
    [InlineData("select nullif(child, 2) as child, authority, eligible, rereferred from cohort", "1 rows without a number of the child")]
    [InlineData("select * from cohort where child < 0", "a cohort without a child")]
    [InlineData("select child, '?' as authority, eligible, rereferred from cohort", "a cohort without a child")]
    public void A_query_that_does_not_hold_one_row_a_child_fails_the_check(string query, string told)
    {
        Fill(Lines(1));
        var problem = Assert.Throws<ProblemException>(() => Count(query, ["authority"])).Problem;

        Assert.Equal(ProblemKind.CheckFailed, problem.Kind);
        Assert.Contains(told, problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_columns_of_the_table_are_needed()
    {
        Fill(Lines(1));

        Assert.Single(Count("select child, authority, eligible, rereferred, need from cohort", ["need"]).Groups);
        Assert.Contains("no column need",
            Assert.Throws<ProblemException>(() => Count("select child, authority, eligible, rereferred from cohort", ["need"])).Problem.Found,
            StringComparison.Ordinal);
    }

    public void Dispose()
    {
        connection.Dispose();
        folder.Dispose();
    }

    // Cells of every kind, some of them against the contract.
    private static string[] Lines(int seed)
    {
        var random = new Random(seed);
        var fields = Package.Table("cohort").Fields;
        string Pick(params string[] cells) => cells[random.Next(cells.Length)];
        string Cell(string name, int row) => name switch
        {
            "child" => (row + 1).ToString(System.Globalization.CultureInfo.InvariantCulture),
            "authority" => random.Next(30) == 0 ? Pick("", "?") : Pick("201", "202", "E06000001"),
            "rereferred" => random.Next(30) == 0 ? Pick("", "perhaps") : Pick("true", "false"),
            "eligible" => Pick("true", "false", "", "true", "1", "x"),
            "need" => Pick("N1", "N2", "", "N9", "Q1"),
            "age_group" => Pick("0", "1-4", "unborn", "", "old"),
            "sex" => Pick("male", "female", ""),
            "disabled" or "nfa" => Pick("true", "false", ""),
            "ethnicity" => Pick("WBRI", "", "REFU"),
            "source_kind" => seed % 2 == 0 ? "simulated" : Pick("simulated", "real", ""),
            _ => "",
        };
        return [string.Join(',', fields.Select(f => f.Name)),
            .. Enumerable.Range(0, 120).Select(row => string.Join(',', fields.Select(f => Cell(f.Name, row))))];
    }

    private CountedCohort Count(string query, string[] columns)
    {
        using var session = DatabaseSession.Open(connection);
        return new CohortCounter(session, DatabaseQuery.Parse(query), Package).By(columns);
    }

    private void Fill(string[] lines)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"drop table if exists cohort; create table cohort({lines[0].Replace("child,", "child integer,", StringComparison.Ordinal)});"
            + string.Concat(lines.Skip(1).Select(line =>
                $"insert into cohort values ({string.Join(", ", line.Split(',').Select(cell => cell.Length == 0 ? "null" : $"'{cell}'"))});"));
        command.ExecuteNonQuery();
    }
}
