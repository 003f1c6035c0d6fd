using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Caseload.Testing;

namespace Caseload.Cli.Tests;

/// <summary>docs/inference.md keeps its word: from a notebook every call of its table is one line, and shows a table.</summary>
public sealed partial class InferencePageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "inference.md"));
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_call_runs_in_a_notebook_and_shows_a_table()
    {
        string[] calls = [.. Rows().SelectMany(cells => Code().Matches(cells[1]).Select(code => code.Groups["code"].Value)).Where(IsCSharp)];
        Assert.True(calls.Length >= Rows().Count() - 1, $"{calls.Length} calls in {Rows().Count()} rows");
        var path = folder.File("calls.ipynb", Notebook([Beginning(), .. calls]));
        folder.File("contraception.csv", Survey());

        var output = Path.Combine(folder.Path, "out");
        CaseloadRun.Of("notebooks", "run", path, "--out", output).Succeeded();

        var cells = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "calls.ipynb")))!["cells"]!.AsArray().Skip(1).ToArray();
        Assert.Equal(calls.Length, cells.Length);
        Assert.All(cells.Zip(calls), cell => Assert.True(Shown(cell.First!).Contains("<table", StringComparison.Ordinal), cell.Second));
    }

    [Fact]
    public void Every_row_names_the_call_when_it_does_not_apply_its_derivation_and_tests_that_there_are()
    {
        var headings = File.ReadLines(Path.Combine(Checkout.Root, "docs", "method.md")).Where(line => line.StartsWith('#'))
            .Select(line => Punctuation().Replace(line.TrimStart('#', ' ').ToLowerInvariant(), "").Replace(' ', '-')).ToHashSet();
        var tests = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)!).ToHashSet();
        Assert.All(Rows(), cells =>
        {
            Assert.Equal(5, cells.Length);
            Assert.All(cells, cell => Assert.NotEqual("", cell));
            Assert.Contains(Anchor().Match(cells[3]).Groups["anchor"].Value, headings);
            var named = Code().Matches(cells[4]).Select(code => code.Groups["code"].Value).ToArray();
            Assert.NotEmpty(named);
            Assert.All(named, test => Assert.Contains(test, tests));
        });
    }

    private static IEnumerable<string[]> Rows() => Page[..Page.IndexOf("## Speed", StringComparison.Ordinal)].Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
        .Select(line => Border().Split(line)[1..^1].Select(cell => cell.Trim().Replace("\\|", "|")).ToArray());

    // The page's own beginning, its assemblies and data where this test has them.
    private string Beginning() => Fence().Match(Page).Groups["code"].Value
        .Replace("../artifacts/bin/Caseload.Cli/release/", AppContext.BaseDirectory, StringComparison.Ordinal);

    private static bool IsCSharp(string code) => code.Contains('(') && !code.StartsWith("caseload ", StringComparison.Ordinal);

    private static string Shown(JsonNode cell) => string.Concat(cell["outputs"]!.AsArray()
        .Select(output => output!["data"]?["text/html"]).Where(html => html is not null)
        .Select(html => html is JsonArray lines ? string.Concat(lines.Select(line => line!.GetValue<string>())) : html!.GetValue<string>()));

    private static string Notebook(IEnumerable<string> sources) => JsonSerializer.Serialize(new
    {
        cells = sources.Select((source, i) => new
        {
            cell_type = "code", id = $"c{i}", metadata = new { }, source, outputs = Array.Empty<object>(), execution_count = (int?)null,
        }),
        metadata = new { kernelspec = new { display_name = ".NET (C#)", language = "C#", name = ".net-csharp" } },
        nbformat = 4,
        nbformat_minor = 5,
    });

    // The columns of the survey that the page speaks of, for 600 women in 30 districts, simulated.
    private static string Survey()
    {
        var random = new Random(11);
        double[] district = [.. Enumerable.Range(0, 30).Select(_ => 1.2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5))];
        var lines = Enumerable.Range(0, 600).Select(woman =>
        {
            var (age, urban, livch) = (Math.Round(30 * random.NextDouble() - 15, 2), random.Next(2), random.Next(4));
            var eta = -0.8 + 0.02 * age + 0.6 * urban + 0.3 * livch + district[woman % 30];
            var y = random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0;
            return string.Create(CultureInfo.InvariantCulture,
                $"{woman + 1},{woman % 30 + 1},{y},{(livch == 3 ? "3+" : livch)},{age},{(urban == 1 ? "Y" : "N")},{1 + woman % 3},{1 + woman % 30 % 2}\n");
        });
        return "woman,district,y,livch,age,urban,w,v\n" + string.Concat(lines);
    }

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Border();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"method\.md#(?<anchor>[^)]+)\)")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
