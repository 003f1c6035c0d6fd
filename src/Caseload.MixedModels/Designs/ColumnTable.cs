using Caseload.MixedModels.ModelFrames;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Designs;

/// <summary>Some columns of a design, with one number for each pattern or each group.</summary>
/// <param name="Numbers">Where each stands among all columns of the design; ascending.</param>
/// <param name="Values">Their standardised values.</param>
/// <param name="Entries">The number of patterns or groups.</param>
internal sealed record ColumnTable(int[] Numbers, IReadOnlyList<double[]> Values, int Entries)
{
    internal int Count => Numbers.Length;

    /// <summary>Fills and standardises columns.</summary>
    /// <param name="variables">The model's variables.</param>
    /// <param name="names">What each column of the design is.</param>
    /// <param name="numbers">The columns of this table.</param>
    /// <param name="entries">A row of the model frame for each pattern or group, and how many cells it stands for.</param>
    /// <param name="scales">Takes what standardising takes from the columns.</param>
    internal static ColumnTable Build(IReadOnlyList<CodedVariable> variables, IReadOnlyList<DesignColumn> names, int[] numbers,
        (int[] Rows, double[] Cells) entries, ColumnScales scales)
    {
        var codes = variables.Select(v => v.At(entries.Rows)).ToArray();
        var centred = names.Count > 0 && names[0].Parts.Count == 0;
        var values = numbers.Select(k =>
        {
            var column = new double[entries.Rows.Length];
            names[k].Fill(codes, variables, column);
            if (names[k].Parts.Count == 0) scales.LeaveAsIs(k);
            else scales.Standardise(k, column, entries.Cells, centred);
            return column;
        }).ToArray();
        return new ColumnTable(numbers, values, entries.Rows.Length);
    }

    /// <summary>The sum of the columns times their coefficients.</summary>
    /// <param name="beta">The coefficients of all columns of the design.</param>
    internal double[] Predict(ReadOnlySpan<double> beta)
    {
        var sum = new double[Entries];
        for (var k = 0; k < Count; k++) Vectors.AddTimes(sum, beta[Numbers[k]], Values[k]);
        return sum;
    }

    /// <summary>The table where the design has some of its columns.</summary>
    internal ColumnTable Select(IReadOnlyList<int> kept)
    {
        var mine = Enumerable.Range(0, kept.Count).Select(k => (Now: k, Then: Array.BinarySearch(Numbers, kept[k])))
            .Where(k => k.Then >= 0).ToArray();
        return new ColumnTable([.. mine.Select(k => k.Now)], [.. mine.Select(k => Values[k.Then])], Entries);
    }
}
