using System.Text.Json;

namespace Caseload.Cli.Tests;

/// <summary><c>caseload validate</c>: what is wrong with a file, where, and never a child's value.</summary>
public sealed class ValidateCommandTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private const string Header = "LEA,Year,LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA\n";
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Tells_returns_areas_and_cohorts_apart_and_finds_nothing_wrong_with_the_kits_own()
    {
        var checkedAll = CaseloadRun.Of("validate", run.Returns, run.Areas, run.Cohort).SucceededWithOddities();

        Assert.Matches($@"returns: returns, [\d,]+ rows read, [\d,]+ usable, 0 findings", checkedAll.Output);
        Assert.Contains("areas.csv: areas, 120 rows read, 120 usable, 0 findings", checkedAll.Output, StringComparison.Ordinal);
        Assert.Contains("cohort.csv: cohort, 6,000 rows read, 6,000 usable, 0 findings", checkedAll.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_cell_is_told_by_file_line_and_column_without_the_childs_identifier()
    {
        var path = folder.File("r.csv", Header + "201,2011,SECRET1,2003-01-01,2,NONE,2010-05-01,N1,,0\n201,2011,SECRET2,2003-13-01,7,NONE,soon,N77,,0\n");
        var bad = CaseloadRun.Of("validate", path);

        Assert.Equal(1, bad.Code);
        foreach (var column in new[] { "PersonBirthDate", "GenderCurrent", "CINreferralDate", "PrimaryNeedCode" })
            Assert.Contains($"{path}, line 3, column {column}: found ", bad.Error, StringComparison.Ordinal);
        Assert.Contains("left out: 1 row:", bad.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", bad.Error + bad.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("2003-13-01", bad.Error + bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void All_findings_stand_in_the_json_where_the_terminal_shows_the_first()
    {
        var path = folder.File("r.csv", Header + string.Concat(Enumerable.Range(0, 40).Select(i => $"201,2011,A{i},2003-01-01,7,NONE,2010-05-01,N1,,0\n")));
        var bad = CaseloadRun.Of("validate", path, "--json", Path.Combine(folder.Path, "v.json"));
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "v.json")));
        var table = json.RootElement[0];

        Assert.Equal(1, bad.Code);
        Assert.Contains("... and 20 more.", bad.Error, StringComparison.Ordinal);
        Assert.Equal((40, 40, 40), (table.GetProperty("findingCount").GetInt32(), table.GetProperty("findings").GetArrayLength(), table.GetProperty("usableRows").GetInt32()));
        Assert.Equal(2, table.GetProperty("findings")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public void On_standard_output_json_stands_alone()
    {
        var piped = CaseloadRun.Of("validate", run.Areas, "--json", "-");
        using var json = JsonDocument.Parse(piped.Output);

        Assert.Equal(0, piped.Code);
        Assert.Equal("areas", json.RootElement[0].GetProperty("table").GetString());
    }

    [Fact]
    public void What_is_odd_is_told_and_fails_nothing()
    {
        var odd = CaseloadRun.Of("validate", folder.File("r.csv", Header + string.Concat(Enumerable.Range(0, 30).Select(i => $"201,2011,A{i},2003-01-01,1,NONE,2010-05-01,N1,,1\n"))));

        Assert.Equal(0, odd.Code);
        Assert.Contains("odd: ", odd.Error, StringComparison.Ordinal);
        Assert.Contains("every one of 30 referrals is marked as no further action", odd.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_none_of_the_three_cannot_be_read()
    {
        CaseloadRun.Of("validate", folder.File("x.csv", "a,b\n1,2\n")).Stopped(3, "the columns a, b");
        CaseloadRun.Of("validate", Path.Combine(folder.Path, "none.csv")).Stopped(3, "no such file");
        CaseloadRun.Of("validate", folder.File("x.xml", "<Message>")).Stopped(3, "x.xml");
        CaseloadRun.Of("validate", Directory.CreateDirectory(Path.Combine(folder.Path, "empty")).FullName).Stopped(3, "a folder without returns");
        CaseloadRun.Of("validate").Stopped(2);
    }

    [Fact]
    public void A_file_is_never_replaced_by_what_is_said_of_it()
    {
        var path = folder.File("areas.csv", File.ReadAllText(run.Areas));
        CaseloadRun.Of("validate", path, "--json", path).Stopped(2, "areas.csv");
        CaseloadRun.Of("fit", path, "--formula", "cin_per_social_worker ~ 1", "--json", path).Stopped(2, "areas.csv");

        Assert.Equal(File.ReadAllText(run.Areas), File.ReadAllText(path));
    }

    public void Dispose() => folder.Dispose();
}
