using Caseload.Cohorts;

namespace Caseload.Tests.Cohorts.Variables;

/// <summary>The variables that the study did not have, or that depend on several episodes, each on its own.</summary>
public sealed class CohortVariableTests
{
    private static readonly ReturnRow Index = new();
    private static readonly ReturnRow Again = new() { Referral = "2010-09-01", Closure = "" };

    [Theory]
    [InlineData("N1", "N1", "true")]
    [InlineData("N1", "N4", "false")]
    [InlineData("N0", "N1", "")]
    [InlineData("N1", "", "")]
    public void The_same_need_again_is_of_pairs_with_both(string first, string second, string same) =>
        Assert.Equal(same, SampleReturns.Child(Index with { Need = first }, Again with { Need = second })["same_need"]);

    [Fact]
    public void Re_referrals_are_later_dates_and_their_years_are_census_years()
    {
        var child = SampleReturns.Child(
            Index, Again, Again with { Year = 2012 }, Again with { Referral = "2011-03-31" }, Again with { Year = 2012, Referral = "2011-04-01" });

        Assert.Equal(("3", "2"), (child["rereferrals"], child["rereferral_years"]));
    }

    [Fact]
    public void Earlier_referrals_are_told_and_those_of_the_12_months_before_too()
    {
        ReturnRow Before(string day) => new() { Year = 2010, Referral = day, Closure = day };
        var (near, far) = (SampleReturns.Child(Before("2009-05-01"), Index), SampleReturns.Child(Before("2009-04-30"), Index));

        Assert.Equal(("2", "true", "true"), (near["episode_number"], near["earlier_on_record"], near["earlier_12_months"]));
        Assert.Equal(("2", "true", "false"), (far["episode_number"], far["earlier_on_record"], far["earlier_12_months"]));
    }

    [Fact]
    public void Left_truncation_is_of_the_authorities_whose_return_of_the_year_before_is_there()
    {
        var cohort = SampleReturns.Cohort(
            new CohortSettings(), Index, new ReturnRow { Year = 2010, Referral = "2010-01-01", Closure = "2010-01-02" },
            Index with { Id = "B" }, Index with { Lea = "202" });

        Assert.Equal(new LeftTruncation(2, 1), cohort.Linkage!.LeftTruncation);
    }

    [Fact]
    public void What_only_a_later_referral_tells_is_not_known_at_the_first()
    {
        var child = SampleReturns.Child(Index with { Gender = "0", Disabilities = "", Ethnicity = "" }, Again);

        Assert.Equal(("unknown", "", ""), (child["sex"], child["disabled"], child["ethnicity"]));
    }

    [Fact]
    public void What_an_earlier_referral_or_a_later_return_of_the_first_told_is_known()
    {
        var unknown = Index with { Gender = "0", Disabilities = "", Ethnicity = "", Closure = "" };
        foreach (var other in new[] { Index with { Year = 2012 }, new ReturnRow { Year = 2010, Referral = "2009-09-09", Closure = "" } })
        {
            var child = SampleReturns.Child(unknown, other);
            Assert.Equal(("female", "false", "WBRI"), (child["sex"], child["disabled"], child["ethnicity"]));
        }
    }

    [Fact]
    public void A_referral_of_the_cohort_year_that_only_a_later_return_holds_makes_no_child_of_the_cohort_and_is_counted()
    {
        var cohort = SampleReturns.Cohort(new CohortSettings(), Index, Index with { Id = "B", Year = 2012 }, Index with { Id = "C", Year = 2012 }, Index with { Id = "C" });

        Assert.Equal(2, cohort.Children.RowCount);
        Assert.Contains(cohort.Flow.SelectMany(s => s.Excluded), e => e.Rows == 1 && e.Reason.Contains("a later return alone", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_missing_covariate_is_named_and_the_status_is_the_first()
    {
        var child = SampleReturns.Child(Index with { Lea = "999", Gender = "9", Need = "", Disabilities = "" });

        Assert.Equal(("sex;disability;need;area", "sex-unknown"), (child["missing_covariates"], child["status"]));
    }

    [Fact]
    public void Children_of_unknown_age_lack_the_age_group_and_are_neither_eligible_nor_not()
    {
        var child = SampleReturns.Child(Index with { Birth = "" });

        Assert.Equal(("", "age-unknown", "age-group", "end-of-follow-up"),
            (child["eligible"], child["status"], child["missing_covariates"], child["follow_up_end"]));
    }

    [Fact]
    public void A_birth_date_that_only_a_later_referral_tells_is_used_and_counted()
    {
        var cohort = SampleReturns.Cohort(new CohortSettings(), Index with { Birth = "" }, Again);

        Assert.Equal("7", cohort.Children["age_at_referral"].Format(0));
        Assert.Contains(cohort.Cases, c => c is { What: "Date of birth known from the return of a later referral only", Count: 1 });
    }
}
