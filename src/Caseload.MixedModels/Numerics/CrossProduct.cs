using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Caseload.MixedModels.Numerics;

/// <summary>
/// The sum over cells of weight times x x', the largest part of the work of a fit. The lower triangle is covered by tiles of two rows by
/// three columns, whose six sums stay in registers while a block of cells passes; between blocks they are kept as vectors.
/// </summary>
/// <param name="columns">The columns of x.</param>
internal sealed class CrossProduct(IReadOnlyList<double[]> columns)
{
    private const int TileRows = 2;
    private const int TileColumns = 3;

    // All columns of a block fit into a processor's fastest cache where there are few of them.
    private const int BlockCells = 128;

    private readonly Tile[] tiles = Cover(columns.Count);
    private readonly Vector<double>[] sums = new Vector<double>[Cover(columns.Count).Length * TileRows * TileColumns];

    /// <summary>Adds the sum over a run of cells to the lower triangle of a matrix.</summary>
    /// <param name="start">The first cell.</param>
    /// <param name="weights">The weight of each cell from there; may be negative.</param>
    /// <param name="matrix">Takes the sum in its leading rows and columns.</param>
    internal void AddTo(int start, ReadOnlySpan<double> weights, double[,] matrix)
    {
        Array.Clear(sums);
        var whole = weights.Length - weights.Length % Vector<double>.Count;
        for (var from = 0; from < whole; from += BlockCells)
        {
            var block = weights[from..Math.Min(from + BlockCells, whole)];
            for (var tile = 0; tile < tiles.Length; tile++)
                Pass(tiles[tile], start + from, block, sums.AsSpan(tile * TileRows * TileColumns, TileRows * TileColumns));
        }

        for (var tile = 0; tile < tiles.Length; tile++)
        {
            for (var k = 0; k < TileRows * TileColumns; k++)
            {
                // A tile at the edge repeats the last row or column; what lies over the diagonal or the edge is left out.
                var (row, column) = (tiles[tile].Row + k / TileColumns, tiles[tile].Column + k % TileColumns);
                if (row < columns.Count && column <= row) matrix[row, column] += Vector.Sum(sums[tile * TileRows * TileColumns + k]);
            }
        }

        for (var cell = whole; cell < weights.Length; cell++) AddCell(start + cell, weights[cell], matrix);
    }

    private void AddCell(int cell, double weight, double[,] matrix)
    {
        for (var row = 0; row < columns.Count; row++)
        {
            var weighted = weight * columns[row][cell];
            for (var column = 0; column <= row; column++) matrix[row, column] += weighted * columns[column][cell];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(Tile tile, int start, ReadOnlySpan<double> weights, Span<Vector<double>> sums)
    {
        var last = columns.Count - 1;
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var a0 = ref columns[tile.Row][start];
        ref var a1 = ref columns[Math.Min(tile.Row + 1, last)][start];
        ref var b0 = ref columns[tile.Column][start];
        ref var b1 = ref columns[Math.Min(tile.Column + 1, last)][start];
        ref var b2 = ref columns[Math.Min(tile.Column + 2, last)][start];
        var (s00, s01, s02, s10, s11, s12) = (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
        for (nuint i = 0; i < (nuint)weights.Length; i += (nuint)Vector<double>.Count)
        {
            var weight = Vector.LoadUnsafe(ref w, i);
            var x0 = weight * Vector.LoadUnsafe(ref a0, i);
            var x1 = weight * Vector.LoadUnsafe(ref a1, i);
            var y0 = Vector.LoadUnsafe(ref b0, i);
            var y1 = Vector.LoadUnsafe(ref b1, i);
            var y2 = Vector.LoadUnsafe(ref b2, i);
            s00 = Vector.MultiplyAddEstimate(x0, y0, s00);
            s01 = Vector.MultiplyAddEstimate(x0, y1, s01);
            s02 = Vector.MultiplyAddEstimate(x0, y2, s02);
            s10 = Vector.MultiplyAddEstimate(x1, y0, s10);
            s11 = Vector.MultiplyAddEstimate(x1, y1, s11);
            s12 = Vector.MultiplyAddEstimate(x1, y2, s12);
        }

        (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]) = (s00, s01, s02, s10, s11, s12);
    }

    private static Tile[] Cover(int size)
    {
        var tiles = new List<Tile>();
        for (var row = 0; row < size; row += TileRows)
        {
            for (var column = 0; column <= Math.Min(row + TileRows, size) - 1; column += TileColumns) tiles.Add(new Tile(row, column));
        }

        return [.. tiles];
    }

    /// <summary>The first row and column of a tile.</summary>
    private readonly record struct Tile(int Row, int Column);
}
