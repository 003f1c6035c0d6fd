using Caseload.MixedModels.Factorisations;

namespace Caseload.MixedModels.LinearModels;

/// <summary>The product of a symmetric block matrix, of which the lower triangle is held, with a vector.</summary>
internal static class SymmetricProduct
{
    /// <summary>y -= A x.</summary>
    internal static void Subtract(BlockMatrix a, double[] x, double[] y)
    {
        var pattern = a.Pattern;
        for (var column = 0; column < pattern.Nodes; column++)
        {
            var (start, width) = (pattern.Start(column), pattern.Size(column));
            for (var slot = pattern.ColumnStarts[column]; slot < pattern.ColumnStarts[column + 1]; slot++)
            {
                var row = pattern.Rows[slot];
                var (first, height) = (pattern.Start(row), pattern.Size(row));
                var block = a.Block(slot);
                for (var i = 0; i < height; i++)
                {
                    for (var j = 0; j < width; j++)
                    {
                        y[first + i] -= block[i * width + j] * x[start + j];
                        if (row != column) y[start + j] -= block[i * width + j] * x[first + i];
                    }
                }
            }
        }
    }
}
