namespace Caseload.Frames;

/// <summary>Joins frames by a key.</summary>
internal static class FrameMerge
{
    internal static Frame Left(Frame left, Frame right, string key)
    {
        var (leftKey, rightKey) = (left.Text(key), right.Text(key));
        var rowOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < right.RowCount; row++)
        {
            if (rightKey[row] is { } value && !rowOf.TryAdd(value, row))
                throw new ProblemException(new Problem(
                    ProblemKind.CheckFailed, $"the key \"{key}\" is not unique in the frame to be merged",
                    "one row a key", $"rows {rowOf[value] + 1} and {row + 1}", "Remove or combine the rows that share a key."));
        }

        var shared = right.Columns.FirstOrDefault(c => c.Name != key && left.Find(c.Name) is not null);
        if (shared is not null)
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, $"both frames have a column \"{shared.Name}\"",
                "only the key in common", "", "Rename or leave out one of them."));

        var rows = new int[left.RowCount];
        for (var row = 0; row < rows.Length; row++) rows[row] = leftKey[row] is { } value ? rowOf.GetValueOrDefault(value, -1) : -1;
        return new Frame(left.Columns.Concat(right.Columns.Where(c => c.Name != key).Select(c => c.Take(rows))));
    }
}
