using Caseload.Returns.Census;

namespace Caseload.Rules;

/// <summary>
/// Keys that may stand once in a return, and where each was first met. It holds the keys alone, so that memory grows with their number and
/// with nothing else.
/// </summary>
internal sealed class ReturnKeys
{
    private readonly record struct Key(string Lea, string Year, string Text);

    private readonly Dictionary<Key, long> firstLines = [];

    /// <summary>Adds a key. Where it was met before, both places break the rule; the first is told once.</summary>
    internal void Add(CensusHeader header, CensusItem key, string name, RulePlaces places)
    {
        var entry = new Key(header.Lea, header.Year, key.Text);
        if (firstLines.TryAdd(entry, key.Line)) return;
        if (firstLines[entry] is var first and > 0)
        {
            places.Add(first, name);
            firstLines[entry] = 0;
        }

        places.Add(key.Line, name);
    }
}
