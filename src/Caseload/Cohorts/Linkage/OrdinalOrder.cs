namespace Caseload.Cohorts.Linkage;

/// <summary>
/// Sorts many texts ordinally. Identifiers of one authority mostly share their beginning, so what is compared first is the eight characters
/// after it, packed into one number; only texts that are equal there are compared as texts.
/// </summary>
internal static class OrdinalOrder
{
    private const int Packed = 8;

    /// <summary>The places of the texts in ordinal order.</summary>
    /// <param name="codes">Numbers of different texts.</param>
    /// <param name="levels">The texts by number.</param>
    internal static int[] Of(int[] codes, IReadOnlyList<string> levels)
    {
        var order = Enumerable.Range(0, codes.Length).ToArray();
        if (codes.Length < 2) return order;
        var shared = Shared(codes, levels);
        var keys = new ulong[codes.Length];
        for (var i = 0; i < codes.Length; i++) keys[i] = Key(levels[codes[i]].AsSpan(shared));
        Array.Sort(keys, order);
        var byText = Comparer<int>.Create((a, b) => string.CompareOrdinal(levels[codes[a]], levels[codes[b]]));
        for (var from = 0; from < keys.Length;)
        {
            var to = from + 1;
            while (to < keys.Length && keys[to] == keys[from]) to++;
            if (to - from > 1) Array.Sort(order, from, to - from, byText);
            from = to;
        }

        return order;
    }

    private static int Shared(int[] codes, IReadOnlyList<string> levels)
    {
        var first = levels[codes[0]];
        var shared = first.Length;
        foreach (var code in codes) shared = Math.Min(shared, first.AsSpan(0, shared).CommonPrefixLength(levels[code]));
        return shared;
    }

    // Characters beyond Latin-1 are all packed as the last of it: in order, and told apart by the text.
    private static ulong Key(ReadOnlySpan<char> text)
    {
        var key = 0UL;
        for (var i = 0; i < Packed; i++) key = (key << 8) | (i < text.Length ? Math.Min(text[i], (char)255) : 0UL);
        return key;
    }
}
