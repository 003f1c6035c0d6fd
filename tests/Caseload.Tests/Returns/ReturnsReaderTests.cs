using System.IO.Compression;
using System.Text;
using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Tests.Returns;

/// <summary>A folder of returns as people have them: XML, CSV and compressed files side by side, in any order, with other files between.</summary>
public sealed class ReturnsReaderTests : IDisposable
{
    private const string Header = "LEA,Year,LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA";
    private const string First = "201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,2010-06-01,0";
    private const string Second = "201,2012,A,2003-01-01,2,NONE,2011-09-01,N4,,0";
    private static readonly TableSchema Schema = DataPackage.Load().Table("returns");
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Xml_csv_and_compressed_files_are_read_together_and_their_names_do_not_matter()
    {
        string Cohort(params string[] names)
        {
            using var place = new TemporaryFolder();
            place.File(names[0], Xml("202", "2011", "B", "2010-07-01"));
            place.File(names[1], Csv(First));
            place.File(names[2], Compressed(Csv(Second)));
            place.File(names[3], Compressed(Xml("203", "2012", "C", "2011-07-01")));
            var set = ReturnsReader.ReadFolder(Schema, place.Path);
            Assert.Equal(4, set.Files.Count);
            Assert.Equal([2011, 2012], set.Years);
            return FrameText.Table(CohortBuilder.Build(set, new AreaTable([new Area("201", "One", null, 550, 12, 2011)]), new CohortSettings()).Children, 99);
        }

        var table = Cohort("a.xml", "b.csv", "c.csv.gz", "d.xml.gz");

        Assert.Equal(table, Cohort("d.XML", "c.CSV", "b.csv.GZ", "a.xml.gz"));
        Assert.Contains("202", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_inside_are_read_and_other_files_are_not()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "2011", "north"));
        folder.File("2011/north/r.csv", Csv(First));
        folder.File("readme.txt", "no return");
        folder.File("r.csv.partial", Csv(Second));
        folder.File("areas.xlsx", "no return");

        Assert.Equal("2011/north/r.csv", Path.GetRelativePath(folder.Path, Assert.Single(ReturnsReader.ReadFolder(Schema, folder.Path).Files)).Replace('\\', '/'));
    }

    [Fact]
    public void A_file_in_place_of_a_folder_is_read() =>
        Assert.Equal(2, ReturnsReader.ReadFolder(Schema, folder.File("r.csv", Csv(First, Second))).Rows.RowCount);

    [Fact]
    public void A_missing_folder_and_one_without_returns_are_told_apart()
    {
        var missing = Problem(Path.Combine(folder.Path, "none"));
        folder.File("notes.docx", "no return");
        var empty = Problem(folder.Path);

        Assert.Equal((ProblemKind.Unreadable, ProblemKind.Unreadable), (missing.Kind, empty.Kind));
        Assert.StartsWith("no such folder", missing.Found, StringComparison.Ordinal);
        Assert.StartsWith("a folder without returns", empty.Found, StringComparison.Ordinal);
        Assert.Contains(".xml.gz", empty.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simulated", "simulated", true)]
    [InlineData("simulated", "real", false)]
    [InlineData("simulated", "", false)]
    [InlineData("real", "real", false)]
    public void Returns_are_simulated_only_when_every_row_says_so(string first, string second, bool simulated)
    {
        folder.File("a.csv", $"{Header},source_kind\n{First},{first}\n");
        folder.File("b.csv", $"{Header},source_kind\n{Second},{second}\n");

        Assert.Equal(simulated, ReturnsReader.ReadFolder(Schema, folder.Path).IsSimulated);
    }

    [Fact]
    public void One_file_without_the_column_makes_all_count_as_real()
    {
        folder.File("a.csv", $"{Header},source_kind\n{First},simulated\n");
        folder.File("b.csv", Csv(Second));

        Assert.False(ReturnsReader.ReadFolder(Schema, folder.Path).IsSimulated);
    }

    [Fact]
    public void Returns_whose_every_row_is_left_out_are_not_simulated() =>
        Assert.False(ReturnsReader.ReadFolder(Schema, folder.File("a.csv", $"{Header},source_kind\nX,2011,A,2003-01-01,2,NONE,2010-05-01,N1,,0,simulated\n")).IsSimulated);

    [Theory]
    [InlineData("LAchildID")]
    [InlineData("CINreferralDate")]
    [InlineData("ReferralNFA")]
    [InlineData("Disabilities")]
    public void A_file_without_a_required_column_is_named_with_the_column(string column)
    {
        folder.File("a.csv", Csv(First));
        var path = folder.File("b.csv", Csv(Second).Replace(column, "Other", StringComparison.Ordinal));

        var problem = Problem(folder.Path);

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains(column, problem.Found, StringComparison.Ordinal);
        Assert.Contains(path, problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_row_is_told_with_its_own_file_and_line_and_the_others_stay()
    {
        folder.File("a.csv", Csv(First));
        var path = folder.File("b.csv", Csv(Second, "201,2012,B,2003-01-01,2,NONE,not a date,N4,,0"));

        var reading = ReturnsReader.ReadFolder(Schema, folder.Path).Reading;

        Assert.Equal((3, 2), (reading.RowsRead, reading.Rows.RowCount));
        var finding = Assert.Single(reading.Findings);
        Assert.Equal((path, 3L, "CINreferralDate"), (finding.File, finding.Line, finding.Column));
        Assert.Equal(1, Assert.Single(reading.Exclusions).Rows);
    }

    [Fact]
    public void A_compressed_file_that_is_cut_short_is_refused_whole()
    {
        var bytes = Compressed(Csv([.. Enumerable.Range(0, 5_000).Select(i => $"201,2011,A{i * 7919 % 5003},2003-01-01,2,NONE,2010-05-01,N1,,0")]));
        folder.File("a.csv.gz", bytes[..(bytes.Length / 2)]);

        Assert.Equal(ProblemKind.Unreadable, Problem(folder.Path).Kind);
    }

    public void Dispose() => folder.Dispose();

    private static Problem Problem(string path) => Assert.Throws<ProblemException>(() => ReturnsReader.ReadFolder(Schema, path)).Problem;

    private static string Csv(params string[] rows) => Header + "\n" + string.Concat(rows.Select(r => r + "\n"));

    private static byte[] Compressed(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private static string Xml(string authority, string year, string child, string referral) =>
        $"""
        <Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>
        <Source><SourceLevel>L</SourceLevel><LEA>{authority}</LEA></Source></Header><Children><Child>
        <ChildIdentifiers><LAchildID>{child}</LAchildID><PersonBirthDate>2004-01-01</PersonBirthDate><GenderCurrent>1</GenderCurrent></ChildIdentifiers>
        <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>
        <CINdetails><CINreferralDate>{referral}</CINreferralDate><PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>false</ReferralNFA></CINdetails>
        </Child></Children></Message>
        """;
}
