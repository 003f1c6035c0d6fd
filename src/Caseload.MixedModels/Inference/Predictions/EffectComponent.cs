using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Inference.Predictions;

/// <summary>The random effects of groups that hang together, given the data.</summary>
internal sealed class EffectComponent
{
    private readonly double[,] information;
    private readonly double[,] crossed;
    private readonly IReadOnlyList<double[,]> roots;
    private double[,]? covariance;

    /// <param name="size">The number of effects.</param>
    /// <param name="fixedEffects">The number of fixed effects.</param>
    /// <param name="roots">A root of the covariance matrix of each block of effects, in their order.</param>
    internal EffectComponent(int size, int fixedEffects, IReadOnlyList<double[,]> roots) =>
        (information, crossed, this.roots) = (new double[size, size], new double[size, fixedEffects], roots);

    /// <summary>C, the covariance of the effects given the data and the fixed effects.</summary>
    internal double[,] Covariance => covariance ??= Invert();

    /// <summary>Adds an observation to Z'WZ and Z'WX.</summary>
    internal void Add(List<(int Place, double Value)> z, double[] x, double weight)
    {
        foreach (var (row, value) in z)
        {
            foreach (var (column, other) in z) information[row, column] += weight * value * other;
            for (var k = 0; k < x.Length; k++) crossed[row, k] += weight * value * x[k];
        }
    }

    /// <summary>
    /// The variance of z'u given the data and the fixed effects, and how its mode moves with these: -C Z'WX, from the right by z'.
    /// </summary>
    internal double Variance(IReadOnlyList<(int Place, double Value)> z, double[] slopes)
    {
        var (size, variance) = (information.GetLength(0), 0.0);
        for (var row = 0; row < size; row++)
        {
            var solved = z.Sum(entry => Covariance[row, entry.Place] * entry.Value);
            foreach (var (place, value) in z)
            {
                if (place == row) variance += value * solved;
            }

            if (solved == 0) continue;
            for (var k = 0; k < slopes.Length; k++) slopes[k] -= crossed[row, k] * solved;
        }

        return variance;
    }

    /// <summary>Takes (Z'WX)'C(Z'WX) off a matrix of the fixed effects.</summary>
    internal void TakeOff(double[,] matrix)
    {
        var (size, width) = (crossed.GetLength(0), crossed.GetLength(1));
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                for (var k = 0; k < width; k++)
                {
                    for (var l = 0; l < width; l++) matrix[k, l] -= crossed[i, k] * Covariance[i, j] * crossed[j, l];
                }
            }
        }
    }

    // C = R (R'AR + I)^-1 R' with Sigma = RR' and A = Z'WZ, which stands where Sigma is singular too.
    private double[,] Invert()
    {
        var half = Times(information, transposed: false);
        var inner = Times(Transposed(half), transposed: false);
        for (var k = 0; k < inner.GetLength(0); k++) inner[k, k] += 1;
        var inverse = Cholesky.Factor(inner)!.Inverse();
        return Times(Transposed(Times(inverse, transposed: true)), transposed: true);
    }

    // A matrix times R, or times its transpose; R is block diagonal.
    private double[,] Times(double[,] matrix, bool transposed)
    {
        var (size, first) = (matrix.GetLength(0), 0);
        var product = new double[size, size];
        foreach (var root in roots)
        {
            var block = root.GetLength(0);
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < block; column++)
                {
                    for (var k = 0; k < block; k++)
                        product[row, first + column] += matrix[row, first + k] * (transposed ? root[column, k] : root[k, column]);
                }
            }

            first += block;
        }

        return product;
    }

    private static double[,] Transposed(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var other = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++) other[column, row] = matrix[row, column];
        }

        return other;
    }
}
