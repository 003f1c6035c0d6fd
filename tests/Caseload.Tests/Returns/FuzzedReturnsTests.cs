using System.Text;
using System.Xml;
using System.Xml.Linq;
using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Rules;
using Caseload.Schemas;
using Caseload.Tests.Rules;

namespace Caseload.Tests.Returns;

/// <summary>
/// Five hundred damaged returns: each is refused with a clear error, or every row of it is used or left out under a named reason. Nothing
/// crashes, and no episode is lost without a word.
/// </summary>
public sealed class FuzzedReturnsTests : IDisposable
{
    private const int Seed = 20170701;

    private static readonly DataPackage Package = DataPackage.Load();
    private static readonly string Valid = new FixtureReturn(2015,
        [.. Enumerable.Range(1, 5).Select(i => new FixtureChild(
            new() { Closure = "2014-07-01", Reason = "RC7", Assessment = "2014-06-03" }, new() { Referral = "2015-01-05", Nfa = "true" }) with { Id = $"A{i}" })]).Xml();

    private static readonly string ValidTable = new FixtureReturn(2015,
        [.. Enumerable.Range(1, 8).Select(i => new FixtureChild(new FixtureEpisode()) with { Id = $"A{i}" })]).Csv();

    private static readonly string[] Splices =
        ["<", ">", "</Child>", "<CINdetails>", "</CINdetails>", "<Child/>", "&amp;", "&", "<!--", "-->", "<![CDATA[", "]]>", "\"", ",", "\n", "\r\n", "\0", "\u00e9", "2014-13-45", "N77", ";", "<Sex>F</Sex>", "<?x?>"];

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Three_hundred_damaged_returns_in_XML()
    {
        var random = new Random(Seed);
        var read = 0;
        for (var i = 0; i < 300; i++)
        {
            var text = i % 2 == 0 ? Damage(Valid, random) : DamageElements(Valid, random);
            if (Read(folder.File("r.xml", text)) is not { } returns) continue;
            read++;

            // The slow twin: the whole document at once.
            using var strict = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            Assert.Equal(XDocument.Load(strict).Descendants().Count(e => e.Name.LocalName == "CINdetails"), returns.Reading.RowsRead);
        }

        Assert.InRange(read, 100, 250);
    }

    [Fact]
    public void Two_hundred_damaged_tables()
    {
        var random = new Random(Seed);
        var read = 0;
        for (var i = 0; i < 200; i++)
        {
            var text = Damage(ValidTable, random);
            if (Read(folder.File("r.csv", text)) is not { } returns) continue;
            read++;
            if (!text.Contains('"', StringComparison.Ordinal))
                Assert.Equal(text.Split(["\r\n", "\n", "\r"], StringSplitOptions.RemoveEmptyEntries).Length - 1, returns.Reading.RowsRead);
        }

        Assert.InRange(read, 60, 190);
    }

    public void Dispose() => folder.Dispose();

    // Characters deleted, doubled, replaced, swapped in blocks, or something foreign put between, at one to four places.
    private static string Damage(string text, Random random)
    {
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var (at, length) = (random.Next(text.Length), random.Next(1, 30));
            var end = Math.Min(text.Length, at + length);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, end - at),
                1 => text.Insert(at, text[at..end]),
                2 => text.Insert(at, Splices[random.Next(Splices.Length)]),
                3 => text[..at] + (char)random.Next(32, 127) + text[(at + 1)..],
                4 => text.Insert(random.Next(text.Length), text[at..end]),
                _ => random.Next(8) == 0 ? text[..Math.Max(1, at)] : text[..at] + Splices[random.Next(Splices.Length)] + text[end..],
            };
        }

        return text;
    }

    // Whole elements deleted, doubled, moved, emptied or renamed: still XML, and no longer a return as it should be.
    private static string DamageElements(string text, Random random)
    {
        var document = XDocument.Parse(text);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var elements = document.Root!.Descendants().ToArray();
            if (elements.Length == 0) break;
            var (element, other) = (elements[random.Next(elements.Length)], elements[random.Next(elements.Length)]);
            switch (random.Next(6))
            {
                case 0: element.Remove(); break;
                case 1: element.AddAfterSelf(new XElement(element)); break;
                case 2: other.Add(new XElement(element)); break;
                case 3: element.RemoveNodes(); break;
                case 4: element.Name = element.Name.LocalName + "X"; break;
                default: element.Value = Splices[random.Next(Splices.Length)].Replace("\0", "", StringComparison.Ordinal); break;
            }
        }

        return document.ToString();
    }

    // What was read goes on: at every step of the cohort too, what comes in goes on or is left out under a reason.
    private static void FollowToTheCohort(ReturnSet returns)
    {
        try
        {
            var flow = CohortBuilder.Build(returns, new AreaTable([]), new CohortSettings { CohortYear = 2015 }).Flow;

            Assert.Equal(returns.Reading.RowsRead, flow[0].Count);

            // Between episodes and children the unit changes: a child has several.
            foreach (var step in Enumerable.Range(1, flow.Count - 1).Where(i => flow[i].Label != "Children"))
                Assert.Equal(flow[step - 1].Count, flow[step].Count + flow[step].Excluded.Sum(e => e.Rows));
        }
        catch (ProblemException e)
        {
            // No referral of the cohort year is left.
            Assert.Equal(ProblemKind.CheckFailed, e.Problem.Kind);
            Assert.Contains("2015", e.Problem.Expected, StringComparison.Ordinal);
        }
    }

    // Null where the return is refused.
    private static ReturnSet? Read(string path)
    {
        try
        {
            var returns = ReturnsReader.ReadFiles(Package.Table("returns"), [path]);
            var rules = RuleRun.Over(Package, [path]);

            Assert.Equal(returns.Reading.RowsRead, returns.Rows.RowCount + returns.Reading.Exclusions.Sum(e => e.Rows));
            Assert.All(returns.Reading.Exclusions, e => Assert.NotEmpty(e.Reason));
            Assert.Equal(27, rules.Count);
            FollowToTheCohort(returns);
            return returns;
        }
        catch (ProblemException e)
        {
            Assert.Equal(ProblemKind.Unreadable, e.Problem.Kind);
            Assert.All(new[] { e.Problem.Found, e.Problem.Expected, e.Problem.Where, e.Problem.Remedy }, Assert.NotEmpty);
            return null;
        }
    }
}
