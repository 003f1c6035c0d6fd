using Caseload.MixedModels.Designs;
using Caseload.MixedModels.Factorisations;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// How the random effects of a model meet its cells: Z without its numbers. Cells next to each other that belong to the same groups of
/// every grouping are a run; whatever is summed is summed over runs first.
/// </summary>
internal sealed class RandomLayout
{
    private readonly int[][] nodes;
    private readonly int[][] slots;

    private RandomLayout(IReadOnlyList<GroupingLayout> groupings, EffectColumns columns, int[] runStarts, int[][] nodes)
    {
        (Groupings, Columns, RunStarts, this.nodes) = (groupings, columns, runStarts, nodes);
        Pattern = PatternOf(groupings, nodes);
        slots = [.. from row in Enumerable.Range(0, groupings.Count) from column in Enumerable.Range(0, row + 1)
                    select SlotsOf(nodes[row], nodes[column])];
    }

    internal IReadOnlyList<GroupingLayout> Groupings { get; }

    /// <summary>The columns that the effects multiply.</summary>
    internal EffectColumns Columns { get; }

    /// <summary>The first cell of each run, and the number of cells at the end.</summary>
    internal int[] RunStarts { get; }

    internal int Runs => RunStarts.Length - 1;

    /// <summary>Which groups share an observation.</summary>
    internal BlockPattern Pattern { get; }

    internal static RandomLayout Of(ModelFrame frame, CellTable cells)
    {
        var besideIntercept = BesideIntercept(frame.Groupings);
        var names = new List<DesignColumn>();
        var groupings = new List<GroupingLayout>();
        var node = 0;
        foreach (var grouping in frame.Groupings)
        {
            int[] columns = [.. grouping.Blocks.SelectMany(block => block.Columns).Select(column => Place(names, column))];
            groupings.Add(new GroupingLayout(grouping, node, columns));
            node += grouping.Groups.Size;
        }

        var codes = frame.Groupings.Select(grouping => grouping.Groups.At(cells.Rows)).ToArray();
        var starts = Starts(codes, cells.Count);
        int[][] nodes = [.. codes.Select((code, g) => starts[..^1].Select(cell => groupings[g].FirstNode + code[cell]).ToArray())];
        var effects = EffectColumns.Of([.. names.Select(name => (name, besideIntercept.Contains(name.Name)))], frame, cells);
        return new RandomLayout(groupings, effects, starts, nodes);
    }

    /// <summary>The same with the effects of each block in another order.</summary>
    /// <param name="orders">For each block of each grouping, which effect of the block stands first, second and so on.</param>
    internal RandomLayout InOrder(IReadOnlyList<int[]> orders)
    {
        var (next, reordered) = (0, new List<GroupingLayout>());
        foreach (var grouping in Groupings)
        {
            var (columns, blocks) = (new List<int>(), new List<EffectBlock>());
            foreach (var block in grouping.Grouping.Blocks)
            {
                var (first, order) = (columns.Count, orders[next++]);
                columns.AddRange(order.Select(effect => grouping.Columns[first + effect]));
                blocks.Add(new EffectBlock([.. order.Select(effect => block.Columns[effect])]));
            }

            reordered.Add(grouping with { Grouping = grouping.Grouping with { Blocks = blocks }, Columns = [.. columns] });
        }

        return new RandomLayout(reordered, Columns, RunStarts, nodes);
    }

    /// <summary>The same on some of the cells, with the groups that hold any of them, in their order.</summary>
    /// <param name="cells">The cells, in their order.</param>
    internal RandomLayout At(int[] cells)
    {
        var runs = new int[cells.Length];
        for (var (i, run) = (0, 0); i < cells.Length; i++)
        {
            while (RunStarts[run + 1] <= cells[i]) run++;
            runs[i] = run;
        }

        var (codes, groupings, first) = (new int[Groupings.Count][], new List<GroupingLayout>(), 0);
        for (var g = 0; g < codes.Length; g++)
        {
            var (place, held) = (Groupings[g], runs.Select(run => nodes[g][run]).Distinct().Order().ToArray());
            codes[g] = [.. runs.Select(run => first + Array.BinarySearch(held, nodes[g][run]))];
            var groups = place.Grouping.Groups;
            groups = groups with { Levels = [.. held.Select(node => groups.Levels![node - place.FirstNode])] };
            groupings.Add(place with { Grouping = place.Grouping with { Groups = groups }, FirstNode = first });
            first += held.Length;
        }

        var starts = Starts(codes, cells.Length);
        int[][] ofRuns = [.. codes.Select(code => starts[..^1].Select(cell => code[cell]).ToArray())];
        return new RandomLayout(groupings, Columns.At(cells), starts, ofRuns);
    }

    /// <summary>The grouping that a node is a group of.</summary>
    internal int GroupingOf(int node)
    {
        var grouping = Groupings.Count - 1;
        while (Groupings[grouping].FirstNode > node) grouping--;
        return grouping;
    }

    /// <summary>The node of a run's group.</summary>
    internal int Node(int grouping, int run) => nodes[grouping][run];

    /// <summary>The nodes of all runs' groups of a grouping.</summary>
    internal int[] Nodes(int grouping) => nodes[grouping];

    /// <summary>The slots, one a run, of the blocks of the runs' groups of two groupings, of which the first is not before the
    /// second.</summary>
    internal int[] Slots(int row, int column) => slots[row * (row + 1) / 2 + column];

    // The columns that stand beside an intercept in every block that has them.
    private static HashSet<string> BesideIntercept(IReadOnlyList<Grouping> groupings)
    {
        var blocks = groupings.SelectMany(grouping => grouping.Blocks)
            .ToLookup(block => block.Columns.Any(column => column.Parts.Count == 0), block => block.Columns.Select(column => column.Name));
        return [.. blocks[true].SelectMany(names => names).Except(blocks[false].SelectMany(names => names))];
    }

    private static int Place(List<DesignColumn> names, DesignColumn column)
    {
        var place = names.FindIndex(name => name.Name == column.Name);
        if (place >= 0) return place;
        names.Add(column);
        return names.Count - 1;
    }

    private static int[] Starts(int[][] codes, int cells)
    {
        var begins = new bool[cells];
        begins.AsSpan(0, Math.Min(1, cells)).Fill(true);
        foreach (var code in codes)
        {
            for (var cell = 1; cell < cells; cell++) begins[cell] |= code[cell] != code[cell - 1];
        }

        var starts = new int[begins.AsSpan().Count(true) + 1];
        for (var (cell, run) = (0, 0); cell < cells; cell++)
        {
            if (begins[cell]) starts[run++] = cell;
        }

        starts[^1] = cells;
        return starts;
    }

    private static BlockPattern PatternOf(IReadOnlyList<GroupingLayout> groupings, int[][] nodes)
    {
        int[] sizes = [.. groupings.SelectMany(grouping => Enumerable.Repeat(grouping.Effects, grouping.Groups))];
        var pairs = new List<(int, int)>();
        for (var row = 1; row < nodes.Length; row++)
        {
            for (var column = 0; column < row; column++)
            {
                for (var run = 0; run < nodes[row].Length; run++) pairs.Add((nodes[row][run], nodes[column][run]));
            }
        }

        return BlockPattern.Of(sizes, pairs.ToArray());
    }

    private int[] SlotsOf(int[] rows, int[] columns)
    {
        var found = new int[rows.Length];
        for (var run = 0; run < rows.Length; run++) found[run] = Pattern.Slot(rows[run], columns[run]);
        return found;
    }
}
