using Caseload.Frames;
using Caseload.Schemas;

namespace Caseload.Tests.Schemas;

public sealed class DataPackageTests : IDisposable
{
    private const string Package = """
        {"name":"p","title":"t","description":"d","version":"1","licenses":[{"name":"MIT","title":"MIT"}],
         "resources":[{"name":"t","path":"t.csv","schema":"t.schema.json"}]}
        """;

    private readonly TemporaryFolder folder = new();

    public DataPackageTests()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "codelists"));
        folder.File("codelists/need.csv", "code,label\nN1,Abuse or neglect\nN2,\"Disability, the child's own\"\n");
        folder.File("datapackage.json", Package);
    }

    [Fact]
    public void The_package_beside_the_program_has_the_three_tables()
    {
        Assert.Equal(["returns", "areas", "cohort"], DataPackage.Load().Tables.Select(t => t.Name));
    }

    [Fact]
    public void A_field_takes_its_codes_from_the_code_list_that_it_names()
    {
        Schema("""{"name":"need","type":"string","title":"Need","description":"d","caseload:codelist":"need"}""");

        var package = DataPackage.Load(folder.Path);

        Assert.Equal(["N1", "N2"], package.Table("t").Fields[0].Constraints.Codes!);
        Assert.Equal("Disability, the child's own", package.Codes("need").Label("N2"));
    }

    [Theory]
    [InlineData("""{"name":"x","type":"string","title":"X","description":"d","constraint":{}}""", "constraint")]
    [InlineData("""{"name":"x","type":"string","title":"X","description":"d","constraints":{"requird":true}}""", "requird")]
    [InlineData("""{"name":"x","type":"strng","title":"X","description":"d"}""", "strng")]
    [InlineData("""{"name":"x","type":"string","title":"X","description":"d","caseload:codelist":"needs"}""", "needs")]
    [InlineData("""{"name":"x","type":"string","title":"X","description":"d","constraints":{"minimum":3}}""", "bound")]
    [InlineData("""{"name":"x","type":"date","title":"X","description":"d","constraints":{"minimum":"31/03/2016"}}""", "bound")]
    [InlineData("""{"name":"x","type":"string","title":"X","description":"d","constraints":{"pattern":"(a"}}""", "the pattern \"(a\"")]
    [InlineData("""{"name":"x","type":"string","title":"X","description":"d","constraints":{"pattern":"(?=a)a"}}""", "the pattern")]
    [InlineData("""{"name":"x","type":"string","title":"X","description":"d"},{"name":"x","type":"string","title":"X","description":"d"}""", "twice")]
    public void A_key_that_nobody_knows_and_a_value_that_checks_nothing_are_errors(string field, string found)
    {
        Schema(field);

        var problem = Assert.Throws<ProblemException>(() => DataPackage.Load(folder.Path)).Problem;

        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
        Assert.Contains("t.schema.json", problem.Where, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private void Schema(string fields) => folder.File("t.schema.json", $$"""{"title":"t","description":"d","fields":[{{fields}}]}""");
}
