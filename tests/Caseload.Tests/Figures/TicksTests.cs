using Caseload.Figures;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Figures;

public sealed class TicksTests
{
    [Fact]
    public void A_linear_axis_counts_in_ones_twos_and_fives()
    {
        Assert.Equal([0, 10, 20, 30, 40, 50, 60], Ticks.Linear(0, 60));
        Assert.Equal([0, 0.1, 0.2, 0.3], Ticks.Linear(0, 0.3).Where((_, i) => i % 2 == 0));
        Assert.Equal([-2, -1, 0, 1], Ticks.Linear(-2.4, 1.7).Where(t => t == Math.Round(t)));
    }

    [Fact]
    public void A_log_axis_shows_round_ratios()
    {
        Assert.Equal([0.5, 1, 2, 5], Ticks.Log(0.4, 6).Where(t => t is 0.5 or 1 or 2 or 5));
        Assert.Contains(1, Ticks.Log(0.9, 1.15));
        Assert.InRange(Ticks.Log(1e-6, 1e9).Count, 3, 9);
    }

    [Fact]
    public void Ticks_of_one_axis_have_the_decimals_that_the_finest_needs()
    {
        Assert.Equal(["0.0", "0.5", "1.0"], Ticks.Labelled([0, 0.5, 1], AxisFormat.Number).Select(t => t.Text));
        Assert.Equal(["0%", "25%", "50%"], Ticks.Labelled([0, 0.25, 0.5], AxisFormat.Percent).Select(t => t.Text));
        Assert.Equal(["−1,000", "0", "1,000"], Ticks.Labelled([-1000, 0, 1000], AxisFormat.Number).Select(t => t.Text));
    }

    [Fact]
    public void Any_range_is_covered_by_three_to_nine_ticks_in_order()
    {
        var ranges = Gen.Choose(-100_000, 100_000).Two().Where(t => t.Item1 != t.Item2).ToArbitrary();
        Prop.ForAll(ranges, ends =>
        {
            var (low, high) = (Math.Min(ends.Item1, ends.Item2) / 1000.0, Math.Max(ends.Item1, ends.Item2) / 1000.0);
            var (min, max) = Ticks.Cover(low, high);
            var ticks = Ticks.Linear(min, max);
            return min <= low && max >= high && ticks[0] == min && ticks[^1] == max && ticks.Count is >= 3 and <= 10
                && ticks.SequenceEqual(ticks.Order().Distinct());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_log_axis_of_any_range_has_ticks_inside_it()
    {
        var ranges = (from low in Gen.Choose(1, 5000) from factor in Gen.Choose(1100, 500_000) select (low / 1000.0,
            low / 1000.0 * factor / 1000.0)).ToArbitrary();
        Prop.ForAll(ranges, range =>
        {
            var ticks = Ticks.Log(range.Item1, range.Item2);
            return ticks.Count is >= 2 and <= 9 && ticks.All(t => t >= range.Item1 * 0.999999 && t <= range.Item2 * 1.000001);
        }).QuickCheckThrowOnFailure();
    }
}
