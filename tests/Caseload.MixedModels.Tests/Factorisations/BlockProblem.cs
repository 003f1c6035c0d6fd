using Caseload.MixedModels.Factorisations;
using MathNet.Numerics.LinearAlgebra;

namespace Caseload.MixedModels.Tests.Factorisations;

/// <summary>A block matrix and its slow twin, the same matrix held dense.</summary>
internal sealed class BlockProblem
{
    private BlockProblem(BlockPattern pattern)
    {
        Pattern = pattern;
        Matrix = new BlockMatrix(pattern);
        Dense = Matrix<double>.Build.Dense(pattern.Length, pattern.Length);
    }

    internal BlockPattern Pattern { get; }

    internal BlockMatrix Matrix { get; }

    internal Matrix<double> Dense { get; }

    /// <summary>Random blocks on given pairs; the diagonal is made to exceed the sum of its row.</summary>
    internal static BlockProblem Of(int[] sizes, (int Row, int Column)[] pairs, Random random)
    {
        return new BlockProblem(BlockPattern.Of(sizes, pairs)).Renew(random);
    }

    /// <summary>Other numbers on the same pattern.</summary>
    internal BlockProblem Renew(Random random)
    {
        Dense.Clear();
        ForBlocks((_, row, column) =>
        {
            for (var i = 0; i < Pattern.Size(row); i++)
            {
                for (var j = 0; j < Pattern.Size(column); j++)
                {
                    var (r, c) = (Pattern.Start(row) + i, Pattern.Start(column) + j);
                    Dense[r, c] = Dense[c, r] = r == c ? 0 : random.NextDouble() - 0.5;
                }
            }
        });
        for (var i = 0; i < Dense.RowCount; i++) Dense[i, i] = 0.1 + random.NextDouble() + Dense.Row(i).L1Norm();
        Matrix.CopyFrom(Dense);
        return this;
    }

    /// <summary>The same matrix with its nodes under other names.</summary>
    internal BlockProblem Rename(int[] names)
    {
        var (sizes, pairs) = (new int[names.Length], new List<(int, int)>());
        for (var node = 0; node < names.Length; node++) sizes[names[node]] = Pattern.Size(node);
        ForBlocks((_, row, column) => pairs.Add((names[column], names[row])));
        var renamed = new BlockProblem(BlockPattern.Of(sizes, pairs.ToArray()));
        int[] rows = [.. Enumerable.Range(0, names.Length)
            .SelectMany(node => Enumerable.Range(renamed.Pattern.Start(names[node]), Pattern.Size(node)))];
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < rows.Length; j++) renamed.Dense[rows[i], rows[j]] = Dense[i, j];
        renamed.Matrix.CopyFrom(renamed.Dense);
        return renamed;
    }

    /// <summary>Random sizes and pairs of nodes.</summary>
    internal static BlockProblem Of(int seed, int mostNodes = 60, int largestSize = 4)
    {
        var random = new Random(seed);
        var sizes = Enumerable.Range(0, random.Next(1, mostNodes)).Select(_ => random.Next(1, largestSize + 1)).ToArray();
        var density = Math.Pow(random.NextDouble(), 2);
        var pairs = Enumerable.Range(0, (int)(density * sizes.Length * sizes.Length))
            .Select(_ => (random.Next(sizes.Length), random.Next(sizes.Length))).ToArray();
        return Of(sizes, pairs, random);
    }

    internal void ForBlocks(Action<int, int, int> visit)
    {
        for (var column = 0; column < Pattern.Nodes; column++)
        {
            for (var slot = Pattern.ColumnStarts[column]; slot < Pattern.ColumnStarts[column + 1]; slot++)
                visit(slot, Pattern.Rows[slot], column);
        }
    }

    /// <summary>Factor, determinant, solutions and inverse are those of MathNet's dense factorisation.</summary>
    internal BlockCholesky Check()
    {
        var factor = new BlockCholesky(Pattern);
        CheckWith(factor);
        return factor;
    }

    internal void CheckWith(BlockCholesky factor)
    {
        var expected = Dense.Cholesky();
        Assert.True(factor.Factor(Matrix));
        Assert.Equal(expected.DeterminantLn, factor.LogDeterminant, 1e-11 * (1 + Math.Abs(expected.DeterminantLn)));
        var rights = Enumerable.Range(1, 6)
            .Select(k => Enumerable.Range(0, Pattern.Length).Select(i => Math.Sin(k * i)).ToArray()).ToArray();
        var solutions = rights.Select(r => expected.Solve(Vector<double>.Build.DenseOfArray(r))).ToArray();
        var first = rights[0].ToArray();
        factor.Solve(first);
        factor.Solve(rights);
        AssertClose(solutions[0].ToArray(), first);
        for (var k = 0; k < rights.Length; k++) AssertClose(solutions[k].ToArray(), rights[k]);

        var result = new BlockMatrix(Pattern);
        factor.Inverse(result);
        var wanted = new BlockMatrix(Pattern);
        wanted.CopyFrom(Dense.Inverse());
        AssertClose(wanted.Values, result.Values);
    }

    internal static void AssertClose(double[] expected, double[] found)
    {
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-12 * scale);
    }
}
