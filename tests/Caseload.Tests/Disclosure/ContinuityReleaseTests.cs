using Caseload.Cohorts.Linkage;
using Caseload.Disclosure;
using Caseload.Frames;

namespace Caseload.Tests.Disclosure;

/// <summary>Counts of an authority's cases are a table of real data like any other.</summary>
public sealed class ContinuityReleaseTests
{
    private static readonly Continuity Evidence = new([
        new YearEvidence("201", 2011) { HasNext = true, OpenCases = 433, FoundAgain = 311, ChildrenNext = 40, MatchedBack = 37, Cases = 60 },
        new YearEvidence("202", 2011) { HasNext = true, OpenCases = 43, FoundAgain = 41, ChildrenNext = 40, MatchedBack = 20, Cases = 4 },
    ]);

    [Fact]
    public void Simulated_data_are_shown_as_they_are() =>
        Assert.Equal(FrameText.Table(Evidence.ToFrame(), 9), FrameText.Table(ContinuityRelease.ToFrame(Evidence, DisclosurePolicy.For(true)), 9));

    [Fact]
    public void Of_real_data_a_pair_with_a_few_in_one_part_is_hidden_and_the_score_is_that_of_rounded_counts()
    {
        var (first, second) = (ContinuityRelease.Of(Evidence, DisclosurePolicy.Standard)[0], ContinuityRelease.Of(Evidence, DisclosurePolicy.Standard)[1]);

        Assert.Equal((310, 430), (first.Found.Count, first.Found.Total));
        Assert.Equal(310.0 / 430, first.Score!.Value, 3);
        Assert.True(first.Back.IsSuppressed);
        Assert.Equal((null, null, null), (second.Found.Count, second.Found.Total, second.Score));
        Assert.True(second.Doubles.IsSuppressed);
    }

    [Fact]
    public void The_table_of_real_data_holds_no_exact_count()
    {
        var table = ContinuityRelease.ToFrame(Evidence, DisclosurePolicy.Standard);

        foreach (var column in new[] { "open_cases", "found_again", "children_next", "matched_back", "cases" })
            Assert.All(((IntegerColumn)table[column]).Values.ToArray(), v => Assert.True(v == IntegerColumn.Missing || v % 10 == 0));
    }
}
