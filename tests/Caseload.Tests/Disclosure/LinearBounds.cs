namespace Caseload.Tests.Disclosure;

/// <summary>
/// The least and the most that a sum of unknown counts can be, given what is known of other sums of them: linear programming by the
/// simplex method on a dense tableau, slow and readable. Every unknown is 0 or more.
/// </summary>
internal sealed class LinearBounds
{
    private const double Tolerance = 1e-7;
    private readonly Dictionary<string, int> unknowns = new(StringComparer.Ordinal);
    private readonly List<(Dictionary<int, double> Sum, double Low, double High)> known = [];
    private double[][] tableau = [];
    private int[] basis = [];
    private int width;

    /// <summary>An unknown count by its name.</summary>
    internal int Unknown(string name)
    {
        if (!unknowns.TryGetValue(name, out var index)) unknowns[name] = index = unknowns.Count;
        return index;
    }

    /// <summary>A sum of unknowns lies between two numbers; either may be infinite.</summary>
    internal void Know(IEnumerable<(double Factor, string Name)> sum, double low, double high)
    {
        var factors = new Dictionary<int, double>();
        foreach (var (factor, name) in sum)
        {
            var index = Unknown(name);
            factors[index] = factors.GetValueOrDefault(index) + factor;
        }

        known.Add((factors, low, high));
    }

    /// <summary>Finds one way in which everything known holds.</summary>
    /// <returns>Whether there is one.</returns>
    internal bool Solve()
    {
        var rows = new List<(Dictionary<int, double> Sum, double Right, int Slack)>();
        foreach (var (sum, low, high) in known)
        {
            if (low == high) rows.Add((sum, low, 0));
            else
            {
                if (!double.IsNegativeInfinity(low)) rows.Add((sum, low, -1));
                if (!double.IsPositiveInfinity(high)) rows.Add((sum, high, 1));
            }
        }

        var (slacks, slack) = (rows.Count(r => r.Slack != 0), unknowns.Count);
        width = unknowns.Count + slacks;
        tableau = new double[rows.Count][];
        basis = new int[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            // The last column is the right-hand side; artificial unknowns are kept out of the tableau, as they never come back.
            var row = tableau[i] = new double[width + 1];
            foreach (var (index, factor) in rows[i].Sum) row[index] = factor;
            if (rows[i].Slack != 0) row[slack++] = rows[i].Slack;
            row[width] = rows[i].Right;
            if (row[width] < 0) for (var j = 0; j <= width; j++) row[j] = -row[j];
            basis[i] = -1;
        }

        // As far as artificial unknowns stand in the basis, their sum is brought down to 0.
        var cost = new double[width + 1];
        foreach (var row in tableau) for (var j = 0; j <= width; j++) cost[j] -= row[j];
        Descend(cost);
        for (var i = 0; i < tableau.Length; i++)
        {
            if (basis[i] >= 0) continue;
            if (tableau[i][width] > 1e-5) return false;
            var column = Array.FindIndex(tableau[i], 0, width, a => Math.Abs(a) > Tolerance);
            if (column >= 0) Pivot(i, column, cost);
        }

        var kept = Enumerable.Range(0, basis.Length).Where(i => basis[i] >= 0).ToArray();
        (tableau, basis) = ([.. kept.Select(i => tableau[i])], [.. kept.Select(i => basis[i])]);
        return true;
    }

    /// <summary>The least that a sum of unknowns can be, after <see cref="Solve"/>.</summary>
    internal double Least(params IEnumerable<string> sum) => Optimum(sum, 1);

    /// <summary>The most that it can be; infinite where nothing bounds it.</summary>
    internal double Most(params IEnumerable<string> sum) => -Optimum(sum, -1);

    private double Optimum(IEnumerable<string> sum, int sign)
    {
        var cost = new double[width + 1];
        foreach (var name in sum) cost[Unknown(name)] += sign;
        for (var i = 0; i < basis.Length; i++)
        {
            if (cost[basis[i]] is var factor and not 0) Subtract(cost, tableau[i], factor);
        }

        return Descend(cost) ? -cost[width] : double.NegativeInfinity;
    }

    private bool Descend(double[] cost)
    {
        for (var step = 0; ; step++)
        {
            // The steepest column is quick; after many steps the first one that helps, which cannot go round in circles (Bland 1977).
            var column = -1;
            for (var j = 0; j < width; j++)
            {
                if (cost[j] >= -Tolerance || (column >= 0 && cost[j] >= cost[column])) continue;
                column = j;
                if (step > 2000) break;
            }

            if (column < 0) return true;
            var pivot = -1;
            for (var i = 0; i < tableau.Length; i++)
            {
                if (tableau[i][column] <= Tolerance) continue;
                if (pivot < 0) pivot = i;
                var (ratio, best) = (tableau[i][width] / tableau[i][column], tableau[pivot][width] / tableau[pivot][column]);
                if (ratio < best - 1e-10 || (ratio <= best + 1e-10 && basis[i] < basis[pivot])) pivot = i;
            }

            if (pivot < 0) return false;
            Pivot(pivot, column, cost);
        }
    }

    private void Pivot(int row, int column, double[] cost)
    {
        var factor = tableau[row][column];
        for (var j = 0; j <= width; j++) tableau[row][j] /= factor;
        for (var i = 0; i < tableau.Length; i++) if (i != row) Subtract(tableau[i], tableau[row], tableau[i][column]);
        Subtract(cost, tableau[row], cost[column]);
        basis[row] = column;
    }

    private static void Subtract(double[] from, double[] row, double factor)
    {
        if (factor == 0) return;
        for (var j = 0; j < row.Length; j++)
        {
            if (row[j] == 0) continue;
            from[j] -= factor * row[j];
            if (Math.Abs(from[j]) < 1e-11) from[j] = 0;
        }
    }
}
