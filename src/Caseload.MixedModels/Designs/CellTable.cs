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

    /// <summary>The patterns of variables that vary within groups; null without groups, or where their number is beyond counting.</summary>
    internal PatternTable? Patterns { get; init; }

    /// <summary>The cell of each row: of a Gaussian response, whose spread within cells counts too, and where it was asked for; otherwise
    /// empty.</summary>
    internal int[] OfRows { get; init; } = [];

    /// <summary>Puts equal rows together.</summary>
    /// <param name="frame">The model's data.</param>
    /// <param name="withRows">Whether the cell of each row is asked for.</param>
    internal static CellTable Collapse(ModelFrame frame, bool withRows = false)
    {
        var keys = RowKeys.Of(frame);
        var cells = DirectCollapse.Pays(keys)
            ? DirectCollapse.Collapse(keys, frame.Response, withRows) : SortedCollapse.Collapse(keys, frame.Response, withRows);
        return frame.Groupings.Count == 0
            ? cells with { GroupStarts = Blocks(cells.Count), Patterns = null }
            : cells with { Patterns = cells.Patterns is { } patterns ? patterns with { Within = keys.Within } : null };
    }

    /// <summary>The same cells with the sums of another response of the same rows.</summary>
    internal CellTable With(ModelResponse response)
    {
        var sums = new double[Count];
        for (var row = 0; row < OfRows.Length; row++) sums[OfRows[row]] += response.Successes[row];
        return this with { Successes = sums };
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

    /// <summary>Some of the cells, in their order, with the groups that hold any.</summary>
    internal CellTable At(int[] cells)
    {
        var starts = new List<int>();
        var last = -1;
        for (var (i, group) = (0, 0); i < cells.Length; i++)
        {
            while (GroupStarts[group + 1] <= cells[i]) group++;
            if (group == last) continue;
            starts.Add(i);
            last = group;
        }

        return new CellTable([.. cells.Select(c => Rows[c])], [.. cells.Select(c => Successes[c])], [.. cells.Select(c => Trials[c])],
            [.. starts, cells.Length]);
    }

    private static int[] Blocks(int cells) =>
        [.. Enumerable.Range(0, (cells + BlockWithoutGroups - 1) / BlockWithoutGroups).Select(block => block * BlockWithoutGroups), cells];
}
