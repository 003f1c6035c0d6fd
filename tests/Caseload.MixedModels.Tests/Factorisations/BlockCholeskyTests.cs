using Caseload.MixedModels.Factorisations;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Factorisations;

public sealed class BlockCholeskyTests
{
    [Fact]
    public void Agrees_with_a_dense_factorisation_on_random_patterns()
    {
        var (cores, panels) = (0, 0);
        Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
        {
            var factor = BlockProblem.Of(seed).Check();
            cores += factor.CoreSize > 0 ? 1 : 0;
            panels += factor.FactorNumbers > (long)factor.CoreSize * factor.CoreSize ? 1 : 0;
        }, count: 200);
        Assert.InRange(cores, 50, 199);
        Assert.InRange(panels, 50, 200);
    }

    [Fact]
    public void Agrees_with_a_dense_factorisation_where_every_node_is_one_number() =>
        Properties.Hold(Gen.Choose(1, 1_000_000), seed => BlockProblem.Of(seed, mostNodes: 150, largestSize: 1).Check(), count: 100);

    [Fact]
    public void Agrees_with_a_dense_factorisation_where_blocks_are_large() =>
        Properties.Hold(Gen.Choose(1, 1_000_000), seed => BlockProblem.Of(seed, mostNodes: 12, largestSize: 30).Check(), count: 30);

    [Fact]
    public void Agrees_with_a_dense_factorisation_where_the_core_has_many_bands()
    {
        // Work of this size is shared between threads.
        var random = new Random(3);
        var pairs = Enumerable.Range(0, 4000).Select(i => (i % 400, 400 + random.Next(201))).ToArray();
        var factor = BlockProblem.Of([.. Enumerable.Repeat(1, 601)], pairs, random).Check();
        Assert.InRange(factor.CoreSize, 150, 250);
    }

    [Fact]
    public void Agrees_with_a_dense_factorisation_where_nodes_of_several_sizes_leave_a_core_that_fills()
    {
        var random = new Random(6);
        var pairs = Enumerable.Range(0, 2500).Select(_ => (random.Next(400), random.Next(400))).ToArray();
        var factor = BlockProblem.Of([.. Enumerable.Range(0, 400).Select(node => 1 + node % 3 % 2)], pairs, random).Check();
        Assert.InRange(factor.CoreSize, 200, 500);
    }

    [Fact]
    public void Solves_and_inverts_where_a_row_of_the_core_is_taken_in_several_stretches()
    {
        var random = new Random(5);
        var pairs = Enumerable.Range(0, 30_000).Select(_ => (random.Next(1200), 1200 + random.Next(1150))).ToArray();
        var factor = new LargeProblem(2350, pairs, random).Check([0, 600, 1200, 1500, 2000, 2348, 2349]);
        Assert.InRange(factor.CoreSize, 1100, 1500);
    }

    [Fact]
    public void Gives_the_same_bits_each_time()
    {
        var random = new Random(4);
        var pairs = Enumerable.Range(0, 6000).Select(i => (i % 400, 400 + random.Next(300))).ToArray();
        var problem = new LargeProblem(700, pairs, random);
        var factor = new BlockCholesky(problem.Pattern);
        var (inverse, again) = (new BlockMatrix(problem.Pattern), new BlockMatrix(problem.Pattern));
        Assert.True(factor.Factor(problem.Matrix));
        var determinant = factor.LogDeterminant;
        factor.Inverse(inverse);
        Assert.True(factor.Factor(problem.Matrix));
        factor.Inverse(again);
        Assert.Equal(BitConverter.DoubleToInt64Bits(determinant), BitConverter.DoubleToInt64Bits(factor.LogDeterminant));
        Assert.True(inverse.Values.AsSpan().SequenceEqual(again.Values));
    }

    [Fact]
    public void Serves_one_matrix_after_another_with_nothing_left_of_the_last()
    {
        var problem = BlockProblem.Of(seed: 12);
        var factor = problem.Check();
        for (var seed = 0; seed < 3; seed++) problem.Renew(new Random(seed)).CheckWith(factor);
    }

    [Fact]
    public void Fills_nothing_where_factors_are_nested()
    {
        // Classes in schools in areas: an observation joins a class, its school and its area.
        var (areas, schools, classes) = (4, 20, 130);
        var pairs = Enumerable.Range(0, classes).SelectMany(c =>
        {
            var (school, area) = (areas + c % schools, c % schools % areas);
            return new[] { (areas + schools + c, school), (areas + schools + c, area), (school, area) };
        }).ToArray();
        int[] sizes = [.. Enumerable.Range(0, areas + schools + classes)
            .Select(node => 1 + (node < areas ? 0 : node < areas + schools ? 2 : 1))];
        var problem = BlockProblem.Of(sizes, pairs, new Random(1));
        Assert.Equal(problem.Matrix.Values.Length, problem.Check().FactorNumbers);
    }

    [Fact]
    public void Eliminates_the_larger_of_two_crossed_factors_and_keeps_the_smaller_as_its_core()
    {
        var pairs = Enumerable.Range(0, 144).SelectMany(a => Enumerable.Range(144, 12).Select(m => (a, m))).ToArray();
        var problem = BlockProblem.Of([.. Enumerable.Repeat(1, 156)], pairs, new Random(1));

        // The last level of the larger factor is joined to all that is left, and belongs to the core.
        var factor = problem.Check();
        Assert.Equal(13, factor.CoreSize);
        Assert.Equal(143 + (143 * 12) + (13 * 14 / 2), factor.FactorNumbers);
    }

    [Fact]
    public void Gives_the_same_answers_whatever_the_order_of_nodes() =>
        Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
        {
            var problem = BlockProblem.Of(seed);
            var names = Enumerable.Range(0, problem.Pattern.Nodes).ToArray();
            new Random(seed).Shuffle(names);
            var renamed = problem.Rename(names);
            var (factor, other) = (new BlockCholesky(problem.Pattern), new BlockCholesky(renamed.Pattern));
            Assert.True(factor.Factor(problem.Matrix) && other.Factor(renamed.Matrix));
            Assert.Equal(factor.LogDeterminant, other.LogDeterminant, 1e-11 * (1 + Math.Abs(factor.LogDeterminant)));
            var (inverse, otherInverse) = (new BlockMatrix(problem.Pattern), new BlockMatrix(renamed.Pattern));
            factor.Inverse(inverse);
            other.Inverse(otherInverse);
            problem.ForBlocks((slot, row, column) =>
            {
                var (r, c) = (names[row], names[column]);
                var first = inverse.Block(slot)[0];
                Assert.Equal(first, otherInverse.Block(renamed.Pattern.Slot(Math.Max(r, c), Math.Min(r, c)))[0], 1e-12);
            });
        });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(25)]
    public void Takes_a_single_node(int size)
    {
        var factor = BlockProblem.Of([size], [], new Random(size)).Check();
        Assert.Equal(size * size, factor.FactorNumbers);
    }

    [Fact]
    public void Takes_no_nodes_at_all()
    {
        var pattern = BlockPattern.Of([], []);
        var factor = new BlockCholesky(pattern);
        Assert.True(factor.Factor(new BlockMatrix(pattern)));
        Assert.Equal(0, factor.LogDeterminant);
    }

    [Fact]
    public void Takes_nodes_without_any_pair()
    {
        var problem = BlockProblem.Of([2, 1, 3, 2, 1, 1, 1, 1, 1, 2], [], new Random(1));
        var factor = problem.Check();
        Assert.Equal(problem.Matrix.Values.Length, factor.FactorNumbers);
        Assert.Equal(0, factor.CoreSize);
    }

    [Fact]
    public void Says_so_wherever_one_diagonal_entry_makes_a_matrix_indefinite() =>
        Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
        {
            var problem = BlockProblem.Of(seed);
            var factor = new BlockCholesky(problem.Pattern);
            for (var node = 0; node < problem.Pattern.Nodes; node++)
            {
                var block = problem.Matrix.Block(problem.Pattern.Slot(node, node));
                var kept = block[^1];
                foreach (var bad in new[] { -1, 0, double.NaN, double.PositiveInfinity, double.NegativeInfinity })
                {
                    block[^1] = bad;
                    Assert.False(factor.Factor(problem.Matrix));
                    Assert.True(double.IsNaN(factor.LogDeterminant));
                }

                block[^1] = kept;
            }

            problem.CheckWith(factor);
        });

    [Fact]
    public void Says_so_wherever_a_block_beside_the_diagonal_holds_no_finite_number() =>
        Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
        {
            var problem = BlockProblem.Of(seed);
            var factor = new BlockCholesky(problem.Pattern);
            var random = new Random(seed);
            problem.ForBlocks((slot, row, column) =>
            {
                if (row == column) return;
                var block = problem.Matrix.Block(slot);
                var at = random.Next(block.Length);
                var kept = block[at];
                foreach (var bad in new[] { double.NaN, double.PositiveInfinity, 1e200 })
                {
                    block[at] = bad;
                    Assert.False(factor.Factor(problem.Matrix));
                }

                block[at] = kept;
            });
        }, count: 10);

    [Fact]
    public void Does_not_take_what_rounding_leaves_of_a_singular_matrix_for_definite()
    {
        // The sum of outer products of fewer vectors than rows.
        var problem = BlockProblem.Of([2, 2, 2, 2, 2, 2], [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)], new Random(1));
        var random = new Random(2);
        problem.Dense.Clear();
        for (var pair = 0; pair < 5; pair++)
        {
            var vector = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(12, i =>
                i / 2 == pair || i / 2 == pair + 1 ? random.NextDouble() : 0);
            problem.Dense.Add(vector.OuterProduct(vector), problem.Dense);
        }

        problem.Matrix.CopyFrom(problem.Dense);
        Assert.False(new BlockCholesky(problem.Pattern).Factor(problem.Matrix));
    }

    [Fact]
    public void Refuses_another_pattern_and_solving_before_a_factor()
    {
        var (problem, other) = (BlockProblem.Of(seed: 1), BlockProblem.Of(seed: 2));
        var factor = new BlockCholesky(problem.Pattern);
        Assert.Throws<ArgumentException>(() => factor.Factor(other.Matrix));
        Assert.Throws<InvalidOperationException>(() => factor.Solve(new double[problem.Pattern.Length]));
        Assert.Throws<InvalidOperationException>(() => factor.Inverse(new BlockMatrix(problem.Pattern)));
    }
}
