using System.Globalization;
using Caseload.Frames;

namespace Caseload.MixedModels.ModelFrames;

/// <summary>
/// A variable whose distinct values are held once: each row holds the number of its value. Equal rows are then found by comparing small
/// whole numbers.
/// </summary>
/// <param name="Name">The variable's name in coefficients.</param>
/// <param name="Codes">The number of its value, for each row; from 0.</param>
public sealed record CodedVariable(string Name, int[] Codes)
{
    /// <summary>The labels of a factor's levels, the reference first; null of a variable of numbers.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>The distinct values of a variable of numbers, ascending; empty of a factor.</summary>
    public double[] Values { get; init; } = [];

    /// <summary>The number of distinct values.</summary>
    public int Size => Levels?.Count ?? Values.Length;

    /// <summary>A variable of numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="numbers">Its finite value in each row.</param>
    internal static CodedVariable OfNumbers(string name, double[] numbers)
    {
        var (codes, values) = Code(numbers, Comparer<double>.Default);
        return new CodedVariable(name, codes) { Values = values };
    }

    /// <summary>
    /// A factor of a column without missing cells: text in ordinal order, numbers and dates in theirs, false before true. Levels that no
    /// row holds are left out, as R's model frame does.
    /// </summary>
    internal static CodedVariable FactorOf(string name, Column column)
    {
        var codes = column switch
        {
            TextColumn text =>
                Code(text.Codes, Comparer<int>.Create((a, b) => string.CompareOrdinal(text.Levels[a], text.Levels[b]))).Codes,
            FlagColumn flags => Code(flags.Values, Comparer<sbyte>.Default).Codes,
            DateColumn dates => Code(dates.Days, Comparer<int>.Default).Codes,
            IntegerColumn integers => Code(integers.Values, Comparer<int>.Default).Codes,
            _ => Code(((NumberColumn)column).Values, Comparer<double>.Default).Codes,
        };
        var levels = new string[codes.Length == 0 ? 0 : codes.Max() + 1];
        for (var row = 0; row < codes.Length; row++) levels[codes[row]] ??= Label(column, row);
        return new CodedVariable(name, codes) { Levels = levels };
    }

    /// <summary>The factor whose levels are the combinations of some factors' levels that rows hold, in the order of those.</summary>
    internal static CodedVariable Combine(string name, IReadOnlyList<CodedVariable> factors)
    {
        if (factors.Count == 1) return factors[0];
        var combined = factors[0];
        foreach (var next in factors.Skip(1))
        {
            var pairs = new long[combined.Codes.Length];
            for (var row = 0; row < pairs.Length; row++) pairs[row] = (long)combined.Codes[row] * next.Size + next.Codes[row];
            var (codes, values) = Code<long>(pairs, Comparer<long>.Default);
            string[] levels =
                [.. values.Select(pair => $"{combined.Levels![(int)(pair / next.Size)]}:{next.Levels![(int)(pair % next.Size)]}")];
            combined = new CodedVariable(name, codes) { Levels = levels };
            if (levels.Distinct(StringComparer.Ordinal).Count() < levels.Length)
                throw new ProblemException(new Problem(ProblemKind.CheckFailed,
                    "groups that are named alike, because their labels hold colons",
                    "labels without a colon, which joins the names of combined groups", $"grouping {name}",
                    "Rename the labels, or make one column of the combinations."));
        }

        return combined;
    }

    /// <summary>The label of a cell as the level of a factor: flags in capitals, as R writes them; empty where the cell is
    /// missing.</summary>
    internal static string Label(Column column, int row) => column is FlagColumn
        ? column.Format(row).ToUpper(CultureInfo.InvariantCulture)
        : column.Format(row);

    /// <summary>The factor with one of its levels first.</summary>
    /// <param name="reference">The position of that level.</param>
    internal CodedVariable WithReference(int reference)
    {
        if (Levels is null || reference == 0) return this;
        int[] order = [reference, .. Enumerable.Range(0, Size).Where(level => level != reference)];
        var position = new int[Size];
        for (var i = 0; i < order.Length; i++) position[order[i]] = i;
        return this with { Codes = [.. Codes.Select(code => position[code])], Levels = [.. order.Select(level => Levels[level])] };
    }

    /// <summary>The codes of some rows.</summary>
    internal int[] At(int[] rows)
    {
        var codes = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++) codes[i] = Codes[rows[i]];
        return codes;
    }

    private static (int[] Codes, T[] Values) Code<T>(ReadOnlySpan<T> cells, Comparer<T> order)
        where T : struct
    {
        var codes = new int[cells.Length];
        var known = new Dictionary<T, int>();
        for (var row = 0; row < cells.Length; row++)
        {
            if (!known.TryGetValue(cells[row], out var code)) known.Add(cells[row], code = known.Count);
            codes[row] = code;
        }

        var values = known.Keys.ToArray();
        int[] ranks = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(values, ranks, order);
        var rankOf = new int[ranks.Length];
        for (var i = 0; i < ranks.Length; i++) rankOf[ranks[i]] = i;
        for (var row = 0; row < codes.Length; row++) codes[row] = rankOf[codes[row]];
        return (codes, values);
    }
}
