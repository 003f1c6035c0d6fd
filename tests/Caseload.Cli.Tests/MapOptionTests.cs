namespace Caseload.Cli.Tests;

/// <summary><c>--map</c>: returns whose columns have the names of an extract.</summary>
public sealed class MapOptionTests : IDisposable
{
    private const string Extract =
        "la_code,census_year,la_child_id,person_birth_date,gender_current,ethnicity,disabilities,cin_referral_date,primary_need_code,"
        + "cin_closure_date,reason_for_closure,referral_nfa\n201,2011,A1,2003-01-01,female,WBRI,NONE,2010-05-01,N1,2010-06-01,RC8,no\n";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Validate_reads_an_extract_by_a_map()
    {
        var path = folder.File("r.csv", Extract);

        Assert.Contains("1 rows read, 1 usable, 0 findings", CaseloadRun.Of("validate", path, "--map", "snake-case").Succeeded().Output, StringComparison.Ordinal);
        CaseloadRun.Of("validate", path, "--map", "npd-cin").Stopped(3, "no column CIN_LA, from which the map takes LEA");
        CaseloadRun.Of("validate", path, "--map", "none").Stopped(3, "npd-cin, snake-case");
        CaseloadRun.Of("validate", path, "--map", folder.File("m.json", "{\"title\":\"m\"}")).Stopped(3, "m.json", "title");
    }

    [Fact]
    public void A_map_without_returns_is_wrong_usage() => CaseloadRun.Of("reproduce", "--map", "snake-case", "--out", folder.Path).Stopped(2, "--map without returns");

    [Fact]
    public void A_return_in_XML_is_no_cohort() =>
        CaseloadRun.Of("reproduce", "--cohort", folder.File("r.xml", "<?xml version=\"1.0\"?><Message/>"), "--out", folder.Path).Stopped(3, "XML or HTML");

    public void Dispose() => folder.Dispose();
}
