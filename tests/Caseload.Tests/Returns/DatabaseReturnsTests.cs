using Caseload.Frames;
using Caseload.Frames.Databases;
using Caseload.Returns;
using Caseload.Schemas;
using Microsoft.Data.Sqlite;

namespace Caseload.Tests.Returns;

/// <summary>Returns of a database are held against the contract that files are held against.</summary>
public sealed class DatabaseReturnsTests : IDisposable
{
    private const string Header = "LEA,Year,LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA";

    private static readonly TableSchema Schema = DataPackage.Load().Table("returns");

    private static readonly string[] Lines =
    [
        "201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,2010-06-01,0", "201,2012,A,2003-01-01,2,HAND;MOB,2011-09-01,N4,,1",
        "202,2011,B,,1,,2010-07-01,,,", "202,2011,,,1,,2010-07-01,,,", "202,2011,C,1.2.2003,7,,soon,N1,,maybe",
    ];

    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly TemporaryFolder folder = new();

    public DatabaseReturnsTests()
    {
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"create table census({Header});" + string.Concat(Lines.Select(line =>
            $"insert into census values ({string.Join(", ", line.Split(',').Select(cell => cell.Length == 0 ? "null" : $"'{cell}'"))});"));
        command.ExecuteNonQuery();
    }

    [Fact]
    public void The_rows_the_findings_and_the_exclusions_are_those_of_a_file()
    {
        var file = ReturnsReader.ReadFolder(Schema, folder.File("r.csv", string.Join('\n', Lines.Prepend(Header)) + "\n"));
        var query = Read("select * from census");

        Assert.Equal(FrameText.Table(Contract(file), 99), FrameText.Table(Contract(query), 99));
        Assert.Equal(file.Reading.Exclusions, query.Reading.Exclusions);
        Assert.Equal(file.Reading.Findings.Select(f => (f.Line - 1, f.Column, f.Found, f.Expected)),
            query.Reading.Findings.Select(f => (f.Line, f.Column, f.Found, f.Expected)));
        Assert.Equal((file.IsSimulated, string.Join(" ", file.Years)), (query.IsSimulated, string.Join(" ", query.Years)));
    }

    [Fact]
    public void A_finding_names_the_row_of_the_query() =>
        Assert.StartsWith("--query, row 4, column LAchildID", Read("select * from census").Reading.Findings[0].ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_case_of_names_does_not_count_because_databases_fold_it()
    {
        var folded = string.Join(", ", Header.Split(',').Select(name => $"{name} as {name.ToLowerInvariant()}"));

        Assert.Equal(FrameText.Table(Contract(Read("select * from census")), 99), FrameText.Table(Contract(Read($"select {folded} from census")), 99));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_extract_with_names_of_its_own_is_read_by_a_map_as_its_file_is(bool isFolded)
    {
        string[] own = ["la_code", "census_year", "la_child_id", "person_birth_date", "gender_current", "disabilities", "cin_referral_date",
            "primary_need_code", "cin_closure_date", "referral_nfa"];
        var settings = new ReturnsSettings(ColumnMap.Load("snake-case", Schema));
        var rows = Lines.Select(line => (line.EndsWith(",0", StringComparison.Ordinal) ? line[..^1] + "no" : line).Replace(",2,", ",female,",
            StringComparison.Ordinal) + ",WBRI,");
        var path = folder.File("r.csv", string.Join('\n', rows.Prepend(string.Join(',', own) + ",ethnicity,reason_for_closure")) + "\n");
        var names = Header.Split(',').Zip(own, (name, mine) => name switch
        {
            "ReferralNFA" => $"case ReferralNFA when '0' then 'no' else ReferralNFA end as {mine}",
            "GenderCurrent" => $"case GenderCurrent when '2' then 'female' else GenderCurrent end as {mine}",
            _ => $"{name} as {(isFolded ? mine.ToUpperInvariant() : mine)}",
        });

        var query = Read($"select {string.Join(", ", names)}, 'WBRI' as ethnicity, null as reason_for_closure from census", settings);

        Assert.Equal(FrameText.Table(Contract(ReturnsReader.ReadFolder(Schema, path, settings)), 99), FrameText.Table(Contract(query), 99));
        Assert.Equal("2", query.Rows.Text("GenderCurrent")[0]);
        Assert.Empty(query.Reading.Notes);
    }

    [Fact]
    public void A_column_that_the_map_names_and_the_query_lacks_is_told_with_the_place_of_the_query()
    {
        var problem = Assert.Throws<ProblemException>(
            () => Read("select * from census", new ReturnsSettings(ColumnMap.Load("snake-case", Schema)))).Problem;

        Assert.Equal((ProblemKind.Unreadable, "no column la_code, from which the map takes LEA", "the database: --query"),
            (problem.Kind, problem.Found, problem.Where));
    }

    [Fact]
    public void A_missing_column_is_named_and_a_strange_one_is_left_aside_with_a_note()
    {
        var problem = Assert.Throws<ProblemException>(() => Read("select LEA, Year from census")).Problem;
        var notes = Read("select *, 1 as strange from census").Reading.Notes;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains("no column LAchildID", problem.Found, StringComparison.Ordinal);
        Assert.Contains("strange", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_is_used_or_left_out_under_a_reason()
    {
        var reading = Read("select * from census").Reading;

        Assert.Equal(Lines.Length, reading.RowsRead);
        Assert.Equal(reading.RowsRead, reading.Rows.RowCount + reading.Exclusions.Sum(e => e.Rows));
    }

    public void Dispose()
    {
        connection.Dispose();
        folder.Dispose();
    }

    private static Frame Contract(ReturnSet set) => set.Rows.Select([.. Schema.Fields.Select(field => field.Name)]);

    private ReturnSet Read(string query, ReturnsSettings? settings = null)
    {
        using var session = DatabaseSession.Open(connection);
        return DatabaseReturns.Read(Schema, session, DatabaseQuery.Parse(query, "--query"), settings);
    }
}
