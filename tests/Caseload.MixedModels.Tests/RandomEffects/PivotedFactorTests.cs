using Caseload.MixedModels.RandomEffects;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.RandomEffects;

/// <summary>The factor of a covariance matrix in the order of its variances.</summary>
public sealed class PivotedFactorTests
{
    // Products of a matrix of some columns with itself: singular where there are fewer columns than rows.
    private static readonly Gen<double[,]> Covariances =
        from size in Gen.Choose(1, 5)
        from columns in Gen.Choose(1, 5)
        from numbers in Gen.Choose(-1000, 1000).ArrayOf(size * columns)
        select Product(numbers, size, columns);

    [Fact]
    public void Times_itself_is_the_matrix_in_its_order() => Properties.Hold(Covariances, covariance =>
    {
        var (order, factor) = PivotedFactor.Of(covariance);
        var size = order.Length;
        Assert.Equal(Enumerable.Range(0, size), order.Order());
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var product = Enumerable.Range(0, size).Sum(k => factor[row, k] * factor[column, k]);
                Assert.Equal(covariance[order[row], order[column]], product, 1e-12);
            }

            Assert.True(row == 0 || factor[row, row] <= factor[row - 1, row - 1]);
        }
    }, count: 100);

    [Fact]
    public void Puts_an_effect_without_variance_last()
    {
        var (order, factor) = PivotedFactor.Of(new[,] { { 0.0, 0, 0 }, { 0, 4, 2 }, { 0, 2, 5 } });
        Assert.Equal([2, 1, 0], order);
        Assert.Equal(Math.Sqrt(5), factor[0, 0], 1e-15);
        Assert.Equal(Math.Sqrt(3.2), factor[1, 1], 1e-15);
        Assert.Equal(0, factor[2, 2]);
    }

    private static double[,] Product(int[] numbers, int size, int columns)
    {
        var product = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                for (var k = 0; k < columns; k++)
                    product[row, column] += numbers[row * columns + k] * numbers[column * columns + k] / 1e6;
            }
        }

        return product;
    }
}
