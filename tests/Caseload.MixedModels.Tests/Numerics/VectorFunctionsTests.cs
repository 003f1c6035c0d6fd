using System.Runtime.Intrinsics;
using Caseload.MixedModels.Numerics;
using MathNet.Numerics;

namespace Caseload.MixedModels.Tests.Numerics;

public sealed class VectorFunctionsTests
{
    [Fact]
    public void Exp_agrees_with_the_platform_to_two_units_in_the_last_place()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var x = (random.NextDouble() * 2 - 1) * (i % 2 == 0 ? 1 : 700);
            Assert.Equal(1, VectorFunctions.Exp(Vector256.Create(x))[0] / Math.Exp(x), 4.5e-16);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-708.5, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Exp_ends_in_0_and_infinity(double x, double expected) =>
        Assert.Equal(expected, VectorFunctions.Exp(Vector256.Create(x))[3]);

    // Both are exact to two units in the last place or so.
    [Fact]
    public void LogOnePlus_agrees_with_its_series_and_the_platform_wherever_it_is_asked()
    {
        var random = new Random(2);
        for (var i = 0; i < 100_000; i++)
        {
            var t = i % 2 == 0 ? random.NextDouble() : Math.Exp(-40 * random.NextDouble());
            var expected = t < 1e-5 ? t - t * t / 2 + t * t * t / 3 : SpecialFunctions.Log1p(t);
            Assert.Equal(1, VectorFunctions.LogOnePlus(Vector256.Create(t))[1] / expected, 9e-16);
        }

        Assert.Equal(0, VectorFunctions.LogOnePlus(Vector256.Create(0.0))[2]);
        Assert.Equal(Math.Log(2), VectorFunctions.LogOnePlus(Vector256.Create(1.0))[2], 1e-16);
    }
}
