using Caseload.MixedModels.Numerics;

namespace Caseload.MixedModels.Tests.Numerics;

public sealed class CrossProductTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1000)]
    [InlineData(3, 129)]
    [InlineData(4, 4)]
    [InlineData(5, 130)]
    [InlineData(24, 517)]
    public void Equals_the_sum_written_out(int width, int cells)
    {
        var random = new Random(width);
        var columns = Enumerable.Range(0, width)
            .Select(_ => Enumerable.Range(0, cells + 7).Select(_ => random.NextDouble() - 0.5).ToArray()).ToArray();
        var weights = Enumerable.Range(0, cells).Select(_ => random.NextDouble() - 0.3).ToArray();
        var sum = new double[width + 1, width + 1];
        new CrossProduct(columns).AddTo(7, weights, sum);
        for (var row = 0; row < width; row++)
        {
            for (var column = 0; column <= row; column++)
                Assert.Equal(Enumerable.Range(0, cells).Sum(i => weights[i] * columns[row][i + 7] * columns[column][i + 7]),
                    sum[row, column], 1e-11);
        }

        Assert.Equal(0, sum[width, width]);
        Assert.All(Enumerable.Range(1, width - 1), k => Assert.Equal(0, sum[0, k]));
    }
}
