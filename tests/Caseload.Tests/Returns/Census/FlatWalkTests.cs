using Caseload.Returns.Census;

namespace Caseload.Tests.Returns.Census;

/// <summary>A flat table gives the same children whether their rows stand together or not, and however many rows are held at a time.</summary>
public sealed class FlatWalkTests : IDisposable
{
    private const string Header = "LEA,Year,LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA\n";
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

    public void Dispose() => folder.Dispose();

    private static CensusChild[] Children(string path, int rowsAPass)
    {
        using var walk = FlatWalk.Open(path, rowsAPass);
        return [.. walk.Children()];
    }
}
