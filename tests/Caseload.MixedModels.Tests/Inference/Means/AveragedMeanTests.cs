using Caseload.MixedModels.Inference.Means;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests.Inference.Means;

public sealed class AveragedMeanTests
{
    public static TheoryData<Link> Links => [Link.Logit, Link.Probit, Link.Cloglog, Link.Log, Link.Identity];

    [Theory]
    [MemberData(nameof(Links))]
    public void Derivatives_of_the_inverse_link_are_those_of_its_values(Link link)
    {
        double[] points = [-4, -1.3, 0, 0.4, 1.2];
        foreach (var eta in points)
        {
            var at = InverseLink.At(link, eta);
            Assert.Equal(Differences.First([eta], 0, 1e-3, e => InverseLink.At(link, e[0]).Value), at.Slope, 1e-9);
            Assert.Equal(Differences.First([eta], 0, 1e-3, e => InverseLink.At(link, e[0]).Slope), at.Curve, 1e-9);
            Assert.Equal(eta, InverseLink.Of(link, at.Value), 1e-9);
        }
    }

    [Theory]
    [InlineData(Link.Logit, -800, 0, 0)]
    [InlineData(Link.Logit, 800, 1, 0)]
    [InlineData(Link.Probit, -60, 0, 0)]
    [InlineData(Link.Cloglog, 800, 1, 0)]
    [InlineData(Link.Cloglog, -800, 0, 0)]
    public void The_inverse_link_is_finite_far_out(Link link, double eta, double value, double slope)
    {
        var at = InverseLink.At(link, eta);
        Assert.Equal((value, slope), (at.Value, at.Slope));
        Assert.True(double.IsFinite(at.Curve));
    }

    // The slow twin: the trapezoid rule, which is exact to rounding for integrands that are analytic and die out.
    [Theory]
    [MemberData(nameof(Links))]
    public void Is_the_integral_over_the_random_effects(Link link)
    {
        double[] variances = [0, 0.05, 0.7, 1, 1.1, 2, 6];
        foreach (var variance in variances)
        {
            var (at, tolerance) = (AveragedMean.At(link, 0.6, variance), link == Link.Log && variance > 2 ? 1e-8 : 1e-9);
            Assert.Equal(Integral(eta => InverseLink.At(link, eta).Value), at.Value, tolerance);
            Assert.Equal(Integral(eta => InverseLink.At(link, eta).Slope), at.Slope, tolerance);
            Assert.Equal(Integral(eta => InverseLink.At(link, eta).Curve) / 2, at.VarianceSlope, tolerance);
            if (variance == 0.7)
                Assert.Equal(Differences.First([variance], 0, 1e-3, v => AveragedMean.At(link, 0.6, v[0]).Value), at.VarianceSlope, 1e-8);

            double Integral(Func<double, double> function) => Enumerable.Range(-4000, 8001).Select(k => k * 0.003)
                .Sum(z => 0.003 * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * function(0.6 + Math.Sqrt(variance) * z));
        }
    }

    [Fact]
    public void Of_a_probability_lies_between_its_value_at_0_and_a_half() => Properties.Hold(
        Gen.Choose(-400, 400).SelectMany(eta => Gen.Choose(1, 900).Select(v => (Eta: eta / 100.0, Variance: v / 100.0))), at =>
        {
            var (averaged, median) = (AveragedMean.At(Link.Logit, at.Eta, at.Variance).Value, InverseLink.At(Link.Logit, at.Eta).Value);
            Assert.InRange(averaged, Math.Min(median, 0.5) - 1e-12, Math.Max(median, 0.5) + 1e-12);
            Assert.Equal(1 - averaged, AveragedMean.At(Link.Logit, -at.Eta, at.Variance).Value, 1e-12);
        });

    [Theory]
    [InlineData(0.95, 1.959963984540054)]
    [InlineData(0.8, 1.2815515655446004)]
    [InlineData(0.5, 0.6744897501960817)]
    public void Intervals_have_the_half_width_of_the_normal_distribution(double level, double half)
    {
        Assert.Equal(half, StandardNormal.HalfWidth(level), 1e-12);
        Assert.Equal((1 + level) / 2, StandardNormal.Below(half), 1e-12);
        Assert.Equal(1 - level, StandardNormal.Beyond(-half), 1e-12);
    }
}
