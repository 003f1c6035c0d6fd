using System.Text.RegularExpressions;
using Caseload.Rules;
using Caseload.Schemas;

namespace Caseload.Tests.Rules;

/// <summary>Every published rule of the list has one rule, one file and one fixture; each fixture breaks its own rule and no other.</summary>
public sealed partial class RuleFixtureTests : IDisposable
{
    // study.md, section 2, in the order of the numbers.
    private const string Published =
        "1520 4180 4220 8500 8510 8520 8540 8555Q 8568 8569Q 8590 8600 8606 8610 8620 8630 8640 8650 8790 8805 8810 8815 8816 8820 8831 8832 8866";

    // What a flat table cannot tell.
    private static readonly string[] NotInTables = ["8510", "8590"];
    private static readonly DataPackage Package = DataPackage.Load();
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Numbers => [.. RuleFixtures.All.Select(f => f.Number)];

    [Fact]
    public void The_registry_holds_every_published_number_once_in_order() =>
        Assert.Equal(Published, string.Join(' ', RuleRegistry.Create(Package).Select(rule => rule.Number)));

    [Fact]
    public void Every_rule_has_a_file_of_its_own()
    {
        var files = Directory.GetFiles(Path.Combine(Checkout.Root, "src", "Caseload", "Rules"), "*.cs")
            .Select(file => Numbered().Match(Path.GetFileName(file))).Where(match => match.Success).Select(match => match.Groups[1].Value);

        Assert.Equal(Published, string.Join(' ', files.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_rule_has_a_labelled_fixture()
    {
        Assert.Equal(Published, string.Join(' ', RuleFixtures.All.Select(fixture => fixture.Number)));
        Assert.All(RuleFixtures.All, fixture => Assert.NotEmpty(fixture.Label));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_fixture_breaks_its_rule_and_no_other_in_xml(string number)
    {
        var fixture = Fixture(number);
        var failing = Assert.Single(Run("r.xml", fixture.Breaks.Xml()), rule => rule.Outcome == RuleOutcome.Failed);

        Assert.Equal((number, fixture.Places), (failing.Number, (int)failing.Failures));
        Assert.All(failing.Places, place => Assert.InRange(place.Line, 2, 5));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_fixture_beside_it_passes_every_rule_in_xml(string number) =>
        Assert.All(Run("r.xml", Fixture(number).Passes.Xml()), rule => Assert.NotEqual(RuleOutcome.Failed, rule.Outcome));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_flat_table_breaks_the_same_rule_or_cannot_tell(string number)
    {
        var fixture = Fixture(number);
        var broken = Run("r.csv", fixture.Breaks.Csv());

        if (NotInTables.Contains(number))
        {
            Assert.Equal(RuleOutcome.NotRun, broken.Single(rule => rule.Number == number).Outcome);
        }
        else
        {
            var failing = Assert.Single(broken, rule => rule.Outcome == RuleOutcome.Failed);
            Assert.Equal((number, fixture.Places), (failing.Number, (int)failing.Failures));
        }

        Assert.All(Run("p.csv", fixture.Passes.Csv()), rule => Assert.NotEqual(RuleOutcome.Failed, rule.Outcome));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_with_a_Q_is_a_query_and_every_other_an_error(string number)
    {
        var rule = RuleRegistry.Create(Package).Single(r => r.Number == number);

        Assert.Equal(number.EndsWith('Q') ? RuleKind.Query : RuleKind.Error, rule.Kind);
        Assert.False(rule.Message.EndsWith('.'), "a message stands inside a sentence");
    }

    public void Dispose() => folder.Dispose();

    private static RuleFixture Fixture(string number) => RuleFixtures.All.Single(f => f.Number == number);

    private IReadOnlyList<RuleReport> Run(string name, string text) => RuleRun.Over(Package, [folder.File(name, text)]);

    [GeneratedRegex(@"^Rule(\d+Q?)\.cs$")]
    private static partial Regex Numbered();
}
