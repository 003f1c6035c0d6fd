using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Tests.Returns;

public sealed class XmlReturnTests : IDisposable
{
    private static readonly TableSchema Schema = DataPackage.Load().Table("returns");

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void An_episode_becomes_a_row_with_the_items_of_its_child_and_of_the_header()
    {
        var rows = Read(Message(Child("K1", Episode("2010-05-01", "N1", "false") + Episode("2011-02-01", "N4", "1")))).Rows;

        Assert.Equal(2, rows.RowCount);
        Assert.Equal(["201", "2011", "K1", "NONE", "N4", "true"],
            new[] { "LEA", "Year", "LAchildID", "Disabilities", "PrimaryNeedCode", "ReferralNFA" }.Select(name => rows[name].Format(1)));
        Assert.Equal([3, 3], rows.Integer(TableReader.LineColumn).Values.ToArray());
    }

    [Fact]
    public void Several_disabilities_stand_in_one_cell()
    {
        var child = Child("K1", Episode("2010-05-01", "N1", "0")).Replace(
            "<Disability>NONE</Disability>", "<Disability>LD</Disability><Disability>AUT</Disability>", StringComparison.Ordinal);

        Assert.Equal("LD;AUT", Read(Message(child)).Rows.Text("Disabilities")[0]);
    }

    [Fact]
    public void Sex_takes_the_place_of_GenderCurrent()
    {
        var child = Child("K1", Episode("2010-05-01", "N1", "0")).Replace("<GenderCurrent>2</GenderCurrent>", "<Sex>F</Sex>", StringComparison.Ordinal);

        Assert.Equal("F", Read(Message(child)).Rows.Text("GenderCurrent")[0]);
    }

    [Fact]
    public void An_element_that_the_census_does_not_know_is_told_and_not_fatal()
    {
        var returns = Read(Message(Child("K1", Episode("2010-05-01", "N1", "0", "<PreProceedingsandFGDM><A>1</A></PreProceedingsandFGDM>"))));

        Assert.Equal(1, returns.Rows.RowCount);
        Assert.Contains(returns.Oddities, o => o.Observation.Contains("PreProceedingsandFGDM", StringComparison.Ordinal));
    }

    [Fact]
    public void A_child_without_an_episode_is_counted()
    {
        Assert.Contains(Read(Message(Child("K1", ""))).Oddities, o => o.Observation.Contains("without an episode (rule 8590), so without a row: 1 of the children", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bad_item_is_told_with_its_line()
    {
        var finding = Assert.Single(Read(Message(Child("K1", Episode("2010-05-01", "N77", "0")))).Reading.Findings);

        Assert.Equal((3, "PrimaryNeedCode", "\"N77\""), (finding.Line, finding.Column, finding.Found));
    }

    [Fact]
    public void An_external_entity_is_refused_unread()
    {
        var secret = folder.File("secret.txt", "a secret");
        var text = $"<!DOCTYPE Message [<!ENTITY x SYSTEM \"file://{secret}\">]>" + Message(Child("&x;", Episode("2010-05-01", "N1", "0")));

        var problem = Assert.Throws<ProblemException>(() => Read(text)).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains("external entities", problem.Found, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void A_file_that_is_cut_short_is_a_problem_with_its_place(double share)
    {
        var text = Message(Child("K1", Episode("2010-05-01", "N1", "0")));

        var problem = Assert.Throws<ProblemException>(() => Read(text[..(int)(share * text.Length)])).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Matches("line [0-9]+, column [0-9]+$", problem.Where);
    }

    [Theory]
    [InlineData("<Message><Header><CollectionDetails><Collection>SSDA903</Collection></CollectionDetails></Header></Message>", "SSDA903")]
    [InlineData("<html><body/></html>", "html")]
    public void Another_collection_is_refused_by_its_name(string text, string found)
    {
        Assert.Contains(found, Assert.Throws<ProblemException>(() => Read(text)).Problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_without_children_gives_no_row()
    {
        Assert.Equal(0, Read(Message("")).Rows.RowCount);
        Assert.Equal(0, Read(Message("").Replace("<Children></Children>", "<Children/>", StringComparison.Ordinal)).Rows.RowCount);
    }

    [Fact]
    public void The_real_return_in_which_every_referral_is_NFA_loads_and_says_so()
    {
        var returns = ReturnsReader.ReadFiles(Schema, [SharedFiles.Require("data/returns/fake_CIN_data.xml")]);

        // 402 episodes, every one NFA, dates up to 2030: the README beside the file.
        Assert.Equal(402, returns.Reading.RowsRead);
        Assert.Equal(402, returns.Rows.RowCount + returns.Reading.Exclusions.Sum(e => e.Rows));
        Assert.Contains(returns.Oddities, o => o.Observation.StartsWith("every one of 402 referrals is marked as no further action", StringComparison.Ordinal));
        Assert.Contains(returns.Oddities, o => o.Observation.Contains("the latest in 2030", StringComparison.Ordinal));
        Assert.False(returns.IsSimulated);
    }

    [Fact]
    public void The_real_minimal_return_loads()
    {
        var rows = ReturnsReader.ReadFiles(Schema, [SharedFiles.Require("data/returns/liia-cin-2022.xml")]).Rows;

        Assert.Equal("HAND;HEAR", Assert.Single([rows.Text("Disabilities")[0]]));
        Assert.Equal(new DateOnly(1970, 10, 6), rows.Date("CINreferralDate")[0]);
    }

    public void Dispose() => folder.Dispose();

    private static string Message(string children) => $"""
        <Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2011</Year><ReferenceDate>2011-03-31</ReferenceDate></CollectionDetails>
        <Source><SourceLevel>L</SourceLevel><LEA>201</LEA><SoftwareCode>x</SoftwareCode></Source></Header>
        <Children>{children}</Children></Message>
        """;

    private static string Child(string id, string episodes) =>
        $"<Child><ChildIdentifiers><LAchildID>{id}</LAchildID><PersonBirthDate>2003-01-01</PersonBirthDate><GenderCurrent>2</GenderCurrent></ChildIdentifiers>" +
        $"<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>{episodes}</Child>";

    private static string Episode(string referral, string need, string nfa, string more = "") =>
        $"<CINdetails><CINreferralDate>{referral}</CINreferralDate><PrimaryNeedCode>{need}</PrimaryNeedCode>{more}<ReferralNFA>{nfa}</ReferralNFA></CINdetails>";

    private ReturnSet Read(string text) => ReturnsReader.ReadFiles(Schema, [folder.File("r.xml", text)]);
}
