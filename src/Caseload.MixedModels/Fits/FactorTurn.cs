using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Fits;

/// <summary>
/// Another factor of nearly the same covariance matrix, for a search that crawls. Where a diagonal element of the lower triangular factor
/// is nearly 0, the rest of its column and the columns after it can be turned into each other with hardly a change of the matrix: the
/// maximum lies in a curved valley, which Newton's steps follow slowly. As a rule it is singular, and lies where the column after is 0.
/// </summary>
internal static class FactorTurn
{
    // The share of its column that a diagonal element is below where the valley is narrow.
    private const double Small = 0.05;

    // Of a row's square: what is left of it below this share is rounding.
    private const double Rounding = 1e-12;

    /// <summary>The factor with the columns after such an element turned into its own, as far as they go; null where there is
    /// none.</summary>
    /// <param name="elements">The free elements of the factors.</param>
    /// <param name="point">Their values.</param>
    internal static double[]? Of(IReadOnlyList<FactorElement> elements, double[] point)
    {
        for (var pivot = 0; pivot < elements.Count; pivot++)
        {
            var (grouping, first) = (elements[pivot].Grouping, elements[pivot].Column);
            int[] rows = [.. elements.Where(e => e.Grouping == grouping && e.Column == first && e.Row > first).Select(e => e.Row).Order()];
            if (elements[pivot].Row != first || rows.Length == 0) continue;
            var places = elements.Select((e, place) => (e, place)).Where(at => at.e.Grouping == grouping && at.e.Row > first)
                .ToDictionary(at => (at.e.Row, at.e.Column), at => at.place);
            double Value(int row, int column) => places.TryGetValue((row, column), out var place) ? point[place] : 0;
            var size = Math.Sqrt(rows.Sum(row => Value(row, first) * Value(row, first)));
            if (!(Math.Abs(point[pivot]) < Small * size) || rows.All(row => Value(row, first + 1) == 0)) continue;
            int[] columns = [.. Enumerable.Range(first, rows.Length + 1)];
            var root = Root(rows.Length, (i, j) => columns.Sum(column => Value(rows[i], column) * Value(rows[j], column)));
            var turned = (double[])point.Clone();
            for (var i = 0; i < rows.Length; i++)
            {
                turned[places[(rows[i], first)]] = root[i, 0];
                turned[places[(rows[i], first + 1)]] = 0;
                for (var j = 1; j <= i; j++) turned[places[(rows[i], first + 1 + j)]] = root[i, j];
            }

            return turned;
        }

        return null;
    }

    // The lower triangular root of a matrix that may be singular: a column without a pivot is 0.
    private static double[,] Root(int size, Func<int, int, double> matrix)
    {
        var root = new double[size, size];
        for (var column = 0; column < size; column++)
        {
            for (var row = column; row < size; row++)
            {
                var rest = matrix(row, column);
                for (var k = 0; k < column; k++) rest -= root[row, k] * root[column, k];
                if (row == column) root[row, row] = rest > Rounding * matrix(row, row) ? Math.Sqrt(rest) : 0;
                else root[row, column] = root[column, column] == 0 ? 0 : rest / root[column, column];
            }
        }

        return root;
    }
}
