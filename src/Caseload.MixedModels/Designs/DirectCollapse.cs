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

    internal static CellTable Collapse(RowKeys keys, ModelResponse response)
    {
        var (key, ofGroup, patterns) = (keys.Small(), (int)keys.SpaceOfGroup, (int)keys.PatternSpace);
        var known = new RankedKeys(key, keys.Groups * ofGroup);
        var (rows, pattern) = (new int[known.Count], new int[known.Count]);
        var (successes, trials) = (new double[known.Count], new double[known.Count]);
        var (s, n) = (response.Successes, response.Trials);

        // From the last row to the first, so that the first with each key is the one that stays.
        for (var row = key.Length - 1; row >= 0; row--)
        {
            var cell = known.RankOf(key[row]);
            (rows[cell], pattern[cell]) = (row, key[row]);
            successes[cell] += s[row];
            trials[cell] += n[row];
        }

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

        return new CellTable(rows, successes, trials, starts) { Patterns = PatternTable.OfSmall(pattern, rows, patterns) };
    }
}
