using Caseload.MixedModels.Factorisations;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Factorisations;

public sealed class BlockPatternTests
{
    [Fact]
    public void Holds_each_pair_once_in_the_lower_triangle_with_every_diagonal_block()
    {
        var pattern = BlockPattern.Of([2, 1, 3], [(0, 2), (2, 0), (1, 1), (2, 0)]);
        Assert.Equal([0, 2, 3, 4], pattern.ColumnStarts);
        Assert.Equal([0, 2, 1, 2], pattern.Rows);
        Assert.Equal([0, 4, 10, 11, 20], pattern.Offsets);
        Assert.Equal((3, 6, 3, 3), (pattern.Nodes, pattern.Length, pattern.Start(2), pattern.Size(2)));
        Assert.Equal((1, -1), (pattern.Slot(2, 0), pattern.Slot(1, 0)));
    }

    [Fact]
    public void Agrees_with_a_set_of_pairs() =>
        Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
        {
            var random = new Random(seed);
            var nodes = random.Next(1, 30);
            var pairs = Enumerable.Range(0, random.Next(200)).Select(_ => (random.Next(nodes), random.Next(nodes))).ToArray();
            var pattern = BlockPattern.Of([.. Enumerable.Repeat(1, nodes)], pairs);
            var expected = pairs.Select(p => (Column: Math.Min(p.Item1, p.Item2), Row: Math.Max(p.Item1, p.Item2)))
                .Concat(Enumerable.Range(0, nodes).Select(node => (Column: node, Row: node))).Distinct().Order().ToArray();
            var found = Enumerable.Range(0, nodes).SelectMany(column =>
                Enumerable.Range(pattern.ColumnStarts[column], pattern.ColumnStarts[column + 1] - pattern.ColumnStarts[column])
                    .Select(slot => (column, pattern.Rows[slot])));
            Assert.Equal(expected, found);
        });
}
