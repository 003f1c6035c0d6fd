using Caseload.MixedModels.Likelihoods;

namespace Caseload.MixedModels.Tests.Likelihoods;

public sealed class GaussHermiteTests
{
    // Abramowitz and Stegun (1964), table 25.10, for the weight exp(-x^2): x times sqrt(2), w divided by sqrt(pi).
    [Theory]
    [InlineData(2, 1, 0.707106781186548, 0.8862269254528)]
    [InlineData(3, 1, 0.0, 1.181635900604)]
    [InlineData(3, 2, 1.224744871391589, 0.2954089751509)]
    [InlineData(5, 3, 0.958572464613819, 0.3936193231522)]
    [InlineData(5, 4, 2.020182870456086, 0.01995324205905)]
    [InlineData(10, 9, 3.436159118837738, 7.640432855233e-6)]
    [InlineData(20, 19, 5.387480890011, 2.229393645534e-13)]
    public void Has_the_published_nodes_and_weights(int points, int k, double node, double weight)
    {
        var rule = GaussHermite.Of(points);
        Assert.Equal(node * Math.Sqrt(2), rule.Nodes[k], 1e-11);
        Assert.Equal(1, rule.Weights[k] * Math.Sqrt(Math.PI) / weight, 1e-11);
    }

    [Fact]
    public void Has_the_moments_of_the_normal_distribution_for_every_number_of_points()
    {
        for (var points = 1; points <= GaussHermite.MostPoints; points++)
        {
            var rule = GaussHermite.Of(points);
            var moment = 1.0;
            for (var degree = 0; degree <= Math.Min(2 * points - 1, 60); degree++)
            {
                if (degree > 0 && degree % 2 == 0) moment *= degree - 1;
                var sum = rule.Nodes.Zip(rule.Weights, (z, w) => w * Math.Pow(z, degree)).Sum();
                if (degree % 2 == 1) Assert.Equal(0, sum / moment, 1e-13);
                else Assert.Equal(1, sum / moment, 2e-13);
            }
        }
    }

    // The k-th root of a Hermite polynomial lies between its neighbours of one degree less, so none is missed or found twice.
    [Fact]
    public void Has_nodes_that_interlace_and_end_at_rounding()
    {
        for (var points = 2; points <= GaussHermite.MostPoints; points++)
        {
            var (rule, less) = (GaussHermite.Of(points).Nodes, GaussHermite.Of(points - 1).Nodes);
            for (var k = 0; k < less.Length; k++) Assert.True(rule[k] < less[k] && less[k] < rule[k + 1]);

            // The sum of squares of the roots of He_K is K (K - 1), and the product rule of Vieta holds node by node to 1e-14.
            Assert.Equal(1, rule.Sum(z => z * z) / ((double)points * (points - 1)), 1e-14);
            Assert.All(rule, z => Assert.True(Math.Abs(NewtonStep(points, z)) <= 1e-14 * Math.Max(1, Math.Abs(z))));
        }
    }

    // The next step of Newton's method in decimal arithmetic of 28 digits, on the recurrence of the monic polynomials as ratios
    // r_n = He_n / He_(n-1) = z - (n - 1) / r_(n-1); He_n' = n He_(n-1).
    private static double NewtonStep(int degree, double node)
    {
        var z = (decimal)0;
        z += new decimal(Math.Truncate(node)) + new decimal(Math.Round((node - Math.Truncate(node)) * 1e15)) / 1e15m;
        var lost = node - (double)z;
        var ratio = z;
        for (var n = 2; n <= degree; n++)
        {
            if (ratio == 0) ratio = 1e-27m;
            ratio = z - (n - 1) / ratio;
        }

        return (double)(ratio / degree) + lost;
    }
}
