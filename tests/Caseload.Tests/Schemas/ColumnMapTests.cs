using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Tests.Schemas;

public sealed class ColumnMapTests : IDisposable
{
    private static readonly TableSchema Schema = DataPackage.Load().Table("returns");

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("npd-cin", "CIN_LA,CIN_ACADYR,CIN_LAchildID_Anon,CIN_PupilMatchingRefAnonymous,CIN_DOB,CIN_ExpectedDOB,CIN_PersonDeathDate,CIN_Gender,"
        + "CIN_Ethnicity,CIN_Disability,CIN_ReferralDate,CIN_PrimaryNeedCode,CIN_CINClosureDate,CIN_ReasonForClosure,CIN_ReferralNFA",
        "201,2010/2011,A1,P1,2003-01-01,,,F,WBRI,0,2010-05-01,N1,2010-06-01,RC8,0")]
    [InlineData("snake-case", "la_code,census_year,la_child_id,person_birth_date,gender_current,ethnicity,disabilities,cin_referral_date,"
        + "primary_need_code,cin_closure_date,reason_for_closure,referral_nfa", "201,2011,A1,2003-01-01,female,WBRI,NONE,2010-05-01,N1,2010-06-01,RC8,no")]
    public void The_maps_of_the_kit_take_an_extract_to_the_census_item_names(string name, string header, string row)
    {
        var map = ColumnMap.Load(name, Schema);
        var reading = TableReader.Read(Schema, folder.File("r.csv", $"{header}\n{row}\n"), map);

        Assert.Equal(0, reading.FindingCount);
        Assert.Empty(reading.Notes);
        string[] items = ["LEA", "Year", "LAchildID", "PersonBirthDate", "GenderCurrent", "Disabilities", "CINreferralDate", "ReferralNFA"];
        Assert.Equal(["201", "2011", "A1", "2003-01-01", "2", "NONE", "2010-05-01", "false"], items.Select(item => reading.Rows[item].Format(0)));
        Assert.NotEmpty(map.Description);
    }

    [Fact]
    public void Of_several_columns_the_first_that_is_not_empty_counts_and_codes_are_joined()
    {
        var reading = Read(
            """{"name":"m","description":"d","columns":{"LAchildID":["new_id","old_id"],"Disabilities":["dis1","dis2"]},"""
            + """ "values":{"Disabilities":{"learning":"LD"}}}""",
            "LEA,Year,new_id,old_id,PersonBirthDate,GenderCurrent,dis1,dis2,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA",
            "201,2011,A,B,2003-01-01,1,learning,AUT,2010-05-01,N1,,0", "201,2011,,B,2003-01-01,1,,AUT,2010-05-01,N1,,0");

        Assert.Equal(["A", "B"], Enumerable.Range(0, 2).Select(row => reading.Rows.Text("LAchildID")[row]));
        Assert.Equal(["LD;AUT", "AUT"], Enumerable.Range(0, 2).Select(row => reading.Rows.Text("Disabilities")[row]));
    }

    [Fact]
    public void A_constant_stands_in_every_row()
    {
        var reading = Read("""{"name":"m","description":"d","columns":{},"constants":{"Year":"2011","LEA":"201"}}""",
            "LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA",
            "A,2003-01-01,1,NONE,2010-05-01,N1,,0");

        Assert.Equal(("2011", "201"), (reading.Rows["Year"].Format(0), reading.Rows["LEA"].Format(0)));
    }

    [Fact]
    public void A_column_that_the_map_names_and_the_file_lacks_is_told_with_its_target()
    {
        var problem = Assert.Throws<ProblemException>(() => Read("""{"name":"m","description":"d","columns":{"LEA":"la"}}""", "LEA,Year", "201,2011")).Problem;

        Assert.Equal((ProblemKind.Unreadable, "no column la, from which the map takes LEA"), (problem.Kind, problem.Found));
    }

    [Theory]
    [InlineData("""{"name":"m","description":"d","columns":{},"value":{}}""", "value")]
    [InlineData("""{"name":"m","description":"d","columns":{"LA":"x"}}""", "the target LA")]
    [InlineData("""{"name":"m","description":"d","columns":{},"values":{"Need":{}}}""", "the target Need")]
    [InlineData("""{"name":"m","description":"d","columns":{"LEA":"x"},"constants":{"LEA":"201"}}""", "LEA under both")]
    [InlineData("""{"name":"m","description":"d","columns":{"LEA":5}}""", "no text")]
    [InlineData("""{"name":"m","description":"d","columns":{"LEA":[]}}""", "no text")]
    [InlineData("""{"name":"m","columns":{}}""", "description")]
    [InlineData("""{"name":"m","description":"d","columns":null}""", "columns")]
    [InlineData("""{"name":"m","description":"d","columns":{},"constants":{"LEA":null}}""", "LEA")]
    [InlineData("""{"name":"m","description":"d","columns":{},"values":{"LEA":null}}""", "LEA")]
    [InlineData("{\"name\":\"m\"", "")]
    public void A_map_that_is_not_understood_is_refused_with_its_file_and_key(string json, string found)
    {
        var path = folder.File("m.json", json);
        var problem = Assert.Throws<ProblemException>(() => ColumnMap.Load(path, Schema)).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.StartsWith(path, problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_no_map_has_lists_those_there_are()
    {
        var problem = Assert.Throws<ProblemException>(() => ColumnMap.Load("npd", Schema)).Problem;

        Assert.Contains("npd-cin, snake-case", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_in_XML_need_no_map()
    {
        var map = ColumnMap.Load("snake-case", Schema);
        var xml = """
            <Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2011</Year><ReferenceDate>2011-03-31</ReferenceDate></CollectionDetails>
            <Source><SourceLevel>L</SourceLevel><LEA>201</LEA></Source></Header><Children><Child>
            <ChildIdentifiers><LAchildID>A</LAchildID><GenderCurrent>1</GenderCurrent></ChildIdentifiers>
            <CINdetails><CINreferralDate>2010-05-01</CINreferralDate><ReferralNFA>false</ReferralNFA></CINdetails></Child></Children></Message>
            """;

        Assert.Equal(1, ReturnsReader.ReadFiles(Schema, [folder.File("r.xml", xml)], new ReturnsSettings(map)).Rows.RowCount);
    }

    public void Dispose() => folder.Dispose();

    private TableReading Read(string map, params string[] lines) => TableReader.Read(
        Schema, folder.File("r.csv", string.Join('\n', lines) + "\n"), ColumnMap.Load(folder.File("m.json", map), Schema));
}
