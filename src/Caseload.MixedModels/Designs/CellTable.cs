using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Designs;

/// <summary>
/// The data with equal rows put together: a cell is one pattern of covariates within one group, with the successes and trials of all its
/// rows, or their counts and weights. The log-likelihood depends on the rows through these sums only. Cells are in the order of groups
/// (of several groupings, of the one with the most groups, then of the others), then of the variables' values, whatever the order of rows
/// was.
/// </summary>
/// <param name="Rows">For each cell, a row of the model frame that has its pattern.</param>
/// <param name="Successes">The successes of each cell, or the sum of its counts times their weights.</param>
/// <param name="Trials">The trials of each cell, or the sum of its weights; above 0.</param>
/// <param name="GroupStarts">The first cell of each group, and the number of cells at the end.</param>
internal sealed record CellTable(int[] Rows, double[] Successes, double[] Trials, int[] GroupStarts)
{
    // Without groups the cells are cut into blocks of this many, so that the passes over them stay in the cache.
    private const int BlockWithoutGroups = 1024;

    internal int Count => Rows.Length;

    internal int GroupCount => GroupStarts.Length - 1;

    /// <summary>Puts equal rows together.</summary>
    internal static CellTable Collapse(ModelFrame frame)
    {
        var largest = frame.LargestGrouping;
        var others = frame.Groupings.Where(grouping => grouping != largest).Select(grouping => grouping.Groups);
        var variables = frame.Variables.Prepend(frame.Offset).OfType<CodedVariable>();
        variables = largest is null ? variables : [largest.Groups, .. others, .. variables];
        variables = variables.Where(v => v.Size > 1);
        var (keys, rows) = SortRows(frame.Rows, variables);
        var count = 0;
        for (var i = 0; i < keys.Length; i++) count += i == 0 || keys[i] != keys[i - 1] ? 1 : 0;
        var (first, successes, trials) = (new int[count], new double[count], new double[count]);
        var cell = -1;
        for (var i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1]) first[++cell] = rows[i];
            successes[cell] += frame.Response.Successes[rows[i]];
            trials[cell] += frame.Response.Trials[rows[i]];
        }

        return new CellTable(first, successes, trials, Starts(first, largest?.Groups));
    }

    /// <summary>Some of the cells; groups without any stay, empty.</summary>
    internal CellTable Where(bool[] keep)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(cell => keep[cell])];
        var starts = new int[GroupStarts.Length];
        for (var group = 0; group < GroupCount; group++)
        {
            starts[group + 1] = starts[group];
            for (var cell = GroupStarts[group]; cell < GroupStarts[group + 1]; cell++) starts[group + 1] += keep[cell] ? 1 : 0;
        }

        return new CellTable([.. kept.Select(c => Rows[c])], [.. kept.Select(c => Successes[c])], [.. kept.Select(c => Trials[c])], starts);
    }

    // A row's key is its values' numbers written as digits of mixed radix. Where the digits outgrow 64 bits, the keys so far are replaced
    // by their ranks, of which there are at most as many as rows.
    private static (ulong[] Keys, int[] Rows) SortRows(int count, IEnumerable<CodedVariable> variables)
    {
        var keys = new ulong[count];
        var largest = 0UL;
        foreach (var variable in variables)
        {
            var size = (ulong)variable.Size;
            if (largest > (ulong.MaxValue - size) / size - 1) largest = ReplaceByRanks(ref keys, largest);
            for (var row = 0; row < count; row++) keys[row] = keys[row] * size + (ulong)variable.Codes[row];
            largest = largest * size + size - 1;
        }

        int[] rows = [.. Enumerable.Range(0, count)];
        RowSorter.Sort(ref keys, ref rows, largest);
        return (keys, rows);
    }

    private static ulong ReplaceByRanks(ref ulong[] keys, ulong largest)
    {
        int[] rows = [.. Enumerable.Range(0, keys.Length)];
        RowSorter.Sort(ref keys, ref rows, largest);
        var ranks = new ulong[keys.Length];
        var rank = 0UL;
        for (var i = 0; i < keys.Length; i++)
        {
            if (i > 0 && keys[i] != keys[i - 1]) rank++;
            ranks[rows[i]] = rank;
        }

        keys = ranks;
        return rank;
    }

    private static int[] Starts(int[] rows, CodedVariable? group)
    {
        if (group is null)
            return [.. Enumerable.Range(0, (rows.Length + BlockWithoutGroups - 1) / BlockWithoutGroups)
                .Select(block => block * BlockWithoutGroups), rows.Length];
        var starts = new int[group.Size + 1];
        foreach (var row in rows) starts[group.Codes[row] + 1]++;
        for (var i = 0; i < group.Size; i++) starts[i + 1] += starts[i];
        return starts;
    }
}
