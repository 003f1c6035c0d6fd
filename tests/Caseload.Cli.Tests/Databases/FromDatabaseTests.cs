using System.Text.Json;

namespace Caseload.Cli.Tests.Databases;

/// <summary>Commands that read a database in place of a file give what they give of the file.</summary>
[Collection(nameof(DatabaseCollection))]
public sealed class FromDatabaseTests(DatabaseTables tables) : IDisposable
{
    private const string Model =
        "rereferred ~ age_group + sex + nfa + need + I((cin_per_social_worker - 10)/5) * I((referral_rate_per_10000 - 550)/250) + (1 | authority)";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Kinds => ["sqlite", "postgres", "brought", "brought postgres"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_fit_is_that_of_the_file(string kind)
    {
        var connection = tables.Connection(kind);
        Assert.Equal(Fit([tables.Cohort], Model), Fit([.. connection, "--query", "select * from cohort; -- all of it"], Model));
        Assert.Equal(
            Fit([tables.Cohort], "rereferral_years ~ age_at_referral + nfa + (1 | authority)", "--family", "poisson", "--reference", "nfa=TRUE"),
            Fit([.. connection, "--query", "select * from cohort"], "rereferral_years ~ age_at_referral + nfa + (1 | authority)",
                "--family", "poisson", "--reference", "nfa=TRUE"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_description_is_that_of_the_file(string kind)
    {
        var connection = tables.Connection(kind);
        string[] by = ["--by", "need", "--by", "authority", "--by", "rereferred", "--by", "ethnicity"];

        Assert.Equal(CaseloadRun.Of("describe", tables.Cohort).Succeeded().Output,
            CaseloadRun.Of(["describe", .. connection, "--query", "select * from cohort"]).Succeeded().Output);
        Assert.Equal(CaseloadRun.Of(["describe", tables.Cohort, "--json", "-", .. by]).Succeeded().Output,
            CaseloadRun.Of(["describe", .. connection, "--query", "select * from cohort", "--json", "-", .. by]).Succeeded().Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_cohort_is_that_of_the_returns(string kind)
    {
        var connection = tables.Connection(kind);
        string Cohort(params string[] from)
        {
            var path = Path.Combine(folder.Path, "cohort.csv");
            var run = CaseloadRun.Of(["cohort", .. from, "--areas", tables.Areas, "--out", path, "--quiet"]);
            Assert.True(run.Code == 0, run.Error);
            return File.ReadAllText(path);
        }

        Assert.Equal(Cohort("--returns", tables.Returns), Cohort([.. connection, "--query", "select * from census"]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_rules_and_the_contract_answer_what_they_answer_of_the_file(string kind)
    {
        var connection = tables.Connection(kind);
        const string Query = "select * from census order by \"LEA\", \"Year\", \"LAchildID\", \"CINreferralDate\", \"PrimaryNeedCode\"";
        string Told(string[] from)
        {
            var run = CaseloadRun.Of(["validate", .. from, "--json", "-"]);
            using var json = JsonDocument.Parse(run.Output);
            var read = json.RootElement[0];
            return $"{run.Code} {read.GetProperty("rowsRead")} {read.GetProperty("usableRows")} {read.GetProperty("findingCount")}\n"
                + string.Join('\n', read.GetProperty("rules").EnumerateArray()
                    .Select(rule => $"{rule.GetProperty("number")} {rule.GetProperty("outcome")} {rule.GetProperty("failures")} {rule.GetProperty("reason")}"));
        }

        Assert.Equal(Told([tables.Census]), Told([.. connection, "--query", Query]));
    }

    [Fact]
    public void A_rule_that_fails_names_the_row_of_the_query_and_an_extract_is_read_by_its_map()
    {
        const string Extract = "select LEA as la_code, Year as census_year, LAchildID as la_child_id, PersonBirthDate as person_birth_date, "
            + "case GenderCurrent when 2 then 'female' else 'male' end as gender_current, Ethnicity as ethnicity, Disabilities as disabilities, "
            + "case when rowid = 7 then 'soon' else CINreferralDate end as cin_referral_date, PrimaryNeedCode as primary_need_code, "
            + "CINclosureDate as cin_closure_date, ReasonForClosure as reason_for_closure, "
            + "case ReferralNFA when 1 then 'yes' else 'no' end as referral_nfa, source_kind from census order by rowid";
        string[] from = [.. tables.Connection("sqlite"), "--query", Extract, "--map", "snake-case"];
        var validated = CaseloadRun.Of(["validate", .. from]);
        var cohort = CaseloadRun.Of(["cohort", .. from, "--areas", tables.Areas, "--out", Path.Combine(folder.Path, "mapped.csv")]);

        Assert.Equal(1, validated.Code);
        Assert.Contains("8600, 1 place", validated.Output, StringComparison.Ordinal);
        Assert.Contains("(first: --query, row 7)", validated.Output, StringComparison.Ordinal);
        Assert.Contains("--query, row 7, column CINreferralDate", validated.Error, StringComparison.Ordinal);
        Assert.Contains("--query, row 7, column CINreferralDate", cohort.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Path, "mapped.csv")));
    }

    [Fact]
    public void A_file_and_a_query_at_once_and_neither_are_wrong_usage_and_a_server_that_is_not_there_is_no_file()
    {
        CaseloadRun.Of(["validate", tables.Census, .. tables.Connection("sqlite"), "--query", "select 1 as a"]).Stopped(2, "both PATH and --connection");
        CaseloadRun.Of("validate").Stopped(2, "neither PATH nor --connection");
        CaseloadRun.Of("validate", "--connection", "Host=/nowhere;Username=u;Database=d", "--query", "select 1 as a")
            .Stopped(3, "caseload: an input cannot be read, or an output written");
    }

    [Fact]
    public void A_whole_run_reads_returns_of_a_database()
    {
        var run = CaseloadRun.Of(["reproduce", .. tables.Connection("sqlite"), "--query", "select * from census", "--areas", tables.Areas,
            "--no-notebooks", "--out", folder.Path]);

        Assert.Equal(tables.Run.Code, run.Code);
        Assert.Contains("A query with returns of the census years 2011, 2012", run.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(tables.Cohort), File.ReadAllText(Path.Combine(folder.Path, "cohort.csv")));
    }

    [Fact]
    public void Real_rows_of_a_database_are_described_under_disclosure_control()
    {
        var real = "select child, authority, eligible, rereferred, need, 'real' as source_kind from cohort";
        var run = CaseloadRun.Of(["describe", .. tables.Connection("sqlite"), "--query", real, "--by", "authority"]);
        var unsaid = CaseloadRun.Of(["describe", .. tables.Connection("sqlite"),
            "--query", "select child, authority, eligible, rereferred from cohort", "--by", "authority"]);

        Assert.Contains("disclosure control: standard", run.Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(run.Output, unsaid.Succeeded().Output);
    }

    [Fact]
    public void What_breaks_the_contract_is_told_by_rows_and_by_groups_and_left_out_as_from_a_file()
    {
        var lines = File.ReadAllLines(tables.Cohort);
        var at = Array.IndexOf(lines[0].Split(','), "need");
        var bad = folder.File("bad.csv", lines[0] + "\n" + string.Concat(lines.Skip(1).Select((line, i) =>
        {
            var cells = line.Split(',');
            cells[at] = i % 100 == 0 ? "Q7" : cells[at];
            cells[1] = i % 500 == 1 ? "?" : cells[1];
            return string.Join(',', cells) + "\n";
        })));
        var database = Path.Combine(folder.Path, "bad.db");
        DatabaseRun.ToSqlite(bad, database, "cohort");
        var file = CaseloadRun.Of("describe", bad, "--by", "need", "--by", "sex");
        var query = CaseloadRun.Of(["describe", .. DatabaseRun.From(database, "select * from cohort"), "--by", "need", "--by", "sex"]);

        Assert.Equal((1, 1, file.Output), (file.Code, query.Code, query.Output));
        Assert.Contains("column need: found \"Q7\"", query.Error, StringComparison.Ordinal);
        Assert.Contains("--query, group ", query.Error, StringComparison.Ordinal);
        Assert.Contains("cells or rows that break the contract in data-schema/: 36", file.Error, StringComparison.Ordinal);
        Assert.Contains("cells or rows that break the contract in data-schema/: 36", query.Error, StringComparison.Ordinal);
        Assert.Contains("left out: 6 rows: Authority not readable", query.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select 1 as child, * from (select authority, eligible, rereferred, need from cohort) c", "an earlier row has")]
    [InlineData("select nullif(child, 1) as child, authority, eligible, rereferred, need from cohort", "1 rows without a number")]
    [InlineData("select child - 1 as child, authority, eligible, rereferred, need from cohort", "no whole numbers from 1")]
    [InlineData("select * from cohort where need = 'none'", "a cohort without a child")]
    public void A_query_that_is_no_cohort_fails_the_check(string query, string told) =>
        CaseloadRun.Of(["describe", .. tables.Connection("sqlite"), "--query", query, "--by", "need"]).Stopped(1, told);

    [Fact]
    public void A_bad_cell_of_returns_is_told_by_the_row_of_the_query()
    {
        var run = CaseloadRun.Of(["cohort", .. tables.Connection("sqlite"), "--query",
            "select LEA, Year, LAchildID, PersonBirthDate, GenderCurrent, Disabilities, CINreferralDate, PrimaryNeedCode, CINclosureDate, "
            + "case when rowid = 7 then 'maybe' else ReferralNFA end as ReferralNFA, source_kind from census",
            "--areas", tables.Areas, "--out", "-"]);

        Assert.Equal(1, run.Code);
        Assert.Contains("--query, row 7, column ReferralNFA: found text of the shape AAAAA", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_of_a_file_is_read()
    {
        var sql = folder.File("rows.sql", "-- the children\nselect *\nfrom cohort;\n");
        CaseloadRun.Of(["fit", .. tables.Connection("sqlite"), "--query", "@" + sql, "--formula", "rereferred ~ nfa"]).Succeeded();
        CaseloadRun.Of(["fit", .. tables.Connection("sqlite"), "--query", "@nosuch.sql", "--formula", "rereferred ~ nfa"]).Stopped(3, "nosuch.sql");
    }

    public void Dispose() => folder.Dispose();

    private Dictionary<string, string> Fit(string[] from, string formula, params string[] more)
    {
        var path = Path.Combine(folder.Path, "fit.json");
        var run = CaseloadRun.Of(["fit", .. from, "--formula", formula, "--modes", "--quiet", "--json", path, .. more]);
        Assert.True(run.Code == 0, run.Error);
        return DatabaseRun.Fit(path).ToDictionary(pair => pair.Key, pair => pair.Value.GetRawText());
    }
}
