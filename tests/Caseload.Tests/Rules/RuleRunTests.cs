using Caseload.Rules;
using Caseload.Schemas;

namespace Caseload.Tests.Rules;

/// <summary>Rules over whole files: what was not run is never a pass, and places never name a child.</summary>
public sealed class RuleRunTests : IDisposable
{
    private const string Required =
        "LEA,Year,LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA\n";

    private static readonly DataPackage Package = DataPackage.Load();
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_table_without_a_column_does_not_run_the_rules_that_need_it()
    {
        var rules = Run(folder.File("r.csv", Required + "201,2015,A,2003-01-01,2,NONE,2014-05-01,N1,,0\n"));

        Assert.Equal(
            "1520 4220 8510 8555Q 8590 8606 8640 8805 8810 8831 8832 8866",
            string.Join(' ', rules.Where(r => r.Outcome == RuleOutcome.NotRun).Select(r => r.Number)));
        Assert.Equal("the table has no column Ethnicity", rules.Single(r => r.Number == "4220").Reason);
        Assert.All(rules.Where(r => r.Outcome == RuleOutcome.Passed), r => Assert.Null(r.Reason));
    }

    [Fact]
    public void A_table_with_some_of_the_columns_can_fail_and_cannot_pass()
    {
        const string Header = "LEA,Year,LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA,DateOfInitialCPC\n";
        RuleReport Of8831(string cell) => Run(folder.File("r.csv", Header + $"201,2015,A,2003-01-01,2,NONE,2014-05-01,N1,,1,{cell}\n")).Single(r => r.Number == "8831");

        Assert.Equal(RuleOutcome.Failed, Of8831("2014-05-02").Outcome);
        Assert.Equal((RuleOutcome.NotRun, "the table has no column AssessmentActualStartDate, S47ActualStartDate"), (Of8831("").Outcome, Of8831("").Reason));
    }

    [Fact]
    public void The_source_of_referral_is_not_judged_before_it_was_collected()
    {
        var early = folder.File("a.xml", new FixtureReturn(2013, new FixtureChild(new FixtureEpisode { Referral = "2012-05-01", Source = "" })).Xml());
        var late = folder.File("b.xml", new FixtureReturn(2014, new FixtureChild(new FixtureEpisode { Referral = "2013-05-01" })).Xml());
        RuleReport Of8866(params string[] files) => Run(files).Single(r => r.Number == "8866");

        Assert.Equal((RuleOutcome.NotRun, "the source of referral was first collected in 2013-14"), (Of8866(early).Outcome, Of8866(early).Reason));
        Assert.Equal((RuleOutcome.Passed, (string?)null), (Of8866(late).Outcome, Of8866(late).Reason));
        Assert.Equal((RuleOutcome.Passed, "the source of referral was first collected in 2013-14 (1 of 2 files)"), (Of8866(early, late).Outcome, Of8866(early, late).Reason));
    }

    [Fact]
    public void A_return_of_before_the_actual_start_dates_of_assessments_can_break_rule_8831_and_cannot_pass_it()
    {
        RuleReport Of8831(int year, string section47) => Run(folder.File("r.xml", new FixtureReturn(year, new FixtureChild(new FixtureEpisode
        {
            Referral = $"{year - 1}-05-01", Nfa = "true", Section47 = section47,
        })).Xml())).Single(r => r.Number == "8831");

        Assert.Equal((RuleOutcome.NotRun, "the actual start dates of assessments were first collected in 2012-13"), (Of8831(2012, "").Outcome, Of8831(2012, "").Reason));
        Assert.Equal(RuleOutcome.Failed, Of8831(2012, "2011-05-02").Outcome);
        Assert.Equal(RuleOutcome.Passed, Of8831(2013, "").Outcome);
    }

    [Fact]
    public void A_table_of_several_years_passes_by_those_that_could_be_judged_and_says_of_the_others()
    {
        var rows = string.Concat(new[] { 2013, 2014 }.Select(year => $"201,{year},A,,2003-01-01,,,2,WBRI,NONE,{year - 1}-06-02,1A,N1,,,,,,,0,\n"));
        var rule = Run(folder.File("r.csv", FixtureReturn.Columns + "\n" + rows)).Single(r => r.Number == "8866");

        Assert.Equal((RuleOutcome.Passed, "the source of referral was first collected in 2013-14"), (rule.Outcome, rule.Reason));
    }

    [Fact]
    public void Sex_is_judged_by_its_own_codes_from_2024_25()
    {
        RuleOutcome Of4180(int year, string gender) => Run(folder.File("r.xml", new FixtureReturn(year, new FixtureChild(new FixtureEpisode()) with { Gender = gender }).Xml()))
            .Single(r => r.Number == "4180").Outcome;

        Assert.Equal([RuleOutcome.Passed, RuleOutcome.Failed], [Of4180(2024, "2"), Of4180(2024, "F")]);
        Assert.Equal([RuleOutcome.Failed, RuleOutcome.Passed], [Of4180(2025, "2"), Of4180(2025, "F")]);
    }

    [Fact]
    public void A_return_without_a_child_passes_nothing()
    {
        Assert.All(Run(folder.File("r.xml", new FixtureReturn(2015).Xml())), rule => Assert.Equal((RuleOutcome.NotRun, "there is no child to judge"), (rule.Outcome, rule.Reason)));
    }

    [Fact]
    public void A_cell_that_the_typed_reader_refuses_is_judged_as_written()
    {
        var failing = Run(folder.File("r.xml", new FixtureReturn(2015, new FixtureChild(new FixtureEpisode
        {
            Referral = "2014-02-30", Closure = "soon", Reason = "RC77", Need = "N77", Nfa = "perhaps",
        }) with { Gender = "7", Birth = "01/02/2003" }).Xml())).Where(r => r.Outcome == RuleOutcome.Failed).Select(r => r.Number);

        Assert.Equal("4180 8520 8568 8600 8620 8640 8650", string.Join(' ', failing));
    }

    [Fact]
    public void The_rows_of_a_child_need_not_stand_together_in_a_table()
    {
        const string First = "201,2015,A,,2003-01-01,,,2,WBRI,NONE,2014-06-02,1A,N1,2014-07-01,RC7,,,,,0,\n";
        const string Other = "201,2015,B,,2003-01-01,,,2,WBRI,NONE,2014-06-02,1A,N1,,,,,,,0,\n";
        const string Inside = "201,2015,A,,2003-01-01,,,2,WBRI,NONE,2014-06-30,1A,N1,,,,,,,0,\n";
        (long, long) Of8820(params string[] rows)
        {
            var rule = Run(folder.File("r.csv", FixtureReturn.Columns + "\n" + string.Concat(rows))).Single(r => r.Number == "8820");
            return (rule.Failures, rule.Places.Single().Line);
        }

        Assert.Equal((1, 3), Of8820(First, Inside, Other));
        Assert.Equal((1, 4), Of8820(First, Other, Inside));
        Assert.Equal((1, 2), Of8820(Inside, Other, First));
    }

    [Fact]
    public void A_table_of_several_authorities_and_years_compares_children_inside_each()
    {
        const string Cells = "A123456789012,2003-01-01,,,2,WBRI,NONE,2010-06-02,1A,N1,,,,,,,0,\n";
        var rule = Run(folder.File("r.csv", FixtureReturn.Columns + $"\n201,2011,A,{Cells}202,2011,B,{Cells}201,2012,A,{Cells}202,2011,C,{Cells}")).Single(r => r.Number == "1520");

        Assert.Equal([3L, 5L], rule.Places.Select(place => place.Line));
    }

    [Fact]
    public void What_changes_between_the_rows_of_a_child_is_judged_each_time()
    {
        const string Rest = "2,WBRI,NONE,2014-06-02,1A,N1,,,,,,,1,\n";
        var rule = Run(folder.File("r.csv", FixtureReturn.Columns + $"\n201,2015,A,,2003-01-01,,,{Rest}201,2015,A,,2016-01-01,,,{Rest}201,2015,A,,2016-01-01,,,{Rest}")).Single(r => r.Number == "8520");

        Assert.Equal((1, 3L), (rule.Failures, rule.Places.Single().Line));
    }

    [Fact]
    public void Places_are_capped_and_all_are_counted()
    {
        var children = Enumerable.Range(0, 1_500).Select(i => new FixtureChild(new FixtureEpisode { Referral = "" }) with { Id = $"A{i}" });
        var rule = Run(folder.File("r.xml", new FixtureReturn(2015, [.. children]).Xml())).Single(r => r.Number == "8600");

        Assert.Equal((1_500, RulePlaces.Limit), (rule.Failures, rule.Places.Count));
        Assert.Equal(3, rule.Places[0].Line);
    }

    [Fact]
    public void A_real_return_in_which_every_referral_is_NFA_breaks_the_rules_that_say_so()
    {
        var rules = Run(SharedFiles.Require("data/returns/fake_CIN_data.xml"));

        // 402 episodes, every one NFA, 350 with a date of an initial conference: counted in the file with grep -c.
        Assert.Equal(350, rules.Single(r => r.Number == "8831").Failures);
        Assert.Equal(RuleOutcome.Passed, rules.Single(r => r.Number == "8832").Outcome);
    }

    public void Dispose() => folder.Dispose();

    private static IReadOnlyList<RuleReport> Run(params string[] files) => RuleRun.Over(Package, files);
}
