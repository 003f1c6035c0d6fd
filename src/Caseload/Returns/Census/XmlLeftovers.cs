using System.Globalization;

namespace Caseload.Returns.Census;

/// <summary>Counts what of a return did not fit into the census, so that nothing is left aside without a word.</summary>
internal sealed class XmlLeftovers(string file)
{
    private const int MostNamed = 20;
    private const int LongestName = 40;

    // Elements that came after the last of the schemas that this walk was written by (2017 and 2023).
    private static readonly HashSet<string> Later = new(StringComparer.Ordinal) { "PreProceedingsandFGDM" };

    private readonly SortedDictionary<string, long> unknown = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> repeated = new(StringComparer.Ordinal);

    /// <summary>How often text stood between elements, where none belongs.</summary>
    internal long StrayText { get; set; }

    internal void Unknown(string name) => unknown[name] = unknown.GetValueOrDefault(name) + 1;

    internal void Repeat(string name) => repeated[name] = repeated.GetValueOrDefault(name) + 1;

    internal IEnumerable<Oddity> Tell()
    {
        foreach (var (name, count) in unknown.Take(MostNamed))
        {
            yield return Say(Later.Contains(name)
                ? $"the element {name} came into the census after 2023 and is not used here ({Times(count)}); it was left aside"
                : $"the element {Short(name)} is not part of the census ({Times(count)}); it was left aside");
        }

        if (unknown.Count > MostNamed)
            yield return Say($"{unknown.Count - MostNamed} more names of elements are not part of the census; they were left aside");
        foreach (var (name, count) in repeated)
            yield return Say($"the element {name} stands again where it may stand once ({Times(count)}); the first was used");
        if (StrayText > 0) yield return Say($"text stands between elements, where none belongs ({Times(StrayText)}); it was left aside");
    }

    /// <summary>Text of a file as a message may show it: a damaged one can hold any length of it.</summary>
    internal static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName] + "...";

    private static string Times(long count) => count == 1 ? "once" : count.ToString("N0", CultureInfo.InvariantCulture) + " times";

    private Oddity Say(string observation) => new(file, observation);
}
