using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Caseload.Notebooks.Session.Assistance;

/// <summary>Makes a list of completions from symbols: those that begin with what was typed, each name once, in order.</summary>
/// <param name="prefix">What was typed; upper and lower case are alike.</param>
internal sealed class CompletionItems(string prefix)
{
    /// <summary>The most completions given. A longer list is of no use to a person, and costs time to make.</summary>
    public const int Most = 500;

    private readonly List<ISymbol> symbols = [];
    private readonly List<Completion> extras = [];

    /// <summary>Adds symbols.</summary>
    /// <param name="found">Any symbols; those with another beginning are left out.</param>
    public void Add(IEnumerable<ISymbol> found) => symbols.AddRange(found.Where(s => Matches(s.Name)));

    /// <summary>Adds what is no symbol: a keyword, the name of a parameter.</summary>
    /// <param name="found">The completions; those with another beginning are left out.</param>
    public void Add(IEnumerable<Completion> found) => extras.AddRange(found.Where(c => Matches(c.Text)));

    /// <summary>The completions: first those that begin with what was typed in the same case, then by name.</summary>
    public IReadOnlyList<Completion> ToList()
    {
        // Where there are too many, what the cells themselves declare is kept before what libraries hold.
        var chosen = symbols.GroupBy(s => (Text(s), s.Kind))
            .OrderBy(g => g.First().Locations.FirstOrDefault()?.IsInSource == true ? 0 : 1)
            .ThenBy(g => g.Key.Item1, StringComparer.Ordinal)
            .Select(Item).OfType<Completion>().Take(Math.Max(0, Most - extras.Count));
        return
        [
            .. extras.Concat(chosen).DistinctBy(c => c.Text)
                .OrderBy(c => c.Text.StartsWith(prefix, StringComparison.Ordinal) ? 0 : 1).ThenBy(c => c.Text, StringComparer.Ordinal),
        ];
    }

    private bool Matches(string name) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static Completion? Item(IGrouping<(string Text, SymbolKind Kind), ISymbol> named)
    {
        var shown = named.Where(SymbolText.IsForPeople).ToArray();
        if (shown.Length == 0) return null;
        var more = shown.Length - 1;
        var overloads = named.Key.Kind != SymbolKind.Method || more == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" (+{more} overload{(more == 1 ? "" : "s")})");
        return new(named.Key.Text, SymbolText.Kind(shown[0]), SymbolText.Signature(shown[0]) + overloads);
    }

    // A name that is a word of the language needs its @.
    private static string Text(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : "@" + symbol.Name;
}
