namespace Caseload.Disclosure;

/// <summary>
/// Chooses the rows of one breakdown that are hidden together, in every table that shows them. A row is a group of children; its cells
/// are the finest counts that any table tells of it, so that whatever is shown is a sum of cells of shown rows.
/// </summary>
internal static class HiddenRows
{
    /// <summary>
    /// Hides the rows with a sensitive cell, and more rows, the smallest first, until each sensitive cell of a hidden row could be any
    /// number up to the threshold although the sum of the hidden rows is known.
    /// </summary>
    /// <param name="rows">The cells of each row; all rows together make a total that is known.</param>
    /// <param name="before">The rows that are hidden already.</param>
    /// <param name="rule">What is sensitive.</param>
    /// <returns>Whether each row is hidden; null where the breakdown must not be shown at all, not even which rows it has.</returns>
    internal static bool[]? Hide(IReadOnlyList<int[]> rows, bool[] before, Sensitivity rule)
    {
        var columns = rows.Count == 0 ? 0 : rows[0].Length;
        int[] totals = [.. Enumerable.Range(0, columns).Select(c => rows.Sum(r => r[c]))];
        bool[] hidden = [.. rows.Select((row, i) => before[i] || row.Where((cell, c) => rule.IsSensitive(cell, totals[c])).Any())];
        if (!rule.Secondary) return hidden;
        while (Enumerable.Range(0, columns).FirstOrDefault(c => !IsProtected(c), -1) is var open and >= 0)
        {
            // Only a row with children in the column can hide what the others have there.
            var next = Enumerable.Range(0, rows.Count).Where(i => !hidden[i] && rows[i][open] > 0)
                .OrderBy(i => rows[i].Sum()).Cast<int?>().FirstOrDefault();
            if (next is not { } row) return null;
            hidden[row] = true;
        }

        return hidden;

        bool IsProtected(int column)
        {
            int[] cells = [.. rows.Where((_, i) => hidden[i]).Select(r => r[column])];
            var (sum, present) = (cells.Sum(), cells.Count(c => c > 0));
            if (cells.Any(c => c > 0 && rule.IsSensitive(c, totals[column])))
            {
                // A zero may be known to be one by what the column means, so two rows with children are wanted. Every row is known to
                // have a child somewhere: each of the others keeps one.
                if (present < 2 || sum < rule.Threshold + present - 1) return false;
            }

            return !cells.Any(c => c == 0 && rule.IsSensitive(c, totals[column])) || sum >= rule.Threshold + present;
        }
    }
}

/// <summary>What counts as sensitive.</summary>
/// <param name="Threshold">Counts from 1 to this are.</param>
/// <param name="Zeros">Whether a zero is, too, where the total is not 0.</param>
/// <param name="Secondary">Whether other rows are hidden with them.</param>
internal readonly record struct Sensitivity(int Threshold, bool Zeros, bool Secondary)
{
    internal bool IsSensitive(int count, int total) => count == 0 ? Zeros && total > 0 : count <= Threshold;

    /// <summary>Whether a total or a difference of two totals can be shown.</summary>
    internal bool IsSafe(int count) => count == 0 || Math.Abs(count) > Threshold;
}
