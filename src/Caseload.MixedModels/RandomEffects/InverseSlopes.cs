using System.Collections.Concurrent;
using Caseload.MixedModels.Factorisations;

namespace Caseload.MixedModels.RandomEffects;

/// <summary>
/// How the inverse of H moves with H, on the pattern alone: minus H^-1 H_a H^-1. Where no two groups share an observation, it is a product
/// of small blocks; otherwise the central difference of the sparse inverse along the line H + t H_a. Any number of threads may ask.
/// </summary>
/// <param name="precision">H, whose numbers may change from one use to the next.</param>
/// <param name="inverse">The blocks of H^-1, likewise.</param>
internal sealed class InverseSlopes(BlockMatrix precision, BlockMatrix inverse)
{
    // In units in which the diagonal of H is 1: the error of a central difference is of the square of it.
    private const double Step = 1e-4;

    private readonly ConcurrentBag<(BlockCholesky Factor, BlockMatrix Room)> workshops = [];

    /// <summary>H^-1 H_a H^-1.</summary>
    /// <param name="slope">H_a.</param>
    internal BlockMatrix Along(BlockMatrix slope)
    {
        var moved = new BlockMatrix(precision.Pattern);
        if (precision.Pattern.Rows.Length == precision.Pattern.Nodes) BlockProducts.Sandwich(inverse, slope, moved);
        else if (RelativeSize(slope) is var size and > 0) AddDifference(slope, Step / size, moved);
        return moved;
    }

    private void AddDifference(BlockMatrix slope, double step, BlockMatrix moved)
    {
        if (!workshops.TryTake(out var workshop))
            workshop = (new BlockCholesky(precision.Pattern), new BlockMatrix(precision.Pattern));
        var (factor, room) = workshop;
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            precision.Values.CopyTo(room.Values, 0);
            Numerics.Vectors.AddTimes(room.Values, side * step, slope.Values);
            factor.Factor(room);
            factor.Inverse(room);
            Numerics.Vectors.AddTimes(moved.Values, -side / (2 * step), room.Values);
        }

        workshops.Add(workshop);
    }

    // The largest element beside the diagonal elements of H that belong to its row and column.
    private double RelativeSize(BlockMatrix slope)
    {
        var (pattern, largest) = (slope.Pattern, 0.0);
        var roots = new double[pattern.Length];
        for (var node = 0; node < pattern.Nodes; node++)
        {
            var (size, block) = (pattern.Size(node), pattern.ColumnStarts[node]);
            for (var k = 0; k < size; k++) roots[pattern.Start(node) + k] = Math.Sqrt(precision.Block(block)[k * (size + 1)]);
        }

        for (var node = 0; node < pattern.Nodes; node++)
        {
            for (var slot = pattern.ColumnStarts[node]; slot < pattern.ColumnStarts[node + 1]; slot++)
            {
                var (rows, columns) = (pattern.Size(pattern.Rows[slot]), pattern.Size(node));
                var block = slope.Block(slot);
                for (var i = 0; i < rows; i++)
                {
                    for (var j = 0; j < columns; j++)
                    {
                        var unit = roots[pattern.Start(pattern.Rows[slot]) + i] * roots[pattern.Start(node) + j];
                        largest = Math.Max(largest, Math.Abs(block[i * columns + j]) / unit);
                    }
                }
            }
        }

        return largest;
    }
}
