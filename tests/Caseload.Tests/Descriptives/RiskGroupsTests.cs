using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Frames;
using Caseload.Schemas;
using Caseload.Tests.Results;
using FsCheck.Fluent;

namespace Caseload.Tests.Descriptives;

/// <summary>Re-referral by risk group, under both denominators.</summary>
public sealed class RiskGroupsTests
{
    private static readonly DataPackage Package = DataPackage.Load();

    [Fact]
    public void The_groups_of_every_column_add_up_to_the_cohort_under_both_denominators() => Properties.Hold(Gen.Choose(1, 100_000), seed =>
    {
        var children = SampleCohort.Draw(seed, 1 + (seed % 80));
        var cohort = SampleCohort.Of(children);
        foreach (var column in RiskGroups.Columns.Append("authority"))
        {
            var groups = RiskGroups.By(cohort, column, Package);

            Assert.Equal(children.Length, groups.Sum(g => g.All.Of));
            Assert.Equal(children.Count(c => c.Rereferred), groups.Sum(g => g.All.Count));
            Assert.Equal(children.Count(c => c.Eligible == true), groups.Sum(g => g.Eligible.Of));
            Assert.Equal(children.Count(c => c is { Eligible: true, Rereferred: true }), groups.Sum(g => g.Eligible.Count));
            Assert.Equal(groups.Count, groups.DistinctBy(g => g.Code).Count());
        }
    }, 40);

    [Fact]
    public void A_group_counts_its_own_children_only()
    {
        var groups = By("sex", [new() { Sex = "female", Rereferred = true }, new() { Sex = "female", Eligible = false }, new() { Sex = "male", Rereferred = true, Eligible = null }]);

        Assert.Equal(new Proportion(1, 2), groups.Single(g => g.Code == "female").All);
        Assert.Equal(new Proportion(1, 1), groups.Single(g => g.Code == "female").Eligible);
        Assert.Equal(new Proportion(1, 1), groups.Single(g => g.Code == "male").All);

        // Whose age is not known is not eligible, and is not left out of all children.
        Assert.Equal(new Proportion(0, 0), groups.Single(g => g.Code == "male").Eligible);
    }

    [Fact]
    public void Groups_stand_in_the_order_of_the_code_list_and_not_of_the_alphabet()
    {
        string[] order = ["unborn", "0", "1-4", "5-9", "10-12", "13-15"];
        var groups = By("age_group", [.. order.Order(StringComparer.Ordinal).Select(a => new SampleChild { AgeGroup = a })]);

        Assert.Equal(order, groups.Select(g => g.Code));
        Assert.Equal(["Unborn", "Under 1", "1 to 4", "5 to 9", "10 to 12", "13 to 15"], groups.Select(g => g.Label));
    }

    [Fact]
    public void Missing_cells_are_a_group_of_their_own_at_the_end()
    {
        var groups = By("need", [new() { Need = null, Rereferred = true }, new() { Need = "N9" }, new() { Need = "N1" }]);

        Assert.Equal(["Abuse or neglect", "Cases other than children in need", "Not recorded"], groups.Select(g => g.Label));
        Assert.Equal(("", new Proportion(1, 1)), (groups[2].Code, groups[2].All));
    }

    [Fact]
    public void Flags_read_as_no_and_yes()
    {
        Assert.Equal(["No", "Yes", "Not recorded"], By("disabled", [new() { Disabled = true }, new() { Disabled = null }, new() { Disabled = false }]).Select(g => g.Label));
    }

    [Fact]
    public void A_column_that_is_not_there_is_named_beside_those_that_are()
    {
        var problem = Assert.Throws<ProblemException>(() => By("gender", [new SampleChild()])).Problem;

        Assert.Contains("gender", problem.Found, StringComparison.Ordinal);
        Assert.Contains("sex", problem.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Modelled_and_other_children_are_together_the_eligible_ones() => Properties.Hold(Gen.Choose(1, 100_000), seed =>
    {
        var cohort = SampleCohort.Of(SampleCohort.Draw(seed, 60));
        var shares = ModelledAgainstExcluded.Of(cohort, Package);
        foreach (var column in RiskGroups.Columns)
        {
            foreach (var group in RiskGroups.By(cohort, column, Package).Where(g => g.Code.Length > 0 && g.Eligible.Of > 0))
            {
                var share = shares.Single(s => s.Section == group.Section && s.Label == group.Label);
                Assert.Equal(group.Eligible.Of, share.Modelled.Count + share.Excluded.Count);
            }
        }

        var outcome = shares[^1];
        Assert.Equal((cohort.ModelledChildren.RowCount, cohort.EligibleChildren.RowCount), (outcome.Modelled.Of, outcome.Modelled.Of + outcome.Excluded.Of));
    }, 30);

    [Fact]
    public void Authorities_are_counted_of_their_eligible_children()
    {
        var rates = AuthorityRate.Of(SampleCohort.Of(
            [new() { Authority = "305", Rereferred = true }, new() { Authority = "305" }, new() { Authority = "201", Eligible = false }, new() { Authority = "204" }]));

        Assert.Equal([new AuthorityRate("204", new Proportion(0, 1)), new AuthorityRate("305", new Proportion(1, 2))], rates);
    }

    private static IReadOnlyList<RiskGroup> By(string column, IReadOnlyList<SampleChild> children) => RiskGroups.By(SampleCohort.Of(children), column, Package);
}
