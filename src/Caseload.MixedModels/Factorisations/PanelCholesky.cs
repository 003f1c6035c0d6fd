using System.Runtime.CompilerServices;
using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Factorisations;

/// <summary>
/// Cholesky factorisation of the sparse columns, each changed by the earlier ones that have it among their rows, and what they take from
/// the core.
/// </summary>
/// <param name="structure">Where everything stands.</param>
internal sealed class PanelCholesky(FactorStructure structure)
{
    // For the panel at hand, the place of each row of the matrix within it.
    private readonly int[] places = new int[structure.Starts[^1]];

    private readonly double[] floors = new double[structure.LargestPanel];

    /// <summary>Factorises the panels in place and subtracts their products from the core.</summary>
    /// <returns>Whether the panels' diagonal blocks are positive definite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Factor(double[] numbers, double tolerance)
    {
        for (var panel = 0; panel < structure.Panels; panel++)
        {
            var size = structure.Size(panel);
            var rows = structure.RowsOf(panel);
            var values = numbers.AsSpan(structure.PanelStarts[panel], (size + rows.Length) * size);
            for (var i = 0; i < size; i++) floors[i] = tolerance * values[i * size + i];
            Update(panel, values, numbers);
            if (!(size == 1 ? FactorColumn(values, floors[0]) : FactorPanel(values, size, floors))) return false;
        }

        for (var panel = 0; panel < structure.Panels; panel++)
        {
            var core = structure.RowStarts[panel + 1] - structure.CoreRows[panel];
            if (core > 0) UpdateCore(panel, core, numbers);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(int panel, Span<double> values, double[] numbers)
    {
        var updates = structure.Updates;
        if (updates.Starts[panel] == updates.Starts[panel + 1]) return;
        var size = structure.Size(panel);
        var rows = structure.RowsOf(panel);
        for (var i = 0; i < size; i++) places[structure.Starts[panel] + i] = i * size;
        for (var i = 0; i < rows.Length; i++) places[rows[i]] = (size + i) * size;
        for (var update = updates.Starts[panel]; update < updates.Starts[panel + 1]; update++)
        {
            var (source, row) = (updates.Sources[update], updates.Rows[update]);
            var sourceRows = structure.Rows.AsSpan(row, structure.RowStarts[source + 1] - row);
            var sourceSize = structure.Size(source);
            var first = structure.PanelStarts[source] + (sourceSize + row - structure.RowStarts[source]) * sourceSize;
            var sourceValues = numbers.AsSpan(first, sourceRows.Length * sourceSize);
            if (size == 1 && sourceSize == 1)
                for (var i = 0; i < sourceRows.Length; i++) values[places[sourceRows[i]]] -= sourceValues[i] * sourceValues[0];
            else
                for (var i = 0; i < sourceRows.Length; i++)
                    SubtractProducts(values.Slice(places[sourceRows[i]], size), sourceValues, i * sourceSize, sourceSize);
        }
    }

    // target[j] -= row i . row j, of rows of a given width.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractProducts(Span<double> target, ReadOnlySpan<double> rows, int at, int width)
    {
        for (var j = 0; j < target.Length; j++)
        {
            var sum = 0.0;
            for (var k = 0; k < width; k++) sum += rows[at + k] * rows[j * width + k];
            target[j] -= sum;
        }
    }

    private static bool FactorColumn(Span<double> values, double floor)
    {
        var pivot = values[0];
        if (!(pivot > floor && pivot < double.PositiveInfinity)) return false;
        values[0] = Math.Sqrt(pivot);
        if (values.Length > 1) Vectors.Multiply(values[1..], 1 / values[0]);
        return true;
    }

    // The rows below the diagonal block solve X L' = B as its own rows do.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool FactorPanel(Span<double> values, int size, ReadOnlySpan<double> floors)
    {
        for (var x = 0; x < values.Length; x += size)
        {
            for (var column = 0; column < size && column * size <= x; column++)
            {
                var (rest, l) = (values[x + column], column * size);
                for (var k = 0; k < column; k++) rest -= values[x + k] * values[l + k];
                if (l < x) values[x + column] = rest / values[l + column];
                else if (rest > floors[column] && rest < double.PositiveInfinity) values[x + column] = Math.Sqrt(rest);
                else return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateCore(int panel, int count, double[] numbers)
    {
        var (size, stride) = (structure.Size(panel), structure.CoreStride);
        var rows = structure.Rows.AsSpan(structure.CoreRows[panel], count);
        var first = structure.PanelStarts[panel] + (size + structure.CoreRows[panel] - structure.RowStarts[panel]) * size;
        var values = numbers.AsSpan(first, count * size);
        for (var i = 0; i < count; i++)
        {
            var target = numbers.AsSpan(structure.PanelStarts[structure.Panels] + (rows[i] - structure.CoreStart) * stride, stride);
            if (size == 1)
            {
                for (var j = 0; j <= i; j++) target[rows[j] - structure.CoreStart] -= values[i] * values[j];
                continue;
            }

            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < size; k++) sum += values[i * size + k] * values[j * size + k];
                target[rows[j] - structure.CoreStart] -= sum;
            }
        }
    }
}
