using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Designs;

/// <summary>
/// The patterns of the cells: the distinct combinations of those variables that vary within groups, whatever the group. A pattern comes
/// back in group after group, so what depends on it alone is computed once for all of its cells.
/// </summary>
/// <param name="Of">The pattern of each cell; ascending within a group, or where there are other groupings within a run.</param>
/// <param name="Rows">For each pattern, a row of the model frame that has it.</param>
internal sealed record PatternTable(int[] Of, int[] Rows)
{
    /// <summary>The variables that vary within groups; the others are constant within each.</summary>
    internal IReadOnlyList<CodedVariable> Within { get; init; } = [];

    internal int Count => Rows.Length;

    /// <summary>Numbers the patterns of cells by their keys, of which few are possible.</summary>
    /// <param name="keys">The key of each cell's pattern; taken over.</param>
    /// <param name="rows">A row of each cell.</param>
    /// <param name="space">The number of possible keys.</param>
    internal static PatternTable OfSmall(int[] keys, int[] rows, int space)
    {
        var known = new RankedKeys(keys, space);
        var first = new int[known.Count];
        for (var cell = 0; cell < keys.Length; cell++) first[keys[cell] = known.RankOf(keys[cell])] = rows[cell];
        return new PatternTable(keys, first);
    }

    /// <summary>Numbers the patterns of cells by their keys, however many are possible.</summary>
    /// <param name="keys">The key of each cell's pattern.</param>
    /// <param name="rows">A row of each cell.</param>
    /// <param name="space">The number of possible keys.</param>
    internal static PatternTable OfLarge(ulong[] keys, int[] rows, ulong space)
    {
        var sorted = (ulong[])keys.Clone();
        int[] cells = [.. Enumerable.Range(0, keys.Length)];
        RowSorter.Sort(ref sorted, ref cells, space - 1);
        var (of, first) = (new int[keys.Length], new List<int>());
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1]) first.Add(rows[cells[i]]);
            of[cells[i]] = first.Count - 1;
        }

        return new PatternTable(of, [.. first]);
    }
}
