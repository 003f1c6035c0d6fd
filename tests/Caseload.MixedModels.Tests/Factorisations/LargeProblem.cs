using Caseload.MixedModels.Factorisations;

namespace Caseload.MixedModels.Tests.Factorisations;

/// <summary>
/// A matrix with nodes of one number, too large for a dense twin: its factor is held against products with the matrix itself.
/// </summary>
internal sealed class LargeProblem
{
    internal LargeProblem(int nodes, (int Row, int Column)[] pairs, Random random)
    {
        Pattern = BlockPattern.Of([.. Enumerable.Repeat(1, nodes)], pairs);
        Matrix = new BlockMatrix(Pattern);
        for (var column = 0; column < nodes; column++)
        {
            var diagonal = Pattern.ColumnStarts[column];
            Matrix.Values[diagonal] += 1;
            for (var slot = diagonal + 1; slot < Pattern.ColumnStarts[column + 1]; slot++)
            {
                Matrix.Values[slot] = random.NextDouble();
                Matrix.Values[diagonal] += Matrix.Values[slot];
                Matrix.Values[Pattern.ColumnStarts[Pattern.Rows[slot]]] += Matrix.Values[slot];
            }
        }
    }

    internal BlockPattern Pattern { get; }

    internal BlockMatrix Matrix { get; }

    /// <summary>Solves for a known solution, and for columns of the inverse at some of the nodes.</summary>
    internal BlockCholesky Check(int[] columns)
    {
        var factor = new BlockCholesky(Pattern);
        Assert.True(factor.Factor(Matrix));
        var solution = Enumerable.Range(0, Pattern.Nodes).Select(i => Math.Sin(i)).ToArray();
        var right = Multiply(solution);
        factor.Solve(right);
        BlockProblem.AssertClose(solution, right);

        var inverse = new BlockMatrix(Pattern);
        factor.Inverse(inverse);
        foreach (var column in columns)
        {
            var unit = new double[Pattern.Nodes];
            unit[column] = 1;
            factor.Solve(unit);
            for (var slot = Pattern.ColumnStarts[column]; slot < Pattern.ColumnStarts[column + 1]; slot++)
                Assert.Equal(unit[Pattern.Rows[slot]], inverse.Values[slot], 1e-13);
        }

        return factor;
    }

    private double[] Multiply(double[] vector)
    {
        var product = new double[vector.Length];
        for (var column = 0; column < Pattern.Nodes; column++)
        {
            for (var slot = Pattern.ColumnStarts[column]; slot < Pattern.ColumnStarts[column + 1]; slot++)
            {
                var row = Pattern.Rows[slot];
                product[row] += Matrix.Values[slot] * vector[column];
                if (row != column) product[column] += Matrix.Values[slot] * vector[row];
            }
        }

        return product;
    }
}
