using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.Designs;

/// <summary>
/// Puts equal rows together through a table that has a place for every possible key: two passes over the rows and one over the table.
/// </summary>
internal static class DirectCollapse
{
    // A table of many more places than rows costs more to clear and to walk through than sorting the rows.
    private const double MostPlacesARow = 16;
    private const double PlacesForAny = 4096;

    /// <summary>Whether the table pays.</summary>
    internal static bool Pays(RowKeys keys) => keys.Groups * keys.PatternSpace <= MostPlacesARow * keys.Rows + PlacesForAny;

    internal static CellTable Collapse(RowKeys keys, ModelResponse response)
    {
        var key = keys.Small();
        var patterns = (int)keys.PatternSpace;
        var table = new int[keys.Groups * patterns];

        // The first row with each key, plus 1.
        for (var row = 0; row < key.Length; row++)
        {
            ref var place = ref table[key[row]];
            if (place == 0) place = row + 1;
        }

        var starts = new int[keys.Groups + 1];
        var count = table.Length - table.AsSpan().Count(0);
        var (rows, pattern) = (new int[count], new ulong[count]);
        var cell = 0;
        for (var group = 0; group < keys.Groups; group++)
        {
            var places = table.AsSpan(group * patterns, patterns);
            for (var at = 0; at < places.Length; at++)
            {
                if (places[at] == 0) continue;
                (rows[cell], pattern[cell]) = (places[at] - 1, (ulong)at);
                places[at] = cell++;
            }

            starts[group + 1] = cell;
        }

        var (successes, trials) = (new double[count], new double[count]);
        var (s, n) = (response.Successes, response.Trials);
        for (var row = 0; row < key.Length; row++)
        {
            var to = table[key[row]];
            successes[to] += s[row];
            trials[to] += n[row];
        }

        return new CellTable(rows, successes, trials, starts)
        {
            Patterns = PatternTable.OfKeys(pattern, rows, (ulong)patterns),
            OfRows = response is GaussianResponse ? [.. key.Select(k => table[k])] : [],
        };
    }
}
