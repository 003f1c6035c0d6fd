using Caseload.Figures;

namespace Caseload.Tests.Figures;

public sealed class NumberTextTests
{
    [Fact]
    public void Numbers_are_set_as_a_bulletin_sets_them()
    {
        Assert.Equal("498,867", NumberText.Count(498_867));
        Assert.Equal("−0.25", NumberText.Fixed(-0.25, 2));
        Assert.Equal("0.0", NumberText.Fixed(-0.04, 1));
        Assert.Equal("54.5%", NumberText.Percent(0.545, 1));
        Assert.Equal("1.23 (1.10 to 1.37)", NumberText.Interval(1.234, 1.1, 1.371, 2));
        Assert.Equal("< 0.001", NumberText.PValue(0.0004));
        Assert.Equal("0.5671", NumberText.General(0.56712));
    }

    [Fact]
    public void What_is_no_number_is_a_dash() =>
        Assert.Equal(["–", "–", "–"], [NumberText.Fixed(double.NaN, 1), NumberText.Percent(double.PositiveInfinity, 1),
            NumberText.General(double.NaN)]);
}
