using Caseload.MixedModels.Fits;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>Random effects of a fit for the columns that a layout holds: drawn from their distribution, or the fit's own.</summary>
/// <param name="fit">The fit.</param>
/// <param name="layout">How its random effects meet the cells, in the order of the formula.</param>
internal sealed class EffectSource(MixedModelFit fit, RandomLayout layout)
{
    private readonly (BlockPlace Place, double[,] Root, double[,] Inverse)[] blocks =
        [.. BlockPlace.Of(layout).Zip(fit.RandomEffects, (place, effect) => (place, Root(effect), Inverse(place.Basis(layout))))];

    /// <summary>New effects, group after group.</summary>
    internal double[] Draw(RandomStream stream) => Fill(block =>
    {
        double[] normals = [.. Enumerable.Range(0, block.Place.Size).Select(_ => stream.Normal())];
        return Times(block.Root, normals);
    });

    /// <summary>The conditional modes.</summary>
    internal double[] Modes()
    {
        var next = 0;
        return Fill(block => [.. Enumerable.Range(0, block.Place.Size).Select(_ => fit.ConditionalModes[next++].Mode)]);
    }

    private double[] Fill(Func<(BlockPlace Place, double[,] Root, double[,] Inverse), double[]> effects)
    {
        var all = new double[layout.Pattern.Length];
        foreach (var block in blocks)
        {
            var grouping = layout.Groupings[block.Place.Grouping];
            for (var group = 0; group < grouping.Groups; group++)
                Times(block.Inverse, effects(block)).CopyTo(all, layout.Pattern.Start(grouping.FirstNode + group) + block.Place.First);
        }

        return all;
    }

    private static double[] Times(double[,] matrix, double[] vector)
    {
        var product = new double[vector.Length];
        for (var row = 0; row < product.Length; row++)
        {
            for (var column = 0; column < product.Length; column++) product[row] += matrix[row, column] * vector[column];
        }

        return product;
    }

    // The Cholesky factor, with 0 in the place of what a singular matrix does not have.
    private static double[,] Root(RandomEffect effect)
    {
        var size = effect.Terms.Count;
        var root = new double[size, size];
        for (var column = 0; column < size; column++)
        {
            for (var row = column; row < size; row++)
            {
                var rest = effect.Covariance[row][column];
                for (var k = 0; k < column; k++) rest -= root[row, k] * root[column, k];
                if (row == column) root[row, row] = rest > 1e-12 * effect.Covariance[row][row] ? Math.Sqrt(rest) : 0;
                else root[row, column] = root[column, column] == 0 ? 0 : rest / root[column, column];
            }
        }

        return root;
    }

    private static double[,] Inverse(double[,] basis) =>
        MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(basis).Inverse().ToArray();
}
