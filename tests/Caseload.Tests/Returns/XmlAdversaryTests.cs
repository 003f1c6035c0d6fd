using System.Text;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Tests.Returns;

/// <summary>Returns made to break their reader: each is refused with its place, or what is wrong is told; none fills memory or is lost.</summary>
public sealed class XmlAdversaryTests : IDisposable
{
    private const string Header = "<Header><CollectionDetails><Collection>CIN</Collection><Year>2011</Year><ReferenceDate>2011-03-31</ReferenceDate></CollectionDetails>"
        + "<Source><SourceLevel>L</SourceLevel><LEA>201</LEA></Source></Header>";

    private const string Episode = "<CINdetails><CINreferralDate>2010-05-01</CINreferralDate><PrimaryNeedCode>N1</PrimaryNeedCode><ReferralNFA>0</ReferralNFA></CINdetails>";
    private static readonly TableSchema Schema = DataPackage.Load().Table("returns");
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string, string> Refused => new()
    {
        { "a document type", "<!DOCTYPE Message [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + Message(Child("&x;")), "a document type declaration" },
        { "entities that expand to a thousand million", "<!DOCTYPE Message [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" + Message(Child("&b;")), "a document type declaration" },
        { "an entity nobody declared", Message(Child("&x;")), "not well-formed" },
        { "a hundred thousand levels", Message(string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000))), "more than 64 deep" },
        { "a hundred thousand levels never closed", Message("<Child>" + string.Concat(Enumerable.Repeat("<a>", 100_000))), "more than 64 deep" },
        { "an identifier of ten million characters", Message(Child(new string('7', 10_000_000))), "more than 1,048,576 characters in one piece" },
        { "an identifier of five thousand characters", Message(Child(new string('7', 5_000))), "a text of more than 4,096 characters" },
        { "a text in many small pieces", Message(Child(string.Concat(Enumerable.Repeat("<![CDATA[7]]>", 5_000)))), "a text of more than 4,096 characters" },
        { "an attribute of ten million characters", Message($"<Child note=\"{new string('7', 10_000_000)}\"></Child>"), "more than 1,048,576 characters in one piece" },
        { "a name of ten million characters", Message($"<{new string('a', 10_000_000)}/>"), "more than 1,048,576 characters in one piece" },
        { "a comment of ten million characters", Message($"<!--{new string('a', 10_000_000)}-->"), "more than 1,048,576 characters in one piece" },
        { "a CDATA section of ten million characters", Message(Child($"<![CDATA[{new string('<', 10_000_000)}]]>")), "more than 1,048,576 characters in one piece" },
        { "ten thousand names", Message(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"<a{i}/>"))), "more than 2,000 different names" },
        { "another root", "<Children>" + Child("A") + "</Children>", "the root element Children" },
        { "no header", $"<Message><Children>{Child("A")}</Children></Message>", "Children before any Header" },
        { "nothing at all inside", "<Message/>", "a return without a Header" },
        { "a header behind the children", $"<Message><Children>{Child("A")}</Children>{Header}</Message>", "Children before any Header" },
        { "a header without an authority", Message(Child("A")).Replace("<LEA>201</LEA>", "", StringComparison.Ordinal), "a header without LEA" },
        { "a header without a year", Message(Child("A")).Replace("<Year>2011</Year>", "", StringComparison.Ordinal), "a header without Year" },
        { "a header without a collection", Message(Child("A")).Replace("<Collection>CIN</Collection>", "", StringComparison.Ordinal), "a header without a collection" },
        { "two headers", Message(Child("A")).Replace("<Children>", Header + "<Children>", StringComparison.Ordinal), "Header in a place where it does not belong" },
        { "a Message inside a Message", Message(Message(Child("A"))), "Message in a place where it does not belong" },
        { "two Messages", Message(Child("A")) + Message(Child("B")), "a second root element behind the first" },
        { "children inside an element that nobody knows", Message($"<Batch>{Child("A")}</Batch>"), "Child in a place where it does not belong" },
        { "an episode inside an identifier", Message(Child("A" + Episode)), "CINdetails in a place where it does not belong" },
        { "an episode without a child", Message(Episode), "CINdetails in a place where it does not belong" },
        { "a file cut short", Message(Child("A"))[..^60], "XML that ends in the middle" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_return_made_to_break_the_reader_is_refused_with_its_place(string what, string text, string found)
    {
        var problem = Assert.Throws<ProblemException>(() => Read(text)).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.True(problem.Found.Contains(found, StringComparison.Ordinal), $"{what}: {problem.Found}");
        Assert.Matches(@"r\.xml, line \d+", problem.Where);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void Attributes_comments_and_processing_instructions_are_passed_over_and_CDATA_is_text()
    {
        var rows = Read(Message("<?x y?><!-- <Child/> --><Child a='1' xml:space='preserve'><ChildIdentifiers><LAchildID b='2'><![CDATA[A&]]>1<!-- x --></LAchildID>"
            + "</ChildIdentifiers>" + Episode + "</Child>")).Rows;

        Assert.Equal("A&1", rows.Text("LAchildID")[0]);
    }

    [Fact]
    public void A_default_namespace_and_prefixes_are_tolerated()
    {
        Assert.Equal(1, Read(Message(Child("A")).Replace("<Message>", "<Message xmlns=\"urn:x\">", StringComparison.Ordinal)).Rows.RowCount);
        Assert.Equal(1, Read(Message(Child("A")).Replace("<", "<c:", StringComparison.Ordinal).Replace("<c:/", "</c:", StringComparison.Ordinal)
            .Replace("<c:Message>", "<c:Message xmlns:c=\"urn:x\">", StringComparison.Ordinal)).Rows.RowCount);
    }

    [Fact]
    public void The_order_of_elements_inside_a_child_does_not_matter()
    {
        var rows = Read(Message("<Child>" + Episode + "<ChildIdentifiers><GenderCurrent>1</GenderCurrent><LAchildID>A</LAchildID></ChildIdentifiers></Child>")).Rows;

        Assert.Equal(("A", "1"), (rows.Text("LAchildID")[0], rows.Text("GenderCurrent")[0]));
    }

    [Fact]
    public void White_space_around_a_date_is_no_part_of_it()
    {
        var returns = Read(Message(Child("A").Replace("2010-05-01", "\n\t 2010-05-01 \n", StringComparison.Ordinal)));

        Assert.Equal((new DateOnly(2010, 5, 1), 0), (returns.Rows.Date("CINreferralDate")[0], returns.Reading.FindingCount));
    }

    [Fact]
    public void An_element_that_stands_twice_is_told_and_the_first_is_used()
    {
        var returns = Read(Message(Child("A").Replace("</CINreferralDate>", "</CINreferralDate><CINreferralDate>2009-01-01</CINreferralDate>", StringComparison.Ordinal)));

        Assert.Equal(new DateOnly(2010, 5, 1), returns.Rows.Date("CINreferralDate")[0]);
        Assert.Contains(returns.Oddities, o => o.Observation == "the element CINreferralDate stands again where it may stand once (once); the first was used");
    }

    [Fact]
    public void Text_between_elements_is_told()
    {
        Assert.Contains(Read(Message(Child("A") + "PersonBirthDate")).Oddities, o => o.Observation.StartsWith("text stands between elements", StringComparison.Ordinal));
    }

    [Fact]
    public void A_return_without_children_is_told()
    {
        Assert.Contains(Read(Message("")).Oddities, o => o.Observation == "no child stands in this return; a census return has at least one");
    }

    [Fact]
    public void Everything_that_the_published_schemas_know_is_known()
    {
        var schema = System.Xml.Linq.XDocument.Load(SharedFiles.Require("data/returns/CIN_schema_2023.xsd"));
        System.Xml.Linq.XNamespace xs = "http://www.w3.org/2001/XMLSchema";
        var types = schema.Descendants(xs + "complexType").Where(t => t.Attribute("name") is not null).ToDictionary(t => t.Attribute("name")!.Value);

        // One of every element that the schema declares, each inside the one that declares it.
        string Write(System.Xml.Linq.XElement element)
        {
            var (name, type) = (element.Attribute("name")!.Value, element.Attribute("type")?.Value);
            var inside = type is not null && types.TryGetValue(type, out var complex) ? complex : element;
            var children = inside.Descendants(xs + "element").Where(e => e.Ancestors(xs + "element").FirstOrDefault() == (inside == element ? element : null));
            return $"<{name}>{string.Concat(children.Select(Write))}{(name == "Collection" ? "CIN" : name == "Year" ? "2023" : name == "LEA" ? "201" : "")}</{name}>";
        }

        var text = Write(schema.Root!.Element(xs + "element")!);

        Assert.Contains("<CINPlanEndDate>", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Read(text).Oddities, o => o.Observation.Contains("not part of the census", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("utf-8", "UTF-8", true)]
    [InlineData("utf-8", "windows-1252", false)]
    [InlineData("utf-8", "UTF-16", false)]
    [InlineData("windows-1252", "windows-1252", false)]
    [InlineData("windows-1252", "ISO-8859-1", false)]
    [InlineData("windows-1252", "UTF-8", false)]
    public void The_bytes_say_how_they_are_read_whatever_is_declared(string bytes, string declared, bool mark)
    {
        var encoding = bytes == "utf-8" ? new UTF8Encoding(mark) : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        var text = $"<?xml version=\"1.0\" encoding=\"{declared}\"?>\n" + Message(Child("É1"));
        var returns = ReturnsReader.ReadFiles(Schema, [folder.File("r.xml", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)])]);

        Assert.Equal("É1", returns.Rows.Text("LAchildID")[0]);
        Assert.Equal(bytes == "windows-1252", returns.Reading.Notes.Any(note => note.Contains("Windows-1252", StringComparison.Ordinal)));
    }

    [Fact]
    public void Text_in_UTF_16_is_refused()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Message(Child("A")))).ToArray();
        var problem = Assert.Throws<ProblemException>(() => ReturnsReader.ReadFiles(Schema, [folder.File("r.xml", bytes)])).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains("UTF-16", problem.Found, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string Message(string children) => $"<Message>{Header}<Children>{children}</Children></Message>";

    private static string Child(string id) => $"<Child><ChildIdentifiers><LAchildID>{id}</LAchildID></ChildIdentifiers>{Episode}</Child>";

    private ReturnSet Read(string text) => ReturnsReader.ReadFiles(Schema, [folder.File("r.xml", text)]);
}
