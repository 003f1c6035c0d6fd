using System.Text.Json;
using Caseload.Descriptives;
using Caseload.Disclosure;
using Caseload.Frames;

namespace Caseload.Tests.Disclosure;

/// <summary>The one record of what may leave the kit, its presets, and the file in which a person writes another.</summary>
public sealed class DisclosurePolicyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("standard", 5, true, 10, "c", 10)]
    [InlineData("dfe-2010-11", 5, true, 1, "x", 6)]
    [InlineData("dfe-2020-21", 5, true, 10, "c", 6)]
    [InlineData("sre-10", 9, false, 1, "c", 10)]
    [InlineData("open", 0, true, 1, "c", 0)]
    public void Each_preset_says_what_its_source_says(string name, int threshold, bool zeros, int rounding, string mark, int forMeans)
    {
        var policy = Preset(name);

        Assert.Equal(
            (threshold, zeros, rounding, mark, forMeans),
            (policy.SmallestCount, policy.ShowZeros, policy.RoundTo, policy.Mark, policy.SmallestForMeans));
        Assert.True(policy.Secondary);
    }

    [Fact]
    public void Real_data_are_controlled_unless_they_say_otherwise()
    {
        Assert.Same(DisclosurePolicy.Standard, DisclosurePolicy.For(isSimulated: false));
        Assert.Same(DisclosurePolicy.Open, DisclosurePolicy.For(isSimulated: true));
    }

    [Theory]
    [InlineData("standard", 5, null)]
    [InlineData("standard", 6, 10)]
    [InlineData("standard", 0, 0)]
    [InlineData("dfe-2010-11", 6, 6)]
    [InlineData("sre-10", 0, null)]
    [InlineData("sre-10", 9, null)]
    [InlineData("sre-10", 10, 10)]
    [InlineData("open", 1, 1)]
    public void A_count_that_stands_alone_is_shown_above_the_threshold(string name, int count, int? shown) =>
        Assert.Equal(shown, Preset(name).Release(count));

    [Fact]
    public void A_share_near_100_percent_gives_away_the_few_others() =>
        Assert.True(Preset("dfe-2010-11").Release(new Proportion(97, 100)).IsSuppressed);

    [Fact]
    public void The_share_of_rounded_counts_is_that_of_the_counts_shown()
    {
        // 33.0% of the exact counts; 30 of 110 are shown.
        var shown = DisclosurePolicy.Standard.Release(new Proportion(34, 105));

        Assert.Equal((30, 110, 0.273), (shown.Count, shown.Total, shown.Value));
        Assert.Null(DisclosurePolicy.Standard.Release(new Proportion(34, 90)).Value);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Means_and_quantiles_of_fewer_than_10_children_are_refused_in_a_secure_room(int children, bool shown)
    {
        Assert.Equal(shown, Preset("sre-10").ReleaseMean(2.5, children) is not null);
        Assert.Equal(shown, Preset("sre-10").ReleaseQuantile(2.5, children) is not null);
    }

    [Theory]
    [InlineData(new double[] { 60, 30, 4, 3, 2, 1 }, true)] // two make up 90%
    [InlineData(new double[] { 40, 30, 10, 10, 5, 5 }, false)]
    [InlineData(new double[] { 80, 0.1, 7, 5, 3, 3 }, true)] // 80 + 7 of 98.1
    [InlineData(new double[] { 0, 0, 0, 0, 0, 0 }, false)]
    public void A_sum_that_a_few_dominate_is_refused(double[] contributions, bool refused) =>
        Assert.Equal(refused, DisclosurePolicy.Standard.ReleaseSum(contributions) is null);

    [Fact]
    public void The_second_largest_may_not_know_the_largest_within_a_tenth()
    {
        var rule = new DominanceRule(0, 100, 10);

        Assert.True(rule.IsDominated([100, 50, 9]));
        Assert.False(rule.IsDominated([100, 50, 10]));
    }

    [Fact]
    public void A_sum_of_as_few_as_the_threshold_is_refused() => Assert.Null(DisclosurePolicy.Standard.ReleaseSum([1, 1, 1, 1, 1]));

    [Fact]
    public void Switched_off_it_says_so_with_the_reason()
    {
        var off = DisclosurePolicy.Off("a check of the file by its owner");

        Assert.Equal((true, true), (off.IsOff, off.ShowsAll));
        Assert.Contains("a check of the file by its owner", off.Notice, StringComparison.Ordinal);
        Assert.Contains("off", off.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_is_read_back_as_it_was_written()
    {
        foreach (var policy in DisclosurePolicy.Presets)
            Assert.Equal(policy, PolicyJson.Read(folder.File("policy.json", JsonSerializer.Serialize(policy, JsonSerializerOptions.Web))));
    }

    [Fact]
    public void What_a_file_leaves_out_is_as_the_record_says()
    {
        var policy = PolicyJson.Read(folder.File("policy.json", """{ "name": "ours", "smallestCount": 9 }"""));

        Assert.Equal(new DisclosurePolicy { Name = "ours", SmallestCount = 9 }, policy);
    }

    [Theory]
    [InlineData("""{ "name": "ours" }""")]
    [InlineData("""{ "name": "ours", "smallestCount": 9, "treshold": 3 }""")]
    [InlineData("""{ "name": "ours", "smallestCount": "9" }""")]
    [InlineData("""{ "name": "ours", "smallestCount": -1 }""")]
    [InlineData("""{ "name": "", "smallestCount": 9 }""")]
    [InlineData("""{ "name": null, "smallestCount": 9 }""")]
    [InlineData("""{ "name": "ours", "smallestCount": 9, "roundTo": 5 }""")]
    [InlineData("""{ "name": "ours", "smallestCount": 9, "mark": "7" }""")]
    [InlineData("""{ "name": "ours", "smallestCount": 9, "dominance": null }""")]
    [InlineData("""{ "name": "ours", "smallestCount": 9, "reason": "none" }""")]
    [InlineData("""{ "name": "ours", "smallestCount": 9, "words": "everything is hidden" }""")]
    [InlineData("null")]
    [InlineData("{")]
    public void A_file_that_is_no_policy_is_told_as_such(string text) => Assert.Equal(
        ProblemKind.Unreadable, Assert.Throws<ProblemException>(() => PolicyJson.Read(folder.File("policy.json", text))).Problem.Kind);

    public void Dispose() => folder.Dispose();

    private static DisclosurePolicy Preset(string name) => DisclosurePolicy.Presets.Single(p => p.Name == name);
}
