using System.Numerics;

namespace Caseload.MixedModels.Designs;

/// <summary>
/// A set of small whole numbers that gives each its rank: a bit for every possible number, and for each word of bits how many stand before
/// it. A set of a million possible numbers takes less room than a processor's second cache has.
/// </summary>
internal sealed class RankedKeys
{
    private readonly ulong[] words;
    private readonly int[] before;

    /// <summary>The set of some numbers.</summary>
    /// <param name="keys">The numbers, repeated as may be; from 0.</param>
    /// <param name="space">A bound on them, exclusive.</param>
    internal RankedKeys(ReadOnlySpan<int> keys, int space)
    {
        words = new ulong[space / 64 + 1];
        foreach (var key in keys) words[key >> 6] |= 1UL << key;
        before = new int[words.Length];
        for (var word = 0; word < words.Length; word++)
        {
            before[word] = Count;
            Count += BitOperations.PopCount(words[word]);
        }
    }

    /// <summary>The number of different numbers.</summary>
    internal int Count { get; }

    /// <summary>How many different numbers of the set are less than one of them.</summary>
    internal int RankOf(int key) => before[key >> 6] + BitOperations.PopCount(words[key >> 6] & ((1UL << key) - 1));

    /// <summary>A number such that about so many parts of the set stand below it: ends of shares of about equal size.</summary>
    internal int Bound(int part, int parts)
    {
        if (part == parts) return int.MaxValue;
        var word = Array.BinarySearch(before, (int)((long)Count * part / parts));
        return part == 0 ? 0 : 64 * (word < 0 ? ~word : word);
    }
}
