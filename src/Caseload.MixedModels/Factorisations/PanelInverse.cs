using System.Runtime.CompilerServices;

namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// The inverse Z on the structure of the factor, from the last panel to the first (Takahashi, Fagan and Chen 1973). With S the rows below a
/// panel's diagonal block L_jj and G = L_Sj L_jj^-1, Z_Sj = -Z_SS G and Z_jj = (L_jj L_jj')^-1 - G' Z_Sj. All of Z_SS stands in later
/// panels and the core.
/// </summary>
/// <param name="structure">Where everything stands.</param>
internal sealed class PanelInverse(FactorStructure structure)
{
    private readonly int[] places = new int[structure.Starts[^1]];
    private readonly double[] multipliers = new double[structure.PanelStarts[structure.Panels]];

    /// <summary>Computes the panels of the inverse; diagonal blocks are full squares.</summary>
    /// <param name="numbers">The factor.</param>
    /// <param name="inverse">Holds the inverse of the core, both triangles, and takes the panels.</param>
    internal void Compute(double[] numbers, double[] inverse)
    {
        numbers.AsSpan(0, multipliers.Length).CopyTo(multipliers);
        Array.Clear(inverse, 0, multipliers.Length);
        for (var panel = 0; panel < structure.Panels; panel++)
        {
            Multipliers(panel);
            var core = structure.RowStarts[panel + 1] - structure.CoreRows[panel];
            if (core > 0) TakeFromCore(panel, core, inverse);
        }

        for (var panel = structure.Panels - 1; panel >= 0; panel--)
        {
            FinishDiagonal(panel, inverse);
            GiveToSources(panel, inverse);
        }
    }

    private Span<double> Values(int panel, double[] numbers) =>
        numbers.AsSpan(structure.PanelStarts[panel], structure.PanelStarts[panel + 1] - structure.PanelStarts[panel]);

    // The diagonal block becomes L_jj^-1 (lower triangle) and the rows below G.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multipliers(int panel)
    {
        var size = structure.Size(panel);
        var values = Values(panel, multipliers);
        if (size == 1)
        {
            values[0] = 1 / values[0];
            if (values.Length > 1) Numerics.Vectors.Multiply(values[1..], values[0]);
            return;
        }

        for (var column = 0; column < size; column++)
        {
            values[column * size + column] = 1 / values[column * size + column];
            for (var row = column + 1; row < size; row++)
            {
                var sum = 0.0;
                for (var k = column; k < row; k++) sum += values[row * size + k] * values[k * size + column];
                values[row * size + column] = -sum / values[row * size + row];
            }
        }

        for (var row = size; row * size < values.Length; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var sum = 0.0;
                for (var k = column; k < size; k++) sum += values[row * size + k] * values[k * size + column];
                values[row * size + column] = sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeFromCore(int panel, int count, double[] inverse)
    {
        var (size, below) = (structure.Size(panel), structure.CoreRows[panel] - structure.RowStarts[panel]);
        var rows = structure.Rows.AsSpan(structure.CoreRows[panel], count);
        var values = Values(panel, inverse)[((size + below) * size)..];
        var multiplier = Values(panel, multipliers)[((size + below) * size)..];
        for (var i = 0; i < count; i++)
        {
            var first = structure.PanelStarts[structure.Panels] + (rows[i] - structure.CoreStart) * structure.CoreStride;
            var core = inverse.AsSpan(first, structure.CoreStride);
            for (var k = 0; k < size; k++)
            {
                var sum = 0.0;
                for (var j = 0; j < count; j++) sum += core[rows[j] - structure.CoreStart] * multiplier[j * size + k];
                values[i * size + k] = -sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishDiagonal(int panel, double[] inverse)
    {
        var size = structure.Size(panel);
        var values = Values(panel, inverse);
        var multiplier = Values(panel, multipliers);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var k = i; k < size; k++) sum += multiplier[k * size + i] * multiplier[k * size + j];
                for (var k = size; k * size < values.Length; k++) sum -= multiplier[k * size + i] * values[k * size + j];
                values[i * size + j] = values[j * size + i] = sum;
            }
        }
    }

    // Every earlier panel with this one among its rows takes its share of the columns of Z that are now known: Z_ik G_k for rows i from k
    // on, and Z_ki G_i for row k and later i.
    private void GiveToSources(int panel, double[] inverse)
    {
        var updates = structure.Updates;
        if (updates.Starts[panel] == updates.Starts[panel + 1]) return;
        var size = structure.Size(panel);
        var rows = structure.RowsOf(panel);
        var values = Values(panel, inverse);
        for (var i = 0; i < rows.Length; i++) places[rows[i]] = (size + i) * size;
        for (var update = updates.Starts[panel]; update < updates.Starts[panel + 1]; update++)
        {
            var (source, row) = (updates.Sources[update], updates.Rows[update]);
            var width = structure.Size(source);
            var first = (width + row - structure.RowStarts[source]) * width;
            var target = Values(source, inverse)[first..];
            var multiplier = Values(source, multipliers)[first..];
            var sourceRows = structure.Rows.AsSpan(row, structure.RowStarts[source + 1] - row);
            if (size == 1 && width == 1) GiveNumbers(values, target, multiplier, sourceRows);
            else GiveBlocks(values, size, new Source(target, multiplier, width), sourceRows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GiveNumbers(ReadOnlySpan<double> values, Span<double> target, ReadOnlySpan<double> multiplier, ReadOnlySpan<int> rows)
    {
        var sum = values[0] * multiplier[0];
        for (var i = 1; i < rows.Length; i++)
        {
            var z = values[places[rows[i]]];
            sum += z * multiplier[i];
            target[i] -= z * multiplier[0];
        }

        target[0] -= sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GiveBlocks(ReadOnlySpan<double> values, int size, Source source, ReadOnlySpan<int> rows)
    {
        var width = source.Width;
        for (var i = 0; i < rows.Length; i++)
        {
            var z = i < size ? values.Slice(i * size, size) : values.Slice(places[rows[i]], size);
            for (var j = 0; j < size; j++)
            {
                for (var k = 0; k < width; k++)
                {
                    source.Target[i * width + k] -= z[j] * source.Multiplier[j * width + k];
                    if (i >= size) source.Target[j * width + k] -= z[j] * source.Multiplier[i * width + k];
                }
            }
        }
    }

    private readonly ref struct Source(Span<double> target, ReadOnlySpan<double> multiplier, int width)
    {
        internal Span<double> Target { get; } = target;

        internal ReadOnlySpan<double> Multiplier { get; } = multiplier;

        internal int Width { get; } = width;
    }
}
