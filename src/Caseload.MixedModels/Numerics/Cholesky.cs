namespace Caseload.MixedModels.Numerics;

/// <summary>The factor L of a symmetric positive definite matrix A = L L'.</summary>
internal sealed class Cholesky
{
    private readonly double[,] factor;

    private Cholesky(double[,] factor) => this.factor = factor;

    internal int Size => factor.GetLength(0);

    /// <summary>Each column's part that is left after those before it, squared: the squared diagonal of L.</summary>
    internal IEnumerable<double> Pivots => Enumerable.Range(0, Size).Select(k => factor[k, k] * factor[k, k]);

    /// <summary>Factors a matrix, of which only the lower triangle is read.</summary>
    /// <param name="matrix">The matrix; it is not changed.</param>
    /// <returns>The factor, or null where the matrix is not positive definite.</returns>
    internal static Cholesky? Factor(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var factor = new double[size, size];
        for (var column = 0; column < size; column++)
        {
            for (var row = column; row < size; row++)
            {
                var rest = matrix[row, column];
                for (var k = 0; k < column; k++) rest -= factor[row, k] * factor[column, k];
                if (row > column)
                {
                    factor[row, column] = rest / factor[column, column];
                    continue;
                }

                // What is left of the diagonal by rounding alone does not make a matrix definite.
                if (!(rest > 1e-14 * matrix[row, row])) return null;
                factor[row, row] = Math.Sqrt(rest);
            }
        }

        return new Cholesky(factor);
    }

    /// <summary>The solution x of A x = b.</summary>
    internal double[] Solve(ReadOnlySpan<double> right)
    {
        var x = right.ToArray();
        for (var row = 0; row < Size; row++)
        {
            for (var k = 0; k < row; k++) x[row] -= factor[row, k] * x[k];
            x[row] /= factor[row, row];
        }

        for (var row = Size - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < Size; k++) x[row] -= factor[k, row] * x[k];
            x[row] /= factor[row, row];
        }

        return x;
    }

    /// <summary>The inverse of A.</summary>
    internal double[,] Inverse()
    {
        var inverse = new double[Size, Size];
        var unit = new double[Size];
        for (var column = 0; column < Size; column++)
        {
            Array.Clear(unit);
            unit[column] = 1;
            var solution = Solve(unit);
            for (var row = 0; row < Size; row++) inverse[row, column] = solution[row];
        }

        // Rounding leaves the two triangles apart by a little.
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < row; column++)
                inverse[row, column] = inverse[column, row] = (inverse[row, column] + inverse[column, row]) / 2;
        }

        return inverse;
    }
}
