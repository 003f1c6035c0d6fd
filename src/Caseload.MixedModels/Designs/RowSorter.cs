namespace Caseload.MixedModels.Designs;

/// <summary>Sorts rows by keys of 64 bits, least significant digit first: linear time, and equal keys keep their order.</summary>
internal static class RowSorter
{
    private const int DigitBits = 11;
    private const int DigitSize = 1 << DigitBits;

    /// <summary>Sorts keys and the row numbers beside them.</summary>
    /// <param name="keys">The keys; sorted on return.</param>
    /// <param name="rows">The row of each key; in the order of the keys on return.</param>
    /// <param name="largest">A bound on the keys, inclusive.</param>
    internal static void Sort(ref ulong[] keys, ref int[] rows, ulong largest)
    {
        var (otherKeys, otherRows) = (new ulong[keys.Length], new int[rows.Length]);
        var starts = new int[DigitSize];
        for (var shift = 0; shift < 64 && largest >> shift > 0; shift += DigitBits)
        {
            Array.Clear(starts);
            foreach (var key in keys) starts[key >> shift & (DigitSize - 1)]++;
            var start = 0;
            for (var digit = 0; digit < DigitSize; digit++) (starts[digit], start) = (start, start + starts[digit]);
            for (var i = 0; i < keys.Length; i++)
            {
                var to = starts[keys[i] >> shift & (DigitSize - 1)]++;
                otherKeys[to] = keys[i];
                otherRows[to] = rows[i];
            }

            (keys, otherKeys) = (otherKeys, keys);
            (rows, otherRows) = (otherRows, rows);
        }
    }
}
