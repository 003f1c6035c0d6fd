using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Tests.Likelihoods;

public sealed class DispersionTermsTests
{
    private static readonly (double Count, double Weight)[] Histogram = [(0, 3), (1, 2.5), (4, 1), (10, 2), (11, 1), (37, 0.5), (3000, 1)];

    // The slow twin adds up every logarithm.
    [Theory]
    [InlineData(-6)]
    [InlineData(0)]
    [InlineData(2.3)]
    [InlineData(9)]
    [InlineData(25)]
    public void Equal_sums_written_out(double kappa)
    {
        var d = Math.Exp(kappa);
        var (value, slope, curve) = (0.0, 0.0, 0.0);
        foreach (var (count, weight) in Histogram)
        {
            for (var j = 0; j < count; j++)
            {
                value += weight * StableFunctions.LogOnePlus(j / d);
                slope -= weight * j / (d + j);
                curve += weight * j * d / ((d + j) * (d + j));
            }
        }

        var found = new DispersionTerms(Histogram).At(kappa);
        Assert.Equal(value, found.Value, 1e-12 * (Math.Abs(value) + 3000));
        Assert.Equal(slope, found.Slope, 1e-12 * (Math.Abs(slope) + 3000));
        Assert.Equal(curve, found.Curve, 1e-12 * (Math.Abs(curve) + 3000));
    }

    [Fact]
    public void Know_the_moments_of_the_counts()
    {
        var terms = new DispersionTerms([(0, 2), (3, 1), (5, 1)]);
        Assert.Equal(2, terms.MeanCount);
        Assert.Equal(34, terms.SumOfSquares);
    }
}
