using Caseload.MixedModels.Designs;

namespace Caseload.MixedModels.Tests.Designs;

public sealed class ColumnRankTests
{
    private static readonly double[] One = [1, 1, 1, 1, 1];
    private static readonly double[] X = [-2, -1, 0, 1, 2];

    [Fact]
    public void Drops_the_later_of_columns_that_say_the_same_and_tells_the_combination()
    {
        var rank = ColumnRank.Of([One, X, [.. X.Select(v => 3 - 2 * v)], [.. X.Select(v => v * v)]], [1, 1, 1, 1]);
        Assert.Equal([0, 1, 3], rank.Kept);
        var aliased = Assert.Single(rank.Aliased);
        Assert.Equal(2, aliased.Column);
        Assert.Equal(3, aliased.Combination[0], 10);
        Assert.Equal(-2, aliased.Combination[1], 10);
        Assert.Equal(0, aliased.Combination[3], 10);
    }

    [Fact]
    public void Keeps_a_column_that_differs_by_more_than_one_part_in_ten_million()
    {
        double[] Near(double distance) => [.. X.Select(v => v + distance * v * v)];
        Assert.Equal(2, ColumnRank.Of([X, Near(1e-5)], [1, 1]).Kept.Count);
        Assert.Single(ColumnRank.Of([X, Near(1e-9)], [1, 1]).Kept);
    }

    [Fact]
    public void Drops_a_column_of_zeros() => Assert.Equal([0], ColumnRank.Of([One, new double[5]], [1, double.PositiveInfinity]).Kept);
}
