using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The columns that random effects multiply, each once, on the cells, divided by their root mean square, and those beside an intercept
/// that they may be correlated with centred before: variances are estimated for these and carried back, so that neither the unit of a
/// covariate nor its origin, such as years since the birth of Christ, costs accuracy.
/// </summary>
internal sealed class EffectColumns
{
    // What is left of a column after centring, in shares of what it was, where rounding alone is left.
    private const double Constant = 1e-12;

    private readonly double[][] values;
    private readonly double[][] products;

    private EffectColumns(double[][] values, double[] centres, double[] scales)
    {
        (this.values, Centres, Scales) = (values, centres, scales);
        products = new double[Pairs][];
        for (var (row, pair) = (0, 0); row < Count; row++)
        {
            for (var column = 0; column <= row; column++, pair++)
                products[pair] = values[row].Length == 0 ? values[column] : values[column].Length == 0 ? values[row]
                    : [.. values[row].Zip(values[column], (r, c) => r * c)];
        }
    }

    /// <summary>The number of columns.</summary>
    internal int Count => values.Length;

    /// <summary>The number of pairs of columns, of a column with itself included: (0, 0), (1, 0), (1, 1), (2, 0) and so on.</summary>
    internal int Pairs => Count * (Count + 1) / 2;

    /// <summary>What was taken from each column first; 0 of one that is not centred.</summary>
    internal double[] Centres { get; }

    /// <summary>What each column was then divided by.</summary>
    internal double[] Scales { get; }

    /// <summary>Whether the only column is that of the intercept.</summary>
    internal bool OnlyIntercept => Count == 1 && values[0].Length == 0;

    /// <summary>Writes the columns out.</summary>
    /// <param name="names">What they are, and whether each is to be centred.</param>
    /// <param name="frame">The model's data.</param>
    /// <param name="cells">The cells.</param>
    internal static EffectColumns Of(IReadOnlyList<(DesignColumn Column, bool IsCentred)> names, ModelFrame frame, CellTable cells)
    {
        var codes = frame.Variables.Select(v => v.At(cells.Rows)).ToArray();
        var (values, centres, scales) = (new double[names.Count][], new double[names.Count], new double[names.Count]);
        for (var k = 0; k < names.Count; k++)
        {
            (values[k], scales[k]) = ([], 1);
            if (names[k].Column.Parts.Count == 0) continue;
            values[k] = new double[cells.Count];
            names[k].Column.Fill(codes, frame.Variables, values[k]);
            if (names[k].IsCentred) centres[k] = Centre(values[k]);
            var size = Size(values[k]);
            if (size == 0) continue;
            scales[k] = size;
            Numerics.Vectors.Multiply(values[k], 1 / size);
        }

        return new EffectColumns(values, centres, scales);
    }

    // A column that does not vary stays as it is.
    private static double Centre(double[] column)
    {
        var mean = column.Average();
        double[] centred = [.. column.Select(value => value - mean)];
        if (!(Size(centred) > Constant * Size(column))) return 0;
        centred.CopyTo(column, 0);
        return mean;
    }

    private static double Size(double[] column) => Math.Sqrt(Numerics.Vectors.Dot(column, column) / column.Length);

    /// <summary>A column on a run of cells; empty of the intercept, which is 1 in all.</summary>
    internal ReadOnlySpan<double> Column(int column, int start, int count) =>
        values[column].Length == 0 ? [] : values[column].AsSpan(start, count);

    /// <summary>The product of a pair of columns on a run of cells; empty where it is 1 in all.</summary>
    internal ReadOnlySpan<double> Product(int pair, int start, int count) =>
        products[pair].Length == 0 ? [] : products[pair].AsSpan(start, count);

    /// <summary>The place of a pair among all pairs.</summary>
    internal static int Pair(int one, int other) => one >= other ? one * (one + 1) / 2 + other : other * (other + 1) / 2 + one;
}
