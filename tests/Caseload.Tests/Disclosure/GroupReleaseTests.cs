using Caseload.Descriptives;
using Caseload.Disclosure;
using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests.Disclosure;

/// <summary>Which groups are hidden together: constructed worst cases, and what holds for all.</summary>
public sealed class GroupReleaseTests
{
    private static readonly DisclosurePolicy Exact = DisclosurePolicy.Presets.Single(p => p.Name == "dfe-2010-11");

    [Fact]
    public void A_group_of_one_child_takes_the_smallest_other_group_with_it() =>
        Assert.Equal(["b", "c"], Hidden(Exact, Group("a", 100, 200), Group("b", 1, 1), Group("c", 20, 40), Group("d", 30, 60)));

    [Fact]
    public void True_zeros_are_shown_and_in_a_secure_room_they_are_not()
    {
        RiskGroup[] groups = [Group("a", 100, 200), Group("b", 0, 40), Group("c", 50, 90)];

        Assert.Empty(Hidden(Exact, groups));
        Assert.Contains("b", Hidden(DisclosurePolicy.Presets.Single(p => p.Name == "sre-10"), groups));
    }

    [Fact]
    public void A_small_difference_between_all_and_the_eligible_hides_the_group_in_both()
    {
        // Of 40 children 38 are eligible by age: 2 are not.
        var released = GroupRelease.Of(Exact, [Group("a", 100, 200), Group("b", 20, 40) with { Eligible = new(18, 38) }, Group("c", 50, 100)]);

        Assert.True(released[1].All.IsSuppressed && released[1].Eligible.IsSuppressed);
    }

    [Fact]
    public void So_does_a_small_number_of_eligible_children_outside_the_model() =>
        Assert.Contains("b", Hidden(
            Exact, Group("a", 100, 200) with { Modelled = new(60, 120) }, Group("b", 20, 40) with { Modelled = new(18, 36) }, Group("c", 50, 100)));

    [Fact]
    public void Hidden_groups_whose_sum_would_pin_them_take_more_with_them()
    {
        // Five groups of one re-referred child each: their sum of 5 would say so.
        RiskGroup[] ones = [.. Enumerable.Range(0, 5).Select(i => Group($"one{i}", 1, 30))];

        Assert.Equal(["big"], Shown(Exact, [Group("big", 300, 500), Group("small", 10, 20), .. ones]));
    }

    [Fact]
    public void Where_one_hidden_group_alone_has_children_of_a_kind_another_that_has_some_is_hidden()
    {
        // All 5 re-referred of the two smallest groups are of one of them, and that the other has none may be known.
        Assert.Equal(["five", "none", "some"], Hidden(Exact, Group("five", 5, 20), Group("none", 0, 3), Group("some", 9, 40), Group("big", 99, 300)));
    }

    [Fact]
    public void Where_nothing_protects_a_variable_not_even_its_groups_are_listed()
    {
        var released = GroupRelease.Of(Exact, [Group("a", 2, 100), Group("b", 2, 100), Group("c", 2, 100)]);

        Assert.Equal("(the groups are not shown)", Assert.Single(released).Label);
    }

    [Fact]
    public void Two_variables_of_the_same_children_are_hidden_each_for_itself()
    {
        var released = GroupRelease.Of(Exact,
            [Group("a", 100, 200), Group("b", 60, 100), Group("x", 157, 297) with { Variable = "other" }, Group("y", 3, 3) with { Variable = "other" }]);

        Assert.Equal(["a", "b"], released.Where(g => !g.All.IsSuppressed).Select(g => g.Code));
    }

    [Fact]
    public void A_small_authority_is_not_named_and_not_alone()
    {
        RiskGroup[] authorities = [.. new[] { 8, 60, 70, 80 }.Select((n, i) => Group($"20{i}", 0, n) with { Variable = "authority", Modelled = new(0, n) })];
        var policy = DisclosurePolicy.Standard with { SmallestAuthority = 10 };

        Assert.Equal(["202", "203"], GroupRelease.Of(policy, [.. authorities.Select(a => a with { All = new(0, a.All.Of), Eligible = new(0, a.All.Of) })])
            .Where(g => !g.All.IsSuppressed).Select(g => g.Code));
    }

    [Fact]
    public void The_pattern_of_a_stricter_policy_holds_that_of_a_weaker_one() => Properties.Hold(Groups, groups =>
    {
        for (var threshold = 1; threshold < 12; threshold++)
        {
            var (weak, strict) = (Exact with { SmallestCount = threshold }, Exact with { SmallestCount = threshold + 1 });
            Assert.Empty(Shown(strict, groups).Except(Shown(weak, groups)));
            Assert.Empty(Shown(weak with { ShowZeros = false }, groups).Except(Shown(weak, groups)));
        }
    }, 200);

    [Fact]
    public void What_is_shown_is_made_of_counts_that_are_0_or_above_the_threshold() => Properties.Hold(Groups, groups =>
    {
        foreach (var group in GroupRelease.Of(Exact, groups).Where(g => !g.All.IsSuppressed && !g.Eligible.IsSuppressed))
        {
            int[] counts =
            [
                group.Eligible.Count!.Value, group.Eligible.Total!.Value - group.Eligible.Count!.Value,
                group.All.Count!.Value - group.Eligible.Count!.Value,
                group.All.Total!.Value - group.Eligible.Total!.Value - (group.All.Count!.Value - group.Eligible.Count!.Value),
            ];
            Assert.All(counts, c => Assert.True(c is 0 or > 5, string.Join(' ', counts)));
        }
    }, 300);

    [Fact]
    public void Rounding_changes_what_is_written_and_not_what_is_hidden() => Properties.Hold(Groups, groups =>
        Assert.Equal(Shown(Exact, groups), Shown(Exact with { RoundTo = 10 }, groups)), 200);

    private static string[] Hidden(DisclosurePolicy policy, params RiskGroup[] groups) =>
        [.. GroupRelease.Of(policy, groups).Where(g => g.All.IsSuppressed).Select(g => g.Code).Order(StringComparer.Ordinal)];

    private static string[] Shown(DisclosurePolicy policy, params RiskGroup[] groups) =>
        [.. GroupRelease.Of(policy, groups).Where(g => !g.All.IsSuppressed).Select(g => g.Code)];

    // All are eligible and in the model unless a test says otherwise.
    private static RiskGroup Group(string code, int rereferred, int children) =>
        new("need", "Need", code, code, new(rereferred, children), new(rereferred, children)) { Modelled = new(rereferred, children) };

    private static Gen<int> Count => Gen.Frequency((2, Gen.Choose(0, 3)), (2, Gen.Choose(4, 8)), (4, Gen.Choose(9, 400)));

    private static Gen<Proportion> Part => from a in Count from b in Count select new Proportion(a, a + b);

    private static Gen<RiskGroup> OneGroup =>
        from model in Part
        from outside in Part
        from aged in Part
        let eligible = new Proportion(model.Count + outside.Count, model.Of + outside.Of)
        select new RiskGroup("need", "Need", "", "", new(eligible.Count + aged.Count, eligible.Of + aged.Of), eligible) { Modelled = model };

    private static Gen<RiskGroup[]> Groups => from length in Gen.Choose(2, 9)
                                              from groups in OneGroup.ArrayOf(length)
                                              select groups.Select((g, i) => g with { Code = ((char)('a' + i)).ToString() }).ToArray();
}
