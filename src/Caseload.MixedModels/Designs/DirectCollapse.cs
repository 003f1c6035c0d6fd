using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Designs;

/// <summary>Puts equal rows together by addresses: a row's key gives the number of its cell, without sorting.</summary>
internal static class DirectCollapse
{
    // A bit for each possible key: with many more than rows, walking through the bits costs more than sorting the rows.
    private const double MostPlacesARow = 256;
    private const double PlacesForAny = 4096;

    /// <summary>Whether it pays.</summary>
    internal static bool Pays(RowKeys keys) =>
        keys.Groups * keys.SpaceOfGroup <= Math.Min(MostPlacesARow * keys.Rows + PlacesForAny, int.MaxValue / 2);

    internal static CellTable Collapse(RowKeys keys, ModelResponse response, bool withRows = false)
    {
        var (key, ofGroup, patterns) = (keys.Small(), (int)keys.SpaceOfGroup, (int)keys.PatternSpace);
        var known = new RankedKeys(key, keys.Groups * ofGroup);
        var cells = Add(key, known, response);
        var (rows, pattern) = (new int[known.Count], new int[known.Count]);
        var (successes, trials) = (new double[known.Count], new double[known.Count]);
        for (var cell = 0; cell < cells.Length; cell++)
            (rows[cell], pattern[cell], successes[cell], trials[cell]) =
                (cells[cell].Row, cells[cell].Key, cells[cell].Successes, cells[cell].Trials);

        // The cells are in the order of their keys, so those of a group follow each other.
        var starts = new int[keys.Groups + 1];
        var first = 0;
        for (var group = 0; group < keys.Groups; group++)
        {
            var start = group * ofGroup;
            for (; first < pattern.Length && pattern[first] < start + ofGroup; first++)
            {
                pattern[first] -= start;
                if (ofGroup > patterns) pattern[first] %= patterns;
            }

            starts[group + 1] = first;
        }

        return new CellTable(rows, successes, trials, starts)
        {
            Patterns = PatternTable.OfSmall(pattern, rows, patterns),
            OfRows = withRows || response is GaussianResponse ? [.. key.Select(known.RankOf)] : [],
        };
    }

    // The rows of a share of the keys each are added up by one processor: a cell's sum is taken in the order of rows whatever their number.
    private static Cell[] Add(int[] key, RankedKeys known, ModelResponse response)
    {
        var cells = new Cell[known.Count];
        var shares = key.Length < RowKeys.RowsForMany ? 1 : Environment.ProcessorCount;
        Parallel.For(0, shares, share =>
        {
            var (first, end) = (known.Bound(share, shares), known.Bound(share + 1, shares));
            var (s, n) = (response.Successes, response.Trials);

            // From the last row to the first, so that the first with each key is the one that stays.
            for (var row = key.Length - 1; row >= 0; row--)
            {
                if (key[row] < first || key[row] >= end) continue;
                ref var cell = ref cells[known.RankOf(key[row])];
                (cell.Row, cell.Key) = (row, key[row]);
                cell.Successes += s[row];
                cell.Trials += n[row];
            }
        });
        return cells;
    }

    // What a row touches stands together in memory.
    private struct Cell
    {
        internal double Successes;
        internal double Trials;
        internal int Row;
        internal int Key;
    }
}
