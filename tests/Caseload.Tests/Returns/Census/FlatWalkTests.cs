using Caseload.Frames;
using Caseload.Frames.Databases;
using Caseload.Returns.Census;
using Caseload.Schemas;
using Microsoft.Data.Sqlite;

namespace Caseload.Tests.Returns.Census;

/// <summary>A flat table gives the same children whether their rows stand together or not, and however many rows are held at a time.</summary>
public sealed class FlatWalkTests : IDisposable
{
    private const string Header = "LEA,Year,LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA\n";
    private static readonly TableSchema Schema = DataPackage.Load().Table("returns");
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(1_000)]
    public void Scattered_rows_are_gathered_child_by_child_in_any_number_of_passes(int rowsAPass)
    {
        // Row i belongs to child i mod 13; two authorities and two years make four returns.
        var rows = Enumerable.Range(0, 200).Select(i => (Key: $"{201 + (i % 2)},{2011 + (i / 2 % 2)},C{i % 13}", Line: (long)i + 2)).ToArray();
        var path = folder.File("r.csv", Header + string.Concat(rows.Select(r => $"{r.Key},2003-01-01,2,NONE,2010-05-01,N1,,0\n")));

        var children = Children(path, rowsAPass);

        Assert.Equal(
            rows.GroupBy(r => r.Key).Select(g => $"{g.Key}: {string.Join(' ', g.Select(r => r.Line))}").Order(StringComparer.Ordinal),
            children.Select(c => $"{c.Header.Lea},{c.Header.Year},{c.Persons[0].LAchildID.Text}: {string.Join(' ', c.Episodes.Select(e => e.Line))}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_row_without_an_identifier_stands_alone()
    {
        const string Row = "201,2011,,2003-01-01,2,NONE,2010-05-01,N1,,0\n";

        Assert.Equal([1, 1, 1], Children(folder.File("r.csv", Header + Row + Row + Row), 2).Select(c => c.Episodes.Count));
    }

    [Fact]
    public void Several_dates_in_one_cell_are_several_records()
    {
        var path = folder.File("r.csv", Header.Replace("ReferralNFA", "ReferralNFA,AssessmentActualStartDate,CPPstartDate", StringComparison.Ordinal)
            + "201,2011,A,2003-01-01,2,LD;AUT,2010-05-01,N1,,0,2010-05-02;2010-06-02,\n");
        var episode = Children(path, 10).Single().Episodes.Single();

        Assert.Equal(["2010-05-02", "2010-06-02"], episode.Assessments.Select(a => a.AssessmentActualStartDate.Text));
        Assert.Empty(episode.ChildProtectionPlans);
        Assert.Equal(["LD", "AUT"], episode.Person.Disabilities.Select(d => d.Text));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1_000)]
    public void The_rows_of_a_query_are_gathered_as_those_of_a_file(int rowsAPass)
    {
        var rows = Enumerable.Range(0, 50).Select(i => $"201,2011,C{i % 7},2003-01-01,2,NONE,2010-05-{1 + (i % 28):00},N1,,0").ToArray();
        using var connection = Table(rows);
        using var session = DatabaseSession.Open(connection);
        string[] Told(CensusWalk walk, int before) =>
        [
            .. walk.Children().Select(c => $"{c.Persons[0].LAchildID.Text} " + string.Join(' ',
                c.Episodes.Select(e => $"{e.Line - before}:{e.CINreferralDate.Text}:{e.CINclosureDate.Text}:{e.ReferralNFA.Text}"))),
        ];
        using var file = FlatWalk.Open(folder.File("r.csv", Header + string.Join('\n', rows) + "\n"), Schema, null, rowsAPass);
        using var query = FlatWalk.Over(session, DatabaseQuery.Parse("select * from census", "--query"), Schema, null, rowsAPass);

        Assert.Equal(Told(file, 1), Told(query, 0));
        Assert.Equal(("--query", "row", "line"), (query.File, query.Unit, file.Unit));
    }

    [Theory]
    [InlineData("A,B")]
    [InlineData("A,A,B,A")]
    public void A_query_that_gives_its_rows_in_another_order_the_next_time_is_refused(string children)
    {
        // The function gives the reading's number: the second reading turns the order of the first.
        using var connection = Table([.. children.Split(',').Select(child => $"201,2011,{child},2003-01-01,2,NONE,2010-05-01,N1,,0")]);
        var readings = 0;
        connection.CreateFunction("reading", () => ++readings);
        using var session = DatabaseSession.Open(connection);
        var order = DatabaseQuery.Parse(
            "with r as materialized (select reading() as n) select c.* from census c, r order by case when r.n % 2 = 0 then c.rowid else -c.rowid end, LAchildID");
        using var walk = FlatWalk.Over(session, order, Schema);

        var problem = Assert.Throws<ProblemException>(() => walk.Children().Count()).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains("ORDER BY", problem.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r.csv")]
    [InlineData("r.xml")]
    public void A_return_that_is_replaced_while_it_is_read_is_refused(string name)
    {
        const string Row = "2003-01-01,2,NONE,2010-05-01,N1,,0\n";
        const string Child = "<Child><ChildIdentifiers><LAchildID>A</LAchildID></ChildIdentifiers></Child>";
        var text = name == "r.csv"
            ? $"{Header}201,2011,A,{Row}201,2011,B,{Row}"
            : "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2011</Year><ReferenceDate>2011-03-31</ReferenceDate>"
                + $"</CollectionDetails><Source><LEA>201</LEA></Source></Header><Children>{Child}{Child}</Children></Message>";
        var path = folder.File(name, text);
        using var walk = CensusWalk.Open(path, Schema);
        using var children = walk.Children().GetEnumerator();
        Assert.True(children.MoveNext());

        File.WriteAllText(path + ".new", text + "\n");
        File.Move(path + ".new", path, overwrite: true);
        var problem = Assert.Throws<ProblemException>(() =>
        {
            while (children.MoveNext())
            {
            }
        }).Problem;

        Assert.Equal((ProblemKind.Unreadable, "a file that changed while it was read", path), (problem.Kind, problem.Found, problem.Where));
    }

    public void Dispose() => folder.Dispose();

    private static SqliteConnection Table(string[] rows)
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"create table census({Header});" + string.Concat(rows.Select(row =>
            $"insert into census values ({string.Join(", ", row.Split(',').Select(cell => cell.Length == 0 ? "null" : $"'{cell}'"))});"));
        command.ExecuteNonQuery();
        return connection;
    }

    private static CensusChild[] Children(string path, int rowsAPass)
    {
        using var walk = FlatWalk.Open(path, Schema, null, rowsAPass);
        return [.. walk.Children()];
    }
}
