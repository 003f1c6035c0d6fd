using System.Runtime.CompilerServices;

namespace Caseload.MixedModels.Factorisations;

/// <summary>Carries blocks between a matrix in the caller's order and the array of the factor.</summary>
internal sealed class BlockScatter
{
    private readonly BlockPattern pattern;
    private readonly FactorStructure structure;
    private readonly int[] targets;

    // The distance between rows at each node's panel, or in the core.
    private readonly int[] strides;
    private readonly bool isAllNumbers;

    internal BlockScatter(BlockPattern pattern, FactorStructure structure)
    {
        (this.pattern, this.structure, targets, strides) = (pattern, structure, structure.Targets(pattern), new int[pattern.Nodes]);
        for (var position = 0; position < pattern.Nodes; position++) strides[structure.Order.Nodes[position]] = structure.Stride(position);
        isAllNumbers = pattern.Length == pattern.Nodes;
        if (!isAllNumbers) return;

        // A single number is its own transpose.
        for (var slot = 0; slot < targets.Length; slot++) targets[slot] = targets[slot] < 0 ? ~targets[slot] : targets[slot];
    }

    /// <summary>Sets the array to the matrix, 0 elsewhere, and the core's padding to an identity matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Load(BlockMatrix matrix, double[] numbers)
    {
        Array.Clear(numbers);
        if (isAllNumbers) for (var slot = 0; slot < targets.Length; slot++) numbers[targets[slot]] = matrix.Values[slot];
        else Carry(matrix.Values, numbers, isLoad: true);
        var core = structure.PanelStarts[structure.Panels];
        for (var row = structure.CoreSize; row < structure.CoreStride; row++) numbers[core + row * (structure.CoreStride + 1)] = 1;
    }

    /// <summary>Takes the blocks of the matrix from the array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Store(double[] numbers, BlockMatrix matrix)
    {
        if (isAllNumbers) for (var slot = 0; slot < targets.Length; slot++) matrix.Values[slot] = numbers[targets[slot]];
        else Carry(matrix.Values, numbers, isLoad: false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Carry(double[] values, double[] numbers, bool isLoad)
    {
        for (var column = 0; column < pattern.Nodes; column++)
        {
            var width = pattern.Size(column);
            for (var slot = pattern.ColumnStarts[column]; slot < pattern.ColumnStarts[column + 1]; slot++)
            {
                var (row, target, value) = (pattern.Rows[slot], targets[slot], pattern.Offsets[slot]);
                if (target >= 0 && strides[column] == width)
                {
                    // Rows follow each other in a panel as they do in a block.
                    var (block, panel) = (pattern.Offsets[slot + 1] - value, target);
                    for (var i = 0; i < block; i++)
                    {
                        if (isLoad) numbers[panel + i] = values[value + i];
                        else values[value + i] = numbers[panel + i];
                    }

                    continue;
                }

                var (down, right) = target < 0 ? (1, strides[row]) : (strides[column], 1);
                target = target < 0 ? ~target : target;
                for (var i = 0; i < pattern.Size(row); i++)
                {
                    for (var j = 0; j < width; j++, value++)
                    {
                        if (isLoad) numbers[target + i * down + j * right] = values[value];
                        else values[value] = numbers[target + i * down + j * right];
                    }
                }
            }
        }
    }
}
