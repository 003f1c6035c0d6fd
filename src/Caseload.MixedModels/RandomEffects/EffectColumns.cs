using Caseload.MixedModels.Designs;
using Caseload.MixedModels.ModelFrames;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// The columns that random effects multiply, each once, on the cells, divided by their root mean square: variances are estimated for
/// those and carried back, so that the unit of a covariate costs no accuracy. Nor does its origin: beside an intercept a column far from
/// 0 is centred first, because the intercept's effect at 0, say in the year 0, varies enormously and moves with the slope.
/// </summary>
internal sealed class EffectColumns
{
    // In standard deviations: a mean beyond this is far from 0.
    private const double Far = 3;

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
                    : Multiply(values[row], values[column]);
        }
    }

    /// <summary>The number of columns.</summary>
    internal int Count => values.Length;

    /// <summary>The number of pairs of columns, of a column with itself included: (0, 0), (1, 0), (1, 1), (2, 0) and so on.</summary>
    internal int Pairs => Count * (Count + 1) / 2;

    /// <summary>What was taken from each column before it was divided; 0 of most.</summary>
    internal double[] Centres { get; }

    /// <summary>What each column was divided by.</summary>
    internal double[] Scales { get; }

    /// <summary>Whether the only column is that of the intercept.</summary>
    internal bool OnlyIntercept => Count == 1 && values[0].Length == 0;

    /// <summary>Writes the columns out.</summary>
    /// <param name="places">What they are, and whether each stands beside an intercept in all its blocks.</param>
    /// <param name="frame">The model's data.</param>
    /// <param name="cells">The cells.</param>
    internal static EffectColumns Of(IReadOnlyList<(DesignColumn Column, bool BesideIntercept)> places, ModelFrame frame, CellTable cells)
    {
        var codes = DesignColumn.CodesAt(cells.Rows, places.Select(place => place.Column), frame.Variables);
        var (values, centres, scales) = (new double[places.Count][], new double[places.Count], new double[places.Count]);
        for (var k = 0; k < places.Count; k++)
        {
            (values[k], scales[k]) = ([], 1);
            if (places[k].Column.Parts.Count == 0) continue;
            values[k] = new double[cells.Count];
            places[k].Column.Fill(codes, frame.Variables, values[k]);
            if (places[k].BesideIntercept) centres[k] = Centre(values[k]);
            var size = Math.Sqrt(Numerics.Vectors.Dot(values[k], values[k]) / cells.Count);
            if (size == 0) continue;
            scales[k] = size;
            Numerics.Vectors.Multiply(values[k], 1 / size);
        }

        return new EffectColumns(values, centres, scales);
    }

    // Takes the mean from a column that varies, but far from 0, and returns it.
    private static double Centre(double[] values)
    {
        var mean = Numerics.Vectors.Moments(values).Sum / values.Length;
        var variance = 0.0;
        foreach (var value in values) variance += (value - mean) * (value - mean) / values.Length;
        if (variance == 0 || mean * mean <= Far * Far * variance) return 0;
        Numerics.Vectors.Subtract(values, mean);
        return mean;
    }

    private static double[] Multiply(double[] one, double[] other)
    {
        var product = new double[one.Length];
        for (var i = 0; i < product.Length; i++) product[i] = one[i] * other[i];
        return product;
    }

    /// <summary>The columns on some of the cells, centred and divided as over all.</summary>
    internal EffectColumns At(int[] cells) => new([.. values.Select(column => column.Length == 0 ? column
        : cells.Select(cell => column[cell]).ToArray())], Centres, Scales);

    /// <summary>A column on a run of cells; empty of the intercept, which is 1 in all.</summary>
    internal ReadOnlySpan<double> Column(int column, int start, int count) =>
        values[column].Length == 0 ? [] : values[column].AsSpan(start, count);

    /// <summary>The product of a pair of columns on a run of cells; empty where it is 1 in all.</summary>
    internal ReadOnlySpan<double> Product(int pair, int start, int count) =>
        products[pair].Length == 0 ? [] : products[pair].AsSpan(start, count);

    /// <summary>The place of a pair among all pairs.</summary>
    internal static int Pair(int one, int other) => one >= other ? one * (one + 1) / 2 + other : other * (other + 1) / 2 + one;
}
