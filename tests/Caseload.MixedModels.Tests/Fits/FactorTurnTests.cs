using Caseload.MixedModels.Fits;
using Caseload.MixedModels.RandomEffects;

namespace Caseload.MixedModels.Tests.Fits;

public sealed class FactorTurnTests
{
    private static readonly FactorElement[] Elements = [.. Enumerable.Range(0, 4).SelectMany(column =>
        Enumerable.Range(column, 4 - column).Select(row => new FactorElement(0, row, column, "")))];

    // Elements stand column after column: 4 of the first, 3 of the second, 2 of the third, 1 of the fourth.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_the_diagonal_element_is_0_the_covariance_matrix_stays_and_the_next_column_is_0(int column)
    {
        double[] point = [0.9, -0.3, 0.4, 0.2, 0.7, 0.5, -0.6, 0.3, 0.25, 0.4];
        point[column == 1 ? 4 : 7] = 0;
        var turned = FactorTurn.Of(Elements, point)!;
        var (before, after) = (Covariance(point), Covariance(turned));
        for (var row = 0; row < 4; row++)
        {
            for (var other = 0; other < 4; other++) Assert.Equal(before[row, other], after[row, other], 1e-12);
        }

        Assert.All(Enumerable.Range(0, Elements.Length).Where(e => Elements[e].Column == column + 1), e => Assert.Equal(0, turned[e]));
    }

    [Fact]
    public void There_is_nothing_to_turn_where_diagonal_elements_are_large_or_nothing_comes_after()
    {
        Assert.Null(FactorTurn.Of(Elements, [0.9, -0.3, 0.4, 0.2, 0.7, 0.5, -0.6, 0.3, 0.25, 0.4]));
        Assert.Null(FactorTurn.Of(Elements, [0.9, -0.3, 0.4, 0.2, 0.7, 0.5, -0.6, 0.001, 0.25, 0]));
        Assert.Null(FactorTurn.Of([new(0, 0, 0, ""), new(0, 1, 1, "")], [0.001, 0.5]));
    }

    private static double[,] Covariance(double[] point)
    {
        var matrix = new double[4, 4];
        for (var one = 0; one < Elements.Length; one++)
        {
            for (var two = 0; two < Elements.Length; two++)
            {
                if (Elements[one].Column == Elements[two].Column)
                    matrix[Elements[one].Row, Elements[two].Row] += point[one] * point[two];
            }
        }

        return matrix;
    }
}
