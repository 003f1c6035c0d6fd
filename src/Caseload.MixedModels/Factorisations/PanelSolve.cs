using System.Runtime.CompilerServices;

namespace Caseload.MixedModels.Factorisations;

/// <summary>Substitution in the sparse columns of the factor, in the order of elimination.</summary>
/// <param name="structure">Where everything stands.</param>
internal sealed class PanelSolve(FactorStructure structure)
{
    /// <summary>Solves L x = b for the panels' rows, and takes their part from the core's rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Forward(double[] numbers, Span<double> vector)
    {
        for (var panel = 0; panel < structure.Panels; panel++)
        {
            var (size, start) = (structure.Size(panel), structure.Starts[panel]);
            var rows = structure.RowsOf(panel);
            var values = numbers.AsSpan(structure.PanelStarts[panel], (size + rows.Length) * size);
            for (var i = 0; i < size; i++)
            {
                var rest = vector[start + i];
                for (var k = 0; k < i; k++) rest -= values[i * size + k] * vector[start + k];
                vector[start + i] = rest / values[i * size + i];
            }

            var own = vector.Slice(start, size);
            var below = values[(size * size)..];
            if (size == 1)
                for (var i = 0; i < rows.Length; i++) vector[rows[i]] -= below[i] * own[0];
            else
                for (var i = 0; i < rows.Length; i++)
                    for (var k = 0; k < size; k++) vector[rows[i]] -= below[i * size + k] * own[k];
        }
    }

    /// <summary>Solves L' x = b for the panels' rows once the core's are known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Backward(double[] numbers, Span<double> vector)
    {
        for (var panel = structure.Panels - 1; panel >= 0; panel--)
        {
            var (size, start) = (structure.Size(panel), structure.Starts[panel]);
            var rows = structure.RowsOf(panel);
            var values = numbers.AsSpan(structure.PanelStarts[panel], (size + rows.Length) * size);
            for (var i = size - 1; i >= 0; i--)
            {
                var rest = vector[start + i];
                for (var k = 0; k < rows.Length; k++) rest -= values[(size + k) * size + i] * vector[rows[k]];
                for (var k = i + 1; k < size; k++) rest -= values[k * size + i] * vector[start + k];
                vector[start + i] = rest / values[i * size + i];
            }
        }
    }
}
