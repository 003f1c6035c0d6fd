using Caseload.Cohorts;

namespace Caseload.Tests.Cohorts.Variables;

/// <summary>The time of a child under follow-up: when it ends, and why.</summary>
public sealed class FollowUpTests
{
    // Referred on 1 May 2010, closed on 1 June 2010.
    private static readonly ReturnRow Index = new();

    [Fact]
    public void Time_ends_with_the_re_referral() =>
        Assert.Equal(("123", "92", "rereferred"), Of(Index, Index with { Referral = "2010-09-01", Closure = "" }));

    [Fact]
    public void Without_one_it_ends_with_the_returns() => Assert.Equal(("2161", "2130", "end-of-follow-up"), Of(Index));

    [Fact]
    public void It_ends_on_the_18th_birthday() =>
        Assert.Equal(("31", "0", "eighteenth-birthday"), Of(Index with { Birth = "1992-06-01" }));

    [Fact]
    public void It_ends_with_death_by_its_date_or_by_the_closure_of_a_case()
    {
        Assert.Equal(("41", "10", "died"), Of(Index with { Death = "2010-06-11" }));
        Assert.Equal(("31", "0", "died"), Of(Index with { Reason = "RC2" }));
        Assert.Equal(("41", "10", "died"), Of(Index with { Reason = "RC2", Death = "2010-06-11" }));
    }

    [Fact]
    public void What_comes_first_ends_it() =>
        Assert.Equal("eighteenth-birthday", Of(Index with { Birth = "1993-01-01", Death = "2011-03-01" }).End);

    [Fact]
    public void There_is_no_time_from_a_closure_that_came_too_late_or_never()
    {
        Assert.Equal(("123", "", "rereferred"), Of(Index with { Closure = "2010-10-01" }, Index with { Referral = "2010-09-01", Closure = "" }));
        Assert.Equal(("2161", "", "end-of-follow-up"), Of(Index with { Closure = "" }));
        Assert.Equal(("123", "0", "rereferred"), Of(Index with { Closure = "2010-09-01" }, Index with { Referral = "2010-09-01", Closure = "" }));
    }

    [Fact]
    public void An_adoption_is_counted_and_does_not_end_it()
    {
        var cohort = SampleReturns.Cohort(new CohortSettings(), Index with { Reason = "RC1" });

        Assert.Equal("end-of-follow-up", cohort.Children["follow_up_end"].Format(0));
        Assert.Contains(cohort.Cases, c => c.Count == 1 && c.What.StartsWith("Adopted", StringComparison.Ordinal));
    }

    private static (string FromReferral, string FromClosure, string End) Of(params ReturnRow[] rows)
    {
        var child = SampleReturns.Child(rows);
        return (child["days_from_referral"], child["days_from_closure"], child["follow_up_end"]);
    }
}
