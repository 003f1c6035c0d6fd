using Caseload.Descriptives;
using Caseload.Disclosure;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Disclosure;

/// <summary>What may leave the kit, attacked with nothing but subtraction.</summary>
public sealed class DisclosurePolicyTests
{
    private static readonly DisclosurePolicy Standard = DisclosurePolicy.Standard;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Counts_from_1_to_5_are_hidden_with_all_that_rests_on_them(int count)
    {
        var released = Standard.Release([new Proportion(count, 100), new(50, 100), new(60, 120)])[0];

        Assert.Equal(new Released(null, null, null, null, null, true), released);
    }

    [Fact]
    public void True_zeros_and_larger_counts_are_shown()
    {
        var released = Standard.Release([new Proportion(0, 100), new(6, 100), new(94, 100)]);

        Assert.All(released, r => Assert.False(r.IsSuppressed));
        Assert.Equal((10, 100, 0.1), (released[1].Count, released[1].Total, released[1].Value));
        Assert.Equal((0, 100, 0.0), (released[0].Count, released[0].Total, released[0].Value));
    }

    [Fact]
    public void A_share_near_100_percent_gives_away_the_few_others() => Assert.True(Standard.Release([new Proportion(97, 100), new(50, 100)])[0].IsSuppressed);

    [Fact]
    public void A_group_of_nobody_is_shown_as_nobody() => Assert.Equal(new Released(0, 0, null, null, null, false), Standard.Release([new Proportion(0, 0)])[0]);

    [Fact]
    public void The_smallest_of_the_others_is_hidden_with_a_single_one() =>
        Assert.Equal([null, 40, null, 0], Standard.Release([3, 43, 7, 0]));

    [Fact]
    public void A_zero_is_hidden_where_nothing_else_is_left() => Assert.Equal(2, Standard.Release([3, 0, 0]).Count(c => c is null));

    [Fact]
    public void Two_groups_of_one_child_each_are_known_by_their_sum_so_a_third_is_hidden() =>
        Assert.Equal([null, null, null, 30], Standard.Release([1, 1, 9, 30]));

    [Fact]
    public void Never_is_exactly_one_cell_hidden_in_a_block() => Properties.Hold(Blocks, counts =>
    {
        var shown = Standard.Release(counts);

        Assert.NotEqual(1, shown.Count(c => c is null));
        Assert.All(shown.Zip(counts), pair => Assert.True(pair.First is null || Math.Abs(pair.First.Value - pair.Second) <= Standard.RoundTo / 2));
        Assert.All(shown, c => Assert.True(c is null || c % Standard.RoundTo == 0));
        Assert.DoesNotContain(shown, c => c is > 0 and <= 5);
    }, 500);

    [Fact]
    public void No_count_from_1_to_5_follows_from_a_rounded_total_less_what_is_shown() => Properties.Hold(Blocks, counts =>
    {
        // The attacker knows the rounding and the rule, and takes for each shown cell and for the total the least or the most that it can be.
        var shown = Standard.Release(counts);
        if (Standard.Release(counts.Sum()) is not { } total || shown.All(c => c is null)) return;
        var cells = shown.OfType<int>().ToArray();
        var low = Least(total) - cells.Sum(Most);
        var high = Most(total) - cells.Sum(Least);

        // What is hidden adds up to a number between these; a cell of it is safe where two values from 1 to 5 are left for it.
        foreach (var _ in counts.Where(c => c is > 0 and <= 5))
        {
            var hidden = shown.Count(c => c is null);
            Assert.True(Math.Min(5, high - (hidden > 1 ? 1 : 0)) > Math.Max(1, hidden > 1 ? 1 : low), $"{string.Join(", ", counts)} leaves {low} to {high} for {hidden}");
        }
    }, 1000);

    [Fact]
    public void Never_is_exactly_one_proportion_hidden_in_a_block() => Properties.Hold(Proportions, block =>
    {
        var released = Standard.Release(block);

        Assert.NotEqual(1, released.Count(r => r.IsSuppressed));
        Assert.All(released, r => Assert.False(r.Count is > 0 and <= 5 || r.Total is > 0 and <= 5 || r.Total - r.Count is > 0 and <= 5));
    }, 500);

    [Fact]
    public void Neither_do_the_two_denominators_give_away_the_children_who_aged_out() => Properties.Hold(Groups, groups =>
    {
        foreach (var group in Standard.Release(groups))
        {
            if (group.All.IsSuppressed || group.Eligible.IsSuppressed) continue;
            Assert.Equal(0, (group.All.Total - group.Eligible.Total) % Standard.RoundTo);
            Assert.Equal(0, (group.All.Count - group.Eligible.Count) % Standard.RoundTo);
        }
    }, 500);

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Authorities_with_fewer_than_10_children_are_not_named(int children, bool named) => Assert.Equal(named, Standard.MayName(children));

    [Fact]
    public void Simulated_data_are_about_nobody_and_all_is_shown()
    {
        var open = DisclosurePolicy.For(isSimulated: true);

        Assert.Equal([1, 0, 5], open.Release([1, 0, 5]));
        Assert.Equal((1, 2, 0.5), (open.Release([new Proportion(1, 2)])[0].Count, open.Release([new Proportion(1, 2)])[0].Total, open.Release([new Proportion(1, 2)])[0].Value));
        Assert.True(open.MayName(1));
    }

    [Fact]
    public void Real_data_are_controlled_unless_they_say_otherwise() => Assert.Same(Standard, DisclosurePolicy.For(isSimulated: false));

    private static int Least(int shown) => shown == 0 ? 0 : Math.Max(6, shown - 5);

    private static int Most(int shown) => shown == 0 ? 0 : shown + 4;

    private static Gen<int> Count => Gen.Frequency((3, Gen.Choose(0, 3)), (2, Gen.Choose(4, 8)), (2, Gen.Choose(9, 400)));

    private static Gen<int[]> Blocks => from length in Gen.Choose(2, 7) from counts in Count.ArrayOf(length) select counts;

    private static Gen<Proportion[]> Proportions => from length in Gen.Choose(2, 7) from block in OneProportion.ArrayOf(length) select block;

    private static Gen<RiskGroup[]> Groups => from length in Gen.Choose(2, 7)
                                              from block in OneGroup.ArrayOf(length)
                                              select block.Select((g, i) => g with { Code = i.ToString(System.Globalization.CultureInfo.InvariantCulture) }).ToArray();

    private static Gen<Proportion> OneProportion => from a in Count from b in Count select new Proportion(a, a + b);

    private static Gen<RiskGroup> OneGroup => from eligible in OneProportion
                                              from aged in OneProportion
                                              select new RiskGroup("need", "Need", "", "", new Proportion(eligible.Count + aged.Count, eligible.Of + aged.Of), eligible);
}
