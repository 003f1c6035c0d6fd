using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Designs;

/// <summary>Puts equal rows together by sorting them, however many keys are possible.</summary>
internal static class SortedCollapse
{
    internal static CellTable Collapse(RowKeys keys, ModelResponse response, bool withRows = false)
    {
        // The variables of most values first: where they tell all rows apart, the others need not be looked at.
        CodedVariable[] digits =
            [.. keys.Others.Concat(keys.Within.OrderByDescending(v => v.Size)).Prepend(keys.Group).OfType<CodedVariable>()];
        var (key, rows, exact) = Sort(keys.Rows, digits);
        var count = 0;
        for (var i = 0; i < key.Length; i++) count += i == 0 || key[i] != key[i - 1] ? 1 : 0;
        var (first, successes, trials, pattern) = (new int[count], new double[count], new double[count], new ulong[exact ? count : 0]);
        var space = exact ? (ulong)keys.PatternSpace : 1;
        var ofRows = new int[withRows || response is GaussianResponse ? rows.Length : 0];
        var cell = -1;
        for (var i = 0; i < key.Length; i++)
        {
            if (i == 0 || key[i] != key[i - 1])
            {
                first[++cell] = rows[i];
                if (exact) pattern[cell] = key[i] % space;
            }

            successes[cell] += response.Successes[rows[i]];
            trials[cell] += response.Trials[rows[i]];
            if (ofRows.Length > 0) ofRows[rows[i]] = cell;
        }

        return new CellTable(first, successes, trials, Starts(first, keys))
        {
            Patterns = exact ? PatternTable.OfLarge(pattern, first, space) : null,
            OfRows = ofRows,
        };
    }

    // Where the digits outgrow 64 bits, the keys so far are replaced by their ranks, of which there are at most as many as rows; the keys
    // are not exact then, as what they hold of the pattern is lost. Ranks are taken early, where many more keys than pairs of rows are
    // possible: as a rule they tell all rows apart then, and no further digit is needed.
    private static (ulong[] Keys, int[] Rows, bool Exact) Sort(int count, CodedVariable[] variables)
    {
        var (keys, largest, exact) = (new ulong[count], 0UL, true);
        for (var v = 0; v < variables.Length; v++)
        {
            var (size, codes) = ((ulong)variables[v].Size, variables[v].Codes);
            for (var row = 0; row < count; row++) keys[row] = keys[row] * size + (ulong)codes[row];
            largest = largest * size + size - 1;
            if (v + 1 == variables.Length) break;
            var next = (ulong)variables[v + 1].Size;
            if (largest / (ulong)count < (ulong)count && largest <= (ulong.MaxValue - next) / next - 1) continue;
            var (sorted, order) = Sorted(keys, largest);
            if (Rank(sorted, order, keys) is var last && last == (ulong)count - 1) return (sorted, order, false);
            (largest, exact) = (last, false);
        }

        var (all, rows) = Sorted(keys, largest);

        // Beyond 2^53 the number of possible patterns is no longer exact as a floating-point number.
        return (all, rows, exact && largest < 1UL << 53);
    }

    private static (ulong[] Keys, int[] Rows) Sorted(ulong[] keys, ulong largest)
    {
        var sorted = (ulong[])keys.Clone();
        var rows = new int[keys.Length];
        for (var row = 0; row < rows.Length; row++) rows[row] = row;
        RowSorter.Sort(ref sorted, ref rows, largest);
        return (sorted, rows);
    }

    // Puts the keys' ranks in their place and tells the last.
    private static ulong Rank(ulong[] sorted, int[] rows, ulong[] keys)
    {
        var rank = 0UL;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i] != sorted[i - 1]) rank++;
            keys[rows[i]] = rank;
        }

        return rank;
    }

    private static int[] Starts(int[] rows, RowKeys keys)
    {
        var starts = new int[keys.Groups + 1];
        foreach (var row in rows) starts[(keys.Group?.Codes[row] ?? 0) + 1]++;
        for (var i = 0; i < keys.Groups; i++) starts[i + 1] += starts[i];
        return starts;
    }
}
