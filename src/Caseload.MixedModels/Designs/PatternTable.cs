namespace Caseload.MixedModels.Designs;

/// <summary>
/// The patterns of the cells: the distinct combinations of those variables that vary within groups, whatever the group. A pattern comes
/// back in group after group, so what depends on it alone is computed once for all of its cells.
/// </summary>
/// <param name="Of">The pattern of each cell; ascending within a group.</param>
/// <param name="Rows">For each pattern, a row of the model frame that has it.</param>
internal sealed record PatternTable(int[] Of, int[] Rows)
{
    internal int Count => Rows.Length;

    /// <summary>Numbers the patterns of cells by their keys.</summary>
    /// <param name="keys">The key of each cell's pattern.</param>
    /// <param name="rows">A row of each cell.</param>
    /// <param name="space">The number of possible keys.</param>
    internal static PatternTable OfKeys(ulong[] keys, int[] rows, ulong space) =>
        space <= 16 * (ulong)keys.Length + 4096 ? ByAddress(keys, rows, (int)space) : BySorting(keys, rows, space);

    private static PatternTable ByAddress(ulong[] keys, int[] rows, int space)
    {
        var numbers = new int[space];
        foreach (var key in keys) numbers[(int)key] = 1;
        var count = 0;
        for (var key = 0; key < space; key++)
        {
            if (numbers[key] != 0) numbers[key] = count++;
        }

        var (of, first) = (new int[keys.Length], new int[count]);
        for (var cell = 0; cell < keys.Length; cell++) first[of[cell] = numbers[(int)keys[cell]]] = rows[cell];
        return new PatternTable(of, first);
    }

    private static PatternTable BySorting(ulong[] keys, int[] rows, ulong space)
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
