using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Tests.Documents;

public sealed class DialectTests
{
    [Fact]
    public void A_notebook_that_says_nothing_is_described_as_CSharp_for_NET_Interactive_and_its_successors()
    {
        var metadata = Dialect.Describe(Make.Notebook("1") with { Metadata = new() { ["mine"] = 1 } }).Metadata;
        Assert.Equal("""{"display_name":".NET (C#)","language":"C#","name":".net-csharp"}""", metadata["kernelspec"]!.ToJsonString());
        Assert.Equal("""{"file_extension":".cs","mimetype":"text/x-csharp","name":"C#","pygments_lexer":"csharp"}""",
            metadata["language_info"]!.ToJsonString());
        Assert.Equal(1, (int)metadata["mine"]!);
    }

    [Fact]
    public void What_a_notebook_says_of_itself_stays()
    {
        var metadata = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = "caseload", ["language"] = "C#" } };
        Assert.Equal("caseload",
            (string)Dialect.Describe(Make.Notebook("1") with { Metadata = metadata }).Metadata["kernelspec"]!["name"]!);
    }

    [Theory]
    [InlineData("""{"kernelspec": {"language": "python"}}""", "python")]
    [InlineData("""{"language_info": {"name": "R"}}""", "R")]
    [InlineData("""{"kernelspec": {"language": "C#"}, "language_info": {"name": "csharp"}}""", null)]
    [InlineData("{}", null)]
    public void Another_language_is_seen(string metadata, string? language) =>
        Assert.Equal(language, Dialect.ForeignLanguage(Make.Notebook("1") with { Metadata = JsonNode.Parse(metadata)!.AsObject() }));
}
