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
        var tables = CaseloadRun.Of("validate", run.Areas, run.Cohort).Succeeded();

        Assert.Contains("areas.csv: areas, 120 rows read, 120 usable, 0 findings", tables.Output, StringComparison.Ordinal);
        Assert.Contains("cohort.csv: cohort, 6,000 rows read, 6,000 usable, 0 findings", tables.Output, StringComparison.Ordinal);
        Assert.Matches(@"returns: returns, [\d,]+ rows read, [\d,]+ usable, 0 findings", CaseloadRun.Of("validate", run.Returns).Output);
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
    public void A_rule_that_fails_is_told_with_its_first_place_and_fails_the_return()
    {
        var path = folder.File("r.csv", Header + "201,2011,SECRET1,2003-01-01,2,NONE,2010-05-01,N1,,0\n201,2011,SECRET2,2003-01-01,2,NONE,2010-05-01,,,0\n");
        var bad = CaseloadRun.Of("validate", path);

        Assert.Equal(1, bad.Code);
        Assert.Matches(@"published rules: 1 error under 1 rule; 0 queries; \d+ of 27 rules passed, \d+ not run", bad.Output);
        Assert.Contains($"  error   8610, 1 place: the primary need is missing and the referral led to further action (first: {path}, line 3)", bad.Output, StringComparison.Ordinal);
        Assert.Contains("  not run 1520: the table has no column UPN", bad.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", bad.Output + bad.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_alone_fail_nothing_and_are_said()
    {
        var queried = CaseloadRun.Of("validate", folder.File("r.csv", Header + "201,2012,A,2003-01-01,2,NONE,2010-05-01,N1,,1\n"));

        Assert.Equal(0, queried.Code);
        Assert.Contains("published rules: 0 errors; 1 query under 1 rule;", queried.Output, StringComparison.Ordinal);
        Assert.Contains("  query   8569Q, 1 place:", queried.Output, StringComparison.Ordinal);
        Assert.Contains("queries alone do not fail a return", queried.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_are_told_on_standard_error_where_quiet_is_asked_for()
    {
        var bad = CaseloadRun.Of("validate", "--quiet", folder.File("r.csv", Header + "201,2011,A,2003-01-01,2,NONE,2010-05-01,,,0\n"));

        Assert.Equal((1, ""), (bad.Code, bad.Output));
        Assert.StartsWith("error 8610, 1 place: ", bad.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_holds_every_rule_with_its_places_and_no_identifier()
    {
        var bad = CaseloadRun.Of("validate", folder.File("r.csv", Header + "201,2011,SECRET,2003-01-01,2,NONE,2010-05-01,,,0\n"), "--json", "-");
        using var json = JsonDocument.Parse(bad.Output);
        var rules = json.RootElement[0].GetProperty("rules").EnumerateArray().ToDictionary(rule => rule.GetProperty("number").GetString()!);

        Assert.Equal(27, rules.Count);
        Assert.Equal(("error", "failed", 1), (rules["8610"].GetProperty("kind").GetString(), rules["8610"].GetProperty("outcome").GetString(), rules["8610"].GetProperty("failures").GetInt32()));
        Assert.Equal(("r.csv", 2), (Path.GetFileName(rules["8610"].GetProperty("places")[0].GetProperty("file").GetString()), rules["8610"].GetProperty("places")[0].GetProperty("line").GetInt32()));
        Assert.Equal(("query", "passed", JsonValueKind.Null), (rules["8569Q"].GetProperty("kind").GetString(), rules["8569Q"].GetProperty("outcome").GetString(), rules["8569Q"].GetProperty("reason").ValueKind));
        Assert.Equal(("notRun", "the table has no column UPN"), (rules["1520"].GetProperty("outcome").GetString(), rules["1520"].GetProperty("reason").GetString()));
        Assert.DoesNotContain("SECRET", bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_csv_of_findings_has_a_row_a_place()
    {
        var path = folder.File("r.csv", Header + "201,2011,SECRET,2003-01-01,7,NONE,2010-05-01,,,0\n");
        CaseloadRun.Of("validate", path, "--csv", Path.Combine(folder.Path, "f.csv"));
        var lines = File.ReadAllLines(Path.Combine(folder.Path, "f.csv"));

        Assert.Equal("rule,kind,file,line,column,message", lines[0]);
        Assert.Equal($"4180,error,{path},2,GenderCurrent,\"gender is missing or none of 0, 1, 2, 9 (from 2024-25 sex: M, F, U)\"", lines[1]);
        Assert.Equal($"8610,error,{path},2,PrimaryNeedCode,the primary need is missing and the referral led to further action", lines[2]);
        Assert.StartsWith($"contract,error,{path},2,GenderCurrent,", lines[3], StringComparison.Ordinal);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public void Two_outputs_in_one_place_or_in_the_place_of_an_input_are_wrong_usage()
    {
        var path = folder.File("r.csv", Header + "201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,,0\n");

        CaseloadRun.Of("validate", path, "--json", "-", "--csv", "-").Stopped(2, "--json and --csv both write to standard output");
        CaseloadRun.Of("validate", path, "--json", path + ".out", "--csv", path + ".out").Stopped(2, "--json and --csv both write to");
        CaseloadRun.Of("validate", path, "--csv", path).Stopped(2, "r.csv");
    }

    [Fact]
    public void A_return_without_a_header_cannot_be_read_and_one_without_children_is_told()
    {
        CaseloadRun.Of("validate", folder.File("x.xml", "<Message><Children/></Message>")).Stopped(3, "Children before any Header");
        var empty = CaseloadRun.Of("validate", folder.File("y.xml", "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2011</Year>"
            + "<ReferenceDate>2011-03-31</ReferenceDate></CollectionDetails><Source><LEA>201</LEA></Source></Header><Children/></Message>")).SucceededWithOddities();

        Assert.Contains("no child stands in this return", empty.Error, StringComparison.Ordinal);
        Assert.Contains("0 of 27 rules passed, 27 not run", empty.Output, StringComparison.Ordinal);
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
