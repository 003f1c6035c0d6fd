using Caseload.Cohorts;
using Caseload.Cohorts.Cleaning;

namespace Caseload.Tests.Cohorts.Cleaning;

/// <summary>Each step of cleaning, taken and left out, on rows of which everything is known.</summary>
public sealed class CleaningStepTests
{
    [Fact]
    public void Every_step_has_a_flag_a_name_and_a_reason_of_its_own_and_every_case_is_counted_by_one_step()
    {
        Assert.Equal(CleaningSteps.All, CleaningStep.All.Aggregate(CleaningSteps.None, (all, s) => all | s.Flag));
        Assert.Equal(CleaningStep.All.Count, CleaningStep.All.Select(s => s.Name).Distinct().Count());
        Assert.All(CleaningStep.All, s => Assert.True(s.What.Length > 0 && s.Why.Length > 0 && CleaningStep.Find(s.Name) == s));
        Assert.Equal(Enum.GetValues<CleaningCase>(), CleaningStep.All.SelectMany(s => s.Counts).Select(c => c.Key).Order());
        Assert.Null(CleaningStep.Find("none-such"));
    }

    [Theory]
    [InlineData("1929-12-31", "Referral dated before 1930")]
    [InlineData("2011-04-01", "Referral dated after the end of its census year")]
    public void A_row_whose_referral_date_cannot_be_is_left_out_and_counted(string referral, string reason)
    {
        ReturnRow[] rows = [new(), new() { Id = "B", Referral = referral, Closure = "" }];

        var taken = Cohort(CleaningSteps.All, rows);
        Assert.Equal(1, Assert.Single(taken.Flow[1].Excluded, e => e.Reason == reason).Rows);
        Assert.Equal(1, Counted(taken, reason));
        Assert.Empty(Cohort(CleaningSteps.All & ~CleaningSteps.ImplausibleDates, rows).Flow[1].Excluded);
    }

    [Fact]
    public void Other_dates_that_cannot_be_become_missing_and_an_expected_birth_may_lie_ahead()
    {
        var cohort = Cohort(CleaningSteps.All,
            new ReturnRow { Id = "A", Closure = "2011-04-01" }, new ReturnRow { Id = "B", Birth = "2011-04-01" },
            new ReturnRow { Id = "C", Birth = "", Expected = "2010-08-01" }, new ReturnRow { Id = "D", Death = "1929-01-01" });

        Assert.Equal(["", "31", "31", "31"], SampleReturns.Cells(cohort.Children, "days_from_closure").Select((d, i) => i == 0 ? d : d.Length > 0 ? "31" : d));
        Assert.Equal(["7", "", "-1", "7"], SampleReturns.Cells(cohort.Children, "age_at_referral"));
        Assert.Equal(1, Counted(cohort, "Closure dated after the end of its census year: taken as missing"));
        Assert.Equal(1, Counted(cohort, "Birth dated after the end of its census year: taken as missing"));
        Assert.Equal(1, Counted(cohort, "Death dated before 1930: taken as missing"));
    }

    [Fact]
    public void A_closure_before_the_referral_is_the_day_of_the_referral()
    {
        ReturnRow[] rows = [new() { Closure = "2010-04-20" }, new() { Referral = "2010-05-11", Closure = "2010-05-12" }];

        Assert.Equal("10", Cell(CleaningSteps.All, "days_from_closure", rows));
        Assert.Equal("21", Cell(CleaningSteps.All & ~CleaningSteps.ClosureOrder, "days_from_closure", rows));
        Assert.Equal(1, Counted(Cohort(CleaningSteps.All, rows), "Closure dated before the referral: taken as the day of the referral"));
    }

    [Theory]
    [InlineData("A2", "N2", CleaningSteps.NeedSubcodes, "A2")]
    [InlineData("A5", "N5", CleaningSteps.NeedSubcodes, "A5")]
    [InlineData("N0", "", CleaningSteps.NeedNotStated, "N0")]
    [InlineData("N7", "N7", CleaningSteps.NeedSubcodes, "N7")]
    public void Needs_are_counted_as_the_study_does(string need, string counted, CleaningSteps step, string leftOut)
    {
        Assert.Equal(counted, Cell(CleaningSteps.All, "need", new ReturnRow { Need = need }));
        Assert.Equal(leftOut, Cell(CleaningSteps.All & ~step, "need", new ReturnRow { Need = need }));
    }

    [Fact]
    public void A_source_that_names_none_is_missing()
    {
        Assert.Equal("", Cell(CleaningSteps.All, "referral_source", new ReturnRow { Source = "10" }));
        Assert.Equal("10", Cell(CleaningSteps.All & ~CleaningSteps.SourceUnknown, "referral_source", new ReturnRow { Source = "10" }));
        Assert.Equal("1A", Cell(CleaningSteps.All, "referral_source", new ReturnRow { Source = "1A" }));
    }

    [Fact]
    public void What_most_returns_of_an_episode_say_is_believed_and_of_a_tie_the_latest()
    {
        ReturnRow Row(int year, string need, string nfa, string disability) =>
            new() { Year = year, Need = need, Nfa = nfa, Disabilities = disability, Closure = "" };
        ReturnRow[] rows = [Row(2011, "N1", "1", "LD"), Row(2012, "N1", "0", ""), Row(2013, "N4", "1", "NONE")];

        var most = Cohort(CleaningSteps.All, rows);
        Assert.Equal(("N1", "true", "false"), (Cell(most, "need"), Cell(most, "nfa"), Cell(most, "disabled")));
        Assert.Equal(1, Counted(most, "Returns of one episode differ in primary need"));
        Assert.Equal(1, Counted(most, "Returns of one episode differ in disability"));

        var latest = Cohort(CleaningSteps.All & ~CleaningSteps.EpisodeMode, rows);
        Assert.Equal(("N4", "true", "false"), (Cell(latest, "need"), Cell(latest, "nfa"), Cell(latest, "disabled")));
        Assert.Equal("N4", Cell(CleaningSteps.All, "need", rows[0], rows[2]));
        Assert.Equal("N1", Cell(CleaningSteps.All, "need", rows[2] with { Year = 2011 }, rows[0]));
    }

    [Fact]
    public void A_closure_is_that_of_the_latest_return_that_has_one()
    {
        ReturnRow[] rows = [new() { Closure = "2010-05-11" }, new() { Year = 2012, Closure = "2010-05-21" }, new() { Year = 2013, Closure = "" }];

        Assert.Equal(SampleReturns.Child(rows[1] with { Year = 2011 })["days_from_closure"], SampleReturns.Child(rows)["days_from_closure"]);
    }

    [Fact]
    public void A_missing_flag_for_no_further_action_is_false()
    {
        Assert.Equal("false", Cell(CleaningSteps.All, "nfa", new ReturnRow { Nfa = "" }));
        Assert.Equal("", Cell(CleaningSteps.All & ~CleaningSteps.MissingNfa, "nfa", new ReturnRow { Nfa = "" }));
        Assert.Equal("nfa-unknown", Cell(CleaningSteps.All & ~CleaningSteps.MissingNfa, "status", new ReturnRow { Nfa = "" }));
        Assert.Equal(1, Counted(Cohort(CleaningSteps.All, new ReturnRow { Nfa = "" }), "No flag for no further action: taken as false"));
    }

    [Fact]
    public void No_adult_is_referred_as_a_child()
    {
        ReturnRow[] rows = [new() { Birth = "1993-02-28" }, new() { Birth = "1993-02-28", Referral = "2011-02-28", Closure = "" }];

        var cohort = Cohort(CleaningSteps.All, rows);
        Assert.Equal("false", Cell(cohort, "rereferred"));
        Assert.Equal(1, Assert.Single(cohort.Flow[2].Excluded).Rows);
        Assert.Equal("true", Cell(CleaningSteps.All & ~CleaningSteps.AdultReferrals, "rereferred", rows));
        Assert.Equal("true", Cell(CleaningSteps.All, "rereferred", rows[0], rows[1] with { Referral = "2011-02-27" }));
    }

    [Fact]
    public void A_referral_after_death_is_left_out_and_one_on_that_day_is_not()
    {
        ReturnRow Second(string day) => new() { Referral = day, Closure = "", Death = "2010-08-01" };

        var cohort = Cohort(CleaningSteps.All, new ReturnRow(), Second("2010-08-02"));
        Assert.Equal(("false", "died"), (Cell(cohort, "rereferred"), Cell(cohort, "follow_up_end")));
        Assert.Equal("Referred after the recorded death", Assert.Single(cohort.Flow[2].Excluded).Reason);
        Assert.Equal("true", Cell(CleaningSteps.All, "rereferred", new ReturnRow(), Second("2010-08-01")));
        Assert.Equal("true", Cell(CleaningSteps.All & ~CleaningSteps.ReferralsAfterDeath, "rereferred", new ReturnRow(), Second("2010-08-02")));
    }

    [Theory]
    [InlineData("2010-12-04", "-1", "unborn")]
    [InlineData("2010-12-05", "", "")]
    public void A_child_is_unborn_up_to_217_days_before_birth(string birth, string age, string group)
    {
        var row = new ReturnRow { Birth = "", Expected = birth };

        Assert.Equal((age, group), (Cell(CleaningSteps.All, "age_at_referral", row), Cell(CleaningSteps.All, "age_group", row)));
        Assert.Equal("true", Cell(CleaningSteps.All, "eligible", row));
        Assert.Equal("unborn", Cell(CleaningSteps.All & ~CleaningSteps.UnbornLimit, "age_group", row));
    }

    [Fact]
    public void A_step_that_is_left_out_says_so_and_counts_nothing()
    {
        var cohort = Cohort(CleaningSteps.None, new ReturnRow { Need = "N0", Nfa = "", Closure = "2010-01-01" });

        Assert.All(cohort.Cleaning, c => Assert.False(c.IsTaken));
        Assert.All(cohort.Cleaning.SelectMany(c => c.Counts), c => Assert.Equal(0, c.Count));
    }

    private static Cohort Cohort(CleaningSteps steps, params ReturnRow[] rows) =>
        SampleReturns.Cohort(new CohortSettings { Cleaning = steps }, rows);

    private static string Cell(CleaningSteps steps, string column, params ReturnRow[] rows) => Cell(Cohort(steps, rows), column);

    private static string Cell(Cohort cohort, string column) => cohort.Children[column].Format(0);

    private static int Counted(Cohort cohort, string what) => Assert.Single(cohort.Cleaning.SelectMany(c => c.Counts), c => c.What == what).Count;
}
