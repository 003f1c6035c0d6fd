namespace Caseload.MixedModels.Likelihoods;

/// <summary>
/// The Gauss-Hermite rule for the standard normal density: sum(w f(z)) is the mean of f over N(0, 1), exactly where f is a polynomial of
/// degree up to twice the number of points less one.
/// </summary>
/// <remarks>
/// The nodes are the roots of the orthonormal Hermite polynomial p_K, with sqrt(n + 1) p_(n+1) = z p_n - sqrt(n) p_(n-1). The changes of
/// sign along p_0 to p_K at a point count the roots above it (Sturm), so that every root is bisected on its own; Newton's step then ends
/// at rounding. The weight is 1 / (p_0^2 + ... + p_(K-1)^2), a sum without cancellation (Golub and Welsch 1969).
/// </remarks>
internal sealed class GaussHermite
{
    /// <summary>The most points that a rule has.</summary>
    internal const int MostPoints = 101;

    private const int Bisections = 40;
    private const int Polishes = 3;

    private GaussHermite(double[] nodes, double[] weights)
    {
        (Nodes, Weights) = (nodes, weights);
        LogFactors = [.. nodes.Zip(weights, (z, w) => Math.Log(w) + z * z / 2)];
    }

    /// <summary>The nodes z, ascending; symmetric about 0.</summary>
    internal double[] Nodes { get; }

    /// <summary>The weights w; they add up to 1.</summary>
    internal double[] Weights { get; }

    /// <summary>log(w) + z^2/2: what an integrand that is not divided by the normal density yet is multiplied by.</summary>
    internal double[] LogFactors { get; }

    /// <summary>The rule of a number of points.</summary>
    /// <param name="points">From 1 to <see cref="MostPoints"/>.</param>
    internal static GaussHermite Of(int points)
    {
        var (nodes, weights) = (new double[points], new double[points]);
        for (var above = 0; above < points / 2; above++)
        {
            var node = Root(points, above);
            (nodes[points - 1 - above], nodes[above]) = (node, -node);
        }

        for (var k = 0; k < points; k++) weights[k] = 1 / At(points, nodes[k]).Squares;
        return new GaussHermite(nodes, weights);
    }

    // The root above which there are so many others. All lie below 2 sqrt(K).
    private static double Root(int degree, int above)
    {
        var (low, high) = (0.0, 2 * Math.Sqrt(degree));
        for (var step = 0; step < Bisections; step++)
        {
            var middle = (low + high) / 2;
            if (At(degree, middle).RootsAbove > above) low = middle;
            else high = middle;
        }

        var root = (low + high) / 2;
        for (var step = 0; step < Polishes; step++)
        {
            var (value, before, _, _) = At(degree, root);
            root -= value / (Math.Sqrt(degree) * before);
        }

        return root;
    }

    // p_K and p_(K-1) at a point, the number of roots of p_K above it, and the sum of squares of p_0 to p_(K-1).
    private static (double Value, double Before, int RootsAbove, double Squares) At(int degree, double z)
    {
        var (value, before, changes, squares) = (1.0, 0.0, 0, 0.0);
        for (var n = 0; n < degree; n++)
        {
            squares += value * value;
            (value, before) = ((z * value - Math.Sqrt(n) * before) / Math.Sqrt(n + 1), value);
            if (value < 0 != before < 0) changes++;
        }

        return (value, before, changes, squares);
    }
}
