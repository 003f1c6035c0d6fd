using Caseload.Schemas;

namespace Caseload.Tests.Schemas;

public sealed class DataDictionaryTests
{
    [Fact]
    public void The_dictionary_says_what_the_schemas_say()
    {
        // After a change of a schema: CASELOAD_UPDATE=1 dotnet test -c Release tests/Caseload.Tests writes the page anew.
        var path = Path.Combine(Checkout.Root, "data-schema", "dictionary.md");
        var page = DataDictionary.Markdown(DataPackage.Load(Path.Combine(Checkout.Root, "data-schema")));
        if (Environment.GetEnvironmentVariable("CASELOAD_UPDATE") == "1") File.WriteAllText(path, page);

        Assert.Equal(page, File.ReadAllText(path));
    }

    [Fact]
    public void Every_column_and_every_code_has_a_meaning()
    {
        var package = DataPackage.Load();

        Assert.All(package.Tables.SelectMany(t => t.Fields), field => Assert.NotEmpty(field.Description));
        Assert.All(package.CodeLists.SelectMany(c => c.Codes), code => Assert.NotEmpty(code.Value));
    }
}
