using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Designs;

/// <summary>Puts equal rows together by sorting them, however many keys are possible.</summary>
internal static class SortedCollapse
{
    internal static CellTable Collapse(RowKeys keys, ModelResponse response)
    {
        // The variables of most values first: where they tell all rows apart, the others need not be looked at.
        var digits = keys.Within.OrderByDescending(v => v.Size).Prepend(keys.Group).OfType<CodedVariable>();
        var (key, rows, exact) = Sort(keys.Rows, digits);
        var count = 0;
        for (var i = 0; i < key.Length; i++) count += i == 0 || key[i] != key[i - 1] ? 1 : 0;
        var (first, successes, trials, pattern) = (new int[count], new double[count], new double[count], new ulong[exact ? count : 0]);
        var space = exact ? (ulong)keys.PatternSpace : 1;
        var ofRows = new int[response is GaussianResponse ? rows.Length : 0];
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
            Patterns = exact ? PatternTable.OfKeys(pattern, first, space) : null,
            OfRows = ofRows,
        };
    }

    // Where the digits outgrow 64 bits, the keys so far are replaced by their ranks, of which there are at most as many as rows; the keys
    // are not exact then, as what they hold of the pattern is lost.
    private static (ulong[] Keys, int[] Rows, bool Exact) Sort(int count, IEnumerable<CodedVariable> variables)
    {
        var (keys, largest, exact) = (new ulong[count], 0UL, true);
        foreach (var variable in variables)
        {
            var size = (ulong)variable.Size;
            if (largest > (ulong.MaxValue - size) / size - 1)
            {
                (largest, exact) = (ReplaceByRanks(ref keys, largest), false);
                if (largest == (ulong)count - 1) break;
            }

            var codes = variable.Codes;
            for (var row = 0; row < count; row++) keys[row] = keys[row] * size + (ulong)codes[row];
            largest = largest * size + size - 1;
        }

        int[] rows = [.. Enumerable.Range(0, count)];
        RowSorter.Sort(ref keys, ref rows, largest);

        // Beyond 2^53 the number of possible patterns is no longer exact as a floating-point number.
        return (keys, rows, exact && largest < 1UL << 53);
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

    private static int[] Starts(int[] rows, RowKeys keys)
    {
        var starts = new int[keys.Groups + 1];
        foreach (var row in rows) starts[(keys.Group?.Codes[row] ?? 0) + 1]++;
        for (var i = 0; i < keys.Groups; i++) starts[i + 1] += starts[i];
        return starts;
    }
}
