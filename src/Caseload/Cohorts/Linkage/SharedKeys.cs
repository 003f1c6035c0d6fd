namespace Caseload.Cohorts.Linkage;

/// <summary>Counts, year by year, keys that stand under several identifiers.</summary>
internal sealed class SharedKeys
{
    private const int BitsOfAKey = 45;
    private readonly List<long> keys = [];
    private readonly List<int> identifiers = [];

    /// <summary>What was counted in a year.</summary>
    /// <param name="Keys">Different keys.</param>
    /// <param name="Holders">Identifiers under which the keys stand, each counted once a key.</param>
    /// <param name="Shared">Keys that stand under more than one identifier.</param>
    internal readonly record struct Counts(int Keys, int Holders, int Shared);

    /// <summary>Adds a key under an identifier.</summary>
    /// <param name="year">The place of the year, below 128.</param>
    /// <param name="key">The key, of at most 45 bits.</param>
    /// <param name="identifier">The identifier.</param>
    internal void Add(int year, long key, int identifier)
    {
        keys.Add(((long)year << BitsOfAKey) | key);
        identifiers.Add(identifier);
    }

    /// <summary>Counts each year.</summary>
    /// <param name="years">How many years there are.</param>
    internal Counts[] Count(int years)
    {
        var (sorted, holders) = (keys.ToArray(), identifiers.ToArray());
        Array.Sort(sorted, holders);
        var counts = new Counts[years];
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from]) to++;
            var distinct = Distinct(holders.AsSpan(from, to - from));
            var year = (int)(sorted[from] >> BitsOfAKey);
            var (k, h, s) = counts[year];
            counts[year] = new Counts(k + 1, h + distinct, s + (distinct > 1 ? 1 : 0));
            from = to;
        }

        return counts;
    }

    private static int Distinct(Span<int> holders)
    {
        if (holders.Length == 1) return 1;
        holders.Sort();
        var distinct = 1;
        for (var i = 1; i < holders.Length; i++) distinct += holders[i] != holders[i - 1] ? 1 : 0;
        return distinct;
    }
}
