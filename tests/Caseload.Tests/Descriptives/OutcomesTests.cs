using Caseload.Cohorts;
using Caseload.Descriptives;
using Caseload.Schemas;
using Caseload.Tests.Results;
using FsCheck.Fluent;

namespace Caseload.Tests.Descriptives;

/// <summary>What followed the first referral, on children of whom everything is known.</summary>
public sealed class OutcomesTests
{
    private static readonly SampleChild Again = new() { Rereferred = true };

    [Fact]
    public void Both_denominators_stand_side_by_side()
    {
        var o = Of([Again, Again with { Eligible = false }, new(), new() { Eligible = false }, new() { Eligible = null }]);

        Assert.Equal((new Proportion(2, 5), new Proportion(1, 2)), (o.All, o.Eligible));
    }

    [Fact]
    public void Years_cumulate_and_no_further_action_is_of_the_first_rereferrals_of_a_year()
    {
        var o = Of(
        [
            Again with { RereferralYear = 2011, RereferralNfa = true }, Again with { RereferralYear = 2011, RereferralNfa = false },
            Again with { RereferralYear = 2013, RereferralNfa = null }, Again with { RereferralYear = 2016, RereferralNfa = true, Eligible = false }, new(),
        ]);

        Assert.Equal([2011, 2012, 2013, 2014, 2015, 2016], o.Cumulative.Select(c => c.Year));
        Assert.Equal([2, 2, 3, 3, 3, 4], o.Cumulative.Select(c => c.All.Count));
        Assert.Equal([2, 2, 3, 3, 3, 3], o.Cumulative.Select(c => c.Eligible.Count));
        Assert.All(o.Cumulative, c => Assert.Equal((5, 4), (c.All.Of, c.Eligible.Of)));

        // A year whose re-referral says nothing of no further action is not counted as one without it.
        Assert.Equal([new(1, 2), new(0, 0), new(0, 0), new(0, 0), new(0, 0), new(1, 1)], o.Nfa.Select(n => n.Nfa));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void The_same_need_within_12_months_is_of_pairs_with_both_needs(bool within, int pairs)
    {
        var soon = Again with { Within12 = true, RereferralYear = 2011 };
        var o = Of(
        [
            soon with { Within12 = within, Need = "N1", RereferralNeed = "N1" }, soon with { Need = null, RereferralNeed = "N1" },
            soon with { Need = "N1", RereferralNeed = null }, soon with { Need = "N1", RereferralNeed = "N4" },
        ]);

        Assert.Equal(new Proportion(pairs, 1 + pairs), o.SameNeedWithinYear);
        Assert.Equal(0, o.SameNeedLater.Of);
    }

    [Fact]
    public void The_same_need_later_begins_with_the_third_census_year()
    {
        var o = Of([.. new[] { 2012, 2013, 2016 }.Select(y => Again with { Days = 700, RereferralYear = y, Need = "N4", RereferralNeed = "N4" })]);

        Assert.Equal(new Proportion(2, 2), o.SameNeedLater);
    }

    [Fact]
    public void Three_years_with_a_rereferral_are_many()
    {
        var o = Of([Again with { Years = 3 }, Again with { Years = 2 }, Again with { Years = 6 }, new() { Years = 0 }]);

        Assert.Equal((new Proportion(2, 4), new Proportion(2, 3)), (o.InThreeYears, o.InThreeYearsOfRereferred));
    }

    [Fact]
    public void A_cohort_file_without_the_optional_columns_gives_what_it_can_and_says_nothing_of_the_rest()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("cohort.csv", SampleCohort.CsvWithoutOptional([Again, new(), new()]));
        var read = CohortReader.Read(DataPackage.Load().Table("cohort"), path, new CohortSettings());
        var o = Outcomes.Of(read.Cohort);

        Assert.Equal(0, read.Reading.FindingCount);
        Assert.Equal(new Proportion(1, 3), o.All);
        Assert.Empty(o.Cumulative);
        Assert.Empty(o.Nfa);
        Assert.All(new[] { o.InThreeYears, o.InThreeYearsOfRereferred, o.SameNeedWithinYear, o.SameNeedLater }, p => Assert.Equal(0, p.Of));

        // What does not say that it is simulated is real.
        Assert.False(read.Cohort.IsSimulated);
    }

    [Fact]
    public void The_last_year_holds_all_who_came_back_and_no_year_fewer_than_the_one_before() => Properties.Hold(Gen.Choose(1, 100_000), seed =>
    {
        var o = Of(SampleCohort.Draw(seed, 50));

        Assert.Equal((o.All, o.Eligible), (o.Cumulative[^1].All, o.Cumulative[^1].Eligible));
        Assert.All(o.Cumulative.Zip(o.Cumulative.Skip(1)), pair => Assert.True(pair.First.All.Count <= pair.Second.All.Count && pair.First.Eligible.Count <= pair.Second.Eligible.Count));
    }, 30);

    [Fact]
    public void Where_nobody_came_back_the_years_say_so_rather_than_nothing()
    {
        var o = Of([.. Enumerable.Range(0, 12).Select(_ => new SampleChild { Years = 0, Within12 = false })]);

        Assert.Equal(new Proportion(0, 12), o.All);
        Assert.Equal(new Proportion(0, 12), o.InThreeYears);
    }

    private static Outcomes Of(IReadOnlyList<SampleChild> children) => Outcomes.Of(SampleCohort.Of(children));
}
