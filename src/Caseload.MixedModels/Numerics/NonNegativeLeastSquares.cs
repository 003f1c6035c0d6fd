namespace Caseload.MixedModels.Numerics;

/// <summary>Least squares with coefficients that are not negative, by the active-set method of Lawson and Hanson (1974, chapter 23), which
/// is finite.</summary>
internal static class NonNegativeLeastSquares
{
    /// <summary>What is left of a target after the best combination, with coefficients of 0 or more, of some vectors.</summary>
    /// <param name="vectors">The vectors, of length 1.</param>
    /// <param name="target">The target.</param>
    /// <param name="tolerance">The size below which a scalar product with the rest counts as 0.</param>
    /// <returns>The rest r. At the optimum no vector has a positive scalar product with it beyond the tolerance.</returns>
    internal static double[] Rest(IReadOnlyList<double[]> vectors, double[] target, double tolerance)
    {
        var used = new List<int>();
        var coefficients = new List<double>();
        var refused = new HashSet<int>();
        var rest = (double[])target.Clone();
        while (Best(vectors, rest, used, refused) is var (candidate, product) && product > tolerance)
        {
            used.Add(candidate);
            coefficients.Add(0);
            if (!Settle(vectors, target, used, coefficients))
            {
                // The candidate depends on the vectors in use to rounding: it can add nothing that they do not give already.
                refused.Add(candidate);
                used.RemoveAt(used.Count - 1);
                coefficients.RemoveAt(coefficients.Count - 1);
                continue;
            }

            rest = (double[])target.Clone();
            for (var i = 0; i < used.Count; i++)
            {
                for (var k = 0; k < rest.Length; k++) rest[k] -= coefficients[i] * vectors[used[i]][k];
            }
        }

        return rest;
    }

    private static (int Candidate, double Product) Best(IReadOnlyList<double[]> vectors, double[] rest, List<int> used,
        HashSet<int> refused)
    {
        var (best, largest) = (-1, double.NegativeInfinity);
        for (var i = 0; i < vectors.Count; i++)
        {
            var product = Vectors.Dot(vectors[i], rest);
            if (product > largest && !used.Contains(i) && !refused.Contains(i)) (best, largest) = (i, product);
        }

        return (best, largest);
    }

    // Moves to the least squares solution of the vectors in use; those whose coefficient would turn negative leave on the way.
    private static bool Settle(IReadOnlyList<double[]> vectors, double[] target, List<int> used, List<double> coefficients)
    {
        while (used.Count > 0)
        {
            if (Solve(vectors, target, used) is not { } solution) return false;
            var share = 1.0;
            for (var i = 0; i < used.Count; i++)
            {
                if (solution[i] <= 0) share = Math.Min(share, coefficients[i] / (coefficients[i] - solution[i]));
            }

            for (var i = 0; i < used.Count; i++) coefficients[i] += share * (solution[i] - coefficients[i]);
            if (share == 1.0) return true;
            for (var i = used.Count - 1; i >= 0; i--)
            {
                if (solution[i] > 0 || coefficients[i] > 1e-14) continue;
                used.RemoveAt(i);
                coefficients.RemoveAt(i);
            }
        }

        return true;
    }

    private static double[]? Solve(IReadOnlyList<double[]> vectors, double[] target, List<int> used)
    {
        var products = new double[used.Count, used.Count];
        for (var i = 0; i < used.Count; i++)
        {
            for (var k = 0; k <= i; k++) products[i, k] = Vectors.Dot(vectors[used[i]], vectors[used[k]]);
        }

        return Cholesky.Factor(products)?.Solve([.. used.Select(u => Vectors.Dot(vectors[u], target))]);
    }
}
