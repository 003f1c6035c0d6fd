using System.Text.Json.Nodes;
using Caseload.Areas;

namespace Caseload.Tests.Areas;

public sealed class AreaSchemaTests
{
    private readonly JsonNode schema = JsonNode.Parse(File.ReadAllText(Find()))!;

    [Fact]
    public void The_schema_has_the_columns_that_the_kit_writes_in_their_order() =>
        Assert.Equal(AreaColumns.All, schema["fields"]!.AsArray().Select(f => (string)f!["name"]!));

    [Theory]
    [InlineData("workforce_basis", typeof(WorkforceBasis))]
    [InlineData("source_kind", typeof(AreaSourceKind))]
    public void Codes_in_the_schema_are_those_of_the_kit(string field, Type codes) => Assert.Equal(
        Enum.GetNames(codes).Select(name => name.ToLowerInvariant()),
        schema["fields"]!.AsArray().Single(f => (string)f!["name"]! == field)!["constraints"]!["enum"]!.AsArray().Select(c => (string)c!));

    [Fact]
    public void Authority_and_year_are_the_key() =>
        Assert.Equal(["authority", "year"], schema["primaryKey"]!.AsArray().Select(k => (string)k!));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "data-schema", "area.schema.json");
            if (File.Exists(path)) return path;
        }

        throw new FileNotFoundException("data-schema/area.schema.json stands in no folder above the tests.");
    }
}
