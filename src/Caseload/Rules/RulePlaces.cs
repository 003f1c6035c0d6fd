using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>Where a rule is broken.</summary>
/// <param name="File">The file, or what messages call the query.</param>
/// <param name="Line">The line of the file, or the row of the query, from 1.</param>
/// <param name="Item">The census item.</param>
public sealed record RulePlace(string File, long Line, string Item)
{
    /// <summary>What the lines are: lines of a file, rows of a query.</summary>
    public string Unit { get; init; } = "line";
}

/// <summary>Counts the places that break one rule and keeps the first of them.</summary>
public sealed class RulePlaces
{
    /// <summary>The most places that are kept; the others are counted.</summary>
    public const int Limit = 1_000;

    private readonly List<RulePlace> kept = [];
    private (string File, string Unit) source = ("", "line");

    /// <summary>How many places break the rule.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them, in the order in which they were found.</summary>
    public IReadOnlyList<RulePlace> Kept => kept;

    /// <summary>Adds an item that breaks the rule.</summary>
    /// <param name="item">What stands there.</param>
    /// <param name="name">The name of the census item.</param>
    /// <param name="record">The line of the record that it belongs to, for where the item itself is absent.</param>
    public void Add(CensusItem item, string name, long record) => Add(item.Line > 0 ? item.Line : record, name);

    /// <summary>Adds a place.</summary>
    /// <param name="line">The line.</param>
    /// <param name="name">The name of the census item.</param>
    public void Add(long line, string name)
    {
        Count++;
        if (kept.Count < Limit) kept.Add(new RulePlace(source.File, line, name) { Unit = source.Unit });
    }

    /// <summary>Says which file the places to come stand in, and what their lines are.</summary>
    internal void Begin(string file, string unit) => source = (file, unit);
}
