using Caseload.MixedModels.Factorisations;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Tests.Factorisations;

internal static class BlockMatrixCopy
{
    /// <summary>Takes the blocks of the pattern from a dense matrix.</summary>
    internal static void CopyFrom(this BlockMatrix matrix, Matrix<double> dense)
    {
        var pattern = matrix.Pattern;
        for (var column = 0; column < pattern.Nodes; column++)
        {
            for (var slot = pattern.ColumnStarts[column]; slot < pattern.ColumnStarts[column + 1]; slot++)
            {
                var row = pattern.Rows[slot];
                var block = matrix.Block(slot);
                var width = pattern.Size(column);
                for (var i = 0; i < block.Length; i++)
                    block[i] = dense[pattern.Start(row) + i / width, pattern.Start(column) + i % width];
            }
        }
    }
}
