using Caseload.Rules;
using Caseload.Schemas;

namespace Caseload.Tests.Rules;

/// <summary>docs/rules.md says of every rule what the registry says.</summary>
public sealed class RulesDocumentTests
{
    [Fact]
    public void The_table_of_rules_is_the_registrys()
    {
        var package = DataPackage.Load();
        var rows = File.ReadAllLines(Path.Combine(Checkout.Root, "docs", "rules.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2]) && line.Count(c => c == '|') == 5)
            .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray()).ToArray();

        Assert.Equal(
            RuleRegistry.Create(package).Select(rule => $"{rule.Number}, {(rule.Kind == RuleKind.Error ? "error" : "query")}, {rule.Message}"),
            rows.Select(row => $"{row[1]}, {row[2]}, {row[3]}"));
    }

    [Fact]
    public void What_it_says_of_rules_that_are_not_run_is_what_a_table_of_the_required_columns_meets()
    {
        var schema = DataPackage.Load().Table("returns");
        var required = new Caseload.Returns.Census.CensusForm(true, schema.Fields.Where(f => !f.Optional).Select(f => f.Name).ToHashSet(StringComparer.Ordinal));
        var rules = RuleRegistry.Create(DataPackage.Load()).ToDictionary(rule => rule.Number);
        foreach (var line in File.ReadAllLines(Path.Combine(Checkout.Root, "docs", "rules.md")).Where(l => l.Count(c => c == '|') == 5))
        {
            var cells = line.Split('|').Select(cell => cell.Trim()).ToArray();
            if (!rules.TryGetValue(cells[1], out var rule)) continue;
            var unable = rule.WhyNotJudged(required) ?? rule.WhyNotPassed(required);

            Assert.Equal(unable is not null, cells[4].Contains("table", StringComparison.Ordinal));
        }
    }
}
