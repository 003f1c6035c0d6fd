using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Designs;

/// <summary>What was taken from the columns of a design to give each a mean of 0 and a root mean square of 1 over the cells.</summary>
/// <param name="Centres">What was subtracted; 0 without an intercept and for the intercept itself.</param>
/// <param name="Scales">What each was then divided by; above 0.</param>
/// <param name="RawSizes">The root mean square of each before it was centred, in units of its scale: 1 or more where it varies, infinite
/// where it does not.</param>
internal sealed record ColumnScales(double[] Centres, double[] Scales, double[] RawSizes)
{
    internal static ColumnScales Of(int width) => new(new double[width], new double[width], new double[width]);

    internal ColumnScales Select(IReadOnlyList<int> kept) => new([.. kept.Select(k => Centres[k])], [.. kept.Select(k => Scales[k])],
        [.. kept.Select(k => RawSizes[k])]);

    /// <summary>Standardises a column. One that does not vary (to rounding) is left at 0, for the check of rank to find.</summary>
    /// <param name="k">Its number.</param>
    /// <param name="column">Its values, standardised on return.</param>
    /// <param name="counts">The number of cells that have each value, or empty where each stands for one.</param>
    /// <param name="centre">Whether it is centred.</param>
    internal void Standardise(int k, double[] column, ReadOnlySpan<double> counts, bool centre)
    {
        var cells = counts.IsEmpty ? column.Length : Vectors.Moments(counts).Sum;
        var raw = Math.Sqrt(Squares(column, counts) / cells);
        var sum = counts.IsEmpty ? Vectors.Moments(column).Sum : Vectors.Dot(column, counts);
        var mean = Centres[k] = centre ? sum / cells : 0;
        Vectors.Subtract(column, mean);
        var scale = Math.Sqrt(Squares(column, counts) / cells);
        if (!(scale > raw * 1e-12))
        {
            Array.Clear(column);
            (Scales[k], RawSizes[k]) = (1, double.PositiveInfinity);
            return;
        }

        Vectors.Multiply(column, 1 / scale);
        (Scales[k], RawSizes[k]) = (scale, raw / scale);
    }

    /// <summary>Leaves a column, the intercept, as it is.</summary>
    internal void LeaveAsIs(int k) => (Centres[k], Scales[k], RawSizes[k]) = (0, 1, 1);

    private static double Squares(ReadOnlySpan<double> column, ReadOnlySpan<double> counts)
    {
        if (counts.IsEmpty) return Vectors.Dot(column, column);
        var sum = 0.0;
        for (var i = 0; i < column.Length; i++) sum += counts[i] * column[i] * column[i];
        return sum;
    }
}
