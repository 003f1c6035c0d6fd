namespace Caseload.Frames;

/// <summary>The rows of a frame, grouped by the values of some of its columns. Groups are in the order of those values.</summary>
public sealed class FrameGroups
{
    private readonly Frame source;
    private readonly Frame keys;
    private readonly int[][] rows;

    private FrameGroups(Frame source, Frame keys, int[][] rows) => (this.source, this.keys, this.rows) = (source, keys, rows);

    /// <summary>The number of groups.</summary>
    public int Count => rows.Length;

    /// <summary>The rows of a group, by their numbers in the frame.</summary>
    /// <param name="group">The group, from 0.</param>
    public IReadOnlyList<int> Rows(int group) => rows[group];

    /// <summary>One row a group: its key and the number of its rows, as <c>count</c>.</summary>
    public Frame Counts() => keys.With(new IntegerColumn("count", [.. rows.Select(r => r.Length)]));

    /// <summary>One row a group: its key and the mean of the present cells of a column.</summary>
    /// <param name="name">A column of numbers or flags.</param>
    public Frame Mean(string name)
    {
        var values = source.Number(name).Values.ToArray();
        return keys.With(new NumberColumn(name, [.. rows.Select(r => Mean(values, r))]));
    }

    /// <summary>One row a group: its key and the sum of the present cells of a column.</summary>
    /// <param name="name">A column of numbers or flags.</param>
    public Frame Sum(string name)
    {
        var values = source.Number(name).Values.ToArray();
        return keys.With(new NumberColumn(name, [.. rows.Select(r => r.Where(i => !double.IsNaN(values[i])).Sum(i => values[i]))]));
    }

    internal static FrameGroups Of(Frame keys, Frame source)
    {
        var order = Enumerable.Range(0, source.RowCount).ToArray();
        int Compare(int a, int b)
        {
            foreach (var column in keys.Columns)
            {
                var c = column.Compare(a, b);
                if (c != 0) return c;
            }

            return 0;
        }

        Array.Sort(order, (a, b) => Compare(a, b) is var c and not 0 ? c : a.CompareTo(b));
        var groups = new List<int[]>();
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && Compare(order[start], order[end]) == 0) end++;
            groups.Add(order[start..end]);
            start = end;
        }

        return new FrameGroups(source, keys.Take([.. groups.Select(g => g[0])]), [.. groups]);
    }

    private static double Mean(double[] values, int[] rows)
    {
        var (sum, count) = (0.0, 0);
        foreach (var row in rows)
        {
            if (double.IsNaN(values[row])) continue;
            sum += values[row];
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
