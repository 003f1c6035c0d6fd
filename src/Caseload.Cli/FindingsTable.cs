using Caseload.Frames;
using Caseload.Rules;
using Caseload.Schemas;

namespace Caseload.Cli;

/// <summary>All findings of <c>caseload validate</c> as one table: a row a place, without any child's value.</summary>
internal static class FindingsTable
{
    /// <summary>What stands in the column of rules for a cell that breaks the contract in data-schema/.</summary>
    internal const string Contract = "contract";

    /// <summary>The table: rule, kind (error or query), file, line, column (or census item), message.</summary>
    /// <param name="rules">What came of the rules.</param>
    /// <param name="cells">The cells that break their contract.</param>
    internal static Frame Of(IReadOnlyList<RuleReport> rules, IReadOnlyList<CellFinding> cells)
    {
        TextColumnBuilder[] texts = [new("rule"), new("kind"), new("file"), new("column"), new("message")];
        var lines = new List<int>();
        void Add(long line, params ReadOnlySpan<string> row)
        {
            for (var i = 0; i < texts.Length; i++) texts[i].Add(row[i]);
            lines.Add((int)Math.Min(line, int.MaxValue));
        }

        foreach (var rule in rules)
        {
            var kind = rule.Kind == RuleKind.Error ? "error" : "query";
            foreach (var place in rule.Places) Add(place.Line, rule.Number, kind, place.File, place.Item, rule.Message);
        }

        foreach (var cell in cells)
            Add(cell.Line, Contract, "error", cell.File, cell.Column, $"found {cell.Found}, expected {cell.Expected}");
        return new Frame([texts[0].Build(), texts[1].Build(), texts[2].Build(), new IntegerColumn("line", [.. lines]), texts[3].Build(),
            texts[4].Build()]);
    }
}
