using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Caseload.Frames.Csv;

namespace Caseload.MixedModels.Tests.Packaging;

/// <summary>The package's README shows code that runs, and reads alone wherever it is printed.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Read("src", "Caseload.MixedModels", "README.md");
    private static readonly string Source = Read("tests", "Caseload.MixedModels.Tests", "Packaging", "ReadmeExamples.cs");

    [Fact]
    public void Every_example_is_what_its_test_runs()
    {
        var marked = Mark().Matches(Source).ToDictionary(m => m.Groups["name"].Value, m => Dedent(m.Groups["code"].Value));
        var printed = Example().Matches(Readme).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["code"].Value);
        Assert.Equal(marked.Keys.Order(), printed.Keys.Order());
        Assert.All(marked, example => Assert.Equal(example.Value, printed[example.Key]));
    }

    [Fact]
    public void Every_fence_of_code_carries_a_name()
    {
        Assert.Equal(Fence().Count(Readme), Example().Count(Readme));
    }

    [Fact]
    public void Every_example_stands_in_the_test_of_its_name()
    {
        var tests = typeof(ReadmeExamples).GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => m.Name);
        Assert.Equal(tests.Order(), Mark().Matches(Source).Select(m => m.Groups["name"].Value).Where(name => name != "Usings").Order());
        foreach (var name in tests)
        {
            var body = Source[Source.IndexOf($"public void {name}()", StringComparison.Ordinal)..].Split("\n    }\n")[0];
            Assert.Contains($"// readme: {name}\n", body, StringComparison.Ordinal);
            Assert.Contains("Assert.", body.Split("// readme: end")[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_data_begin_as_printed()
    {
        using var bytes = new MemoryStream();
        CsvFile.Write(Pupils.Frame().Head(3), bytes);
        Assert.Contains($"```csv\n{Encoding.UTF8.GetString(bytes.ToArray())}```", Readme, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Caseload.MixedModels")]
    [InlineData("Caseload.Frames")]
    public void No_link_needs_a_file_beside_it(string package)
    {
        var readme = Read("src", package, "README.md");
        var headings = Heading().Matches(readme).Select(m => "#" + m.Groups["text"].Value.ToLowerInvariant().Replace(' ', '-')).ToArray();
        foreach (var target in Link().Matches(readme).Select(m => m.Groups["target"].Value))
            Assert.True(headings.Contains(target) || target.StartsWith("https://", StringComparison.Ordinal), target);
        Assert.DoesNotContain("<", Code().Replace(readme, ""), StringComparison.Ordinal);
    }

    /// <summary>The code of an example as the README prints it.</summary>
    internal static string ExampleOf(string name) =>
        Example().Matches(Readme).Single(m => m.Groups["name"].Value == name).Groups["code"].Value;

    private static string Read(params string[] path) =>
        File.ReadAllText(Path.Combine([Checkout.Root, .. path])).ReplaceLineEndings("\n");

    private static string Dedent(string code)
    {
        var lines = code.Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..]));
    }

    [GeneratedRegex(@"^ *// readme: (?<name>(?!end$)\w+)\n(?<code>.*?)^ *// readme: end$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Mark();

    [GeneratedRegex(@"^```csharp (?<name>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^```(csharp|cs|c#)\\b", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    // Blocks and spans of code, in which brackets mean themselves.
    [GeneratedRegex("^```.*?^```$|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
