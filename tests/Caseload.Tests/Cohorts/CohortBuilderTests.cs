using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Returns;
using Caseload.Schemas;

namespace Caseload.Tests.Cohorts;

/// <summary>Each derived variable of the cohort, on children of whom everything is known.</summary>
public sealed class CohortBuilderTests : IDisposable
{
    private static readonly TableSchema Schema = DataPackage.Load().Table("returns");

    private static readonly AreaTable Areas = new([new Area("201", "One", null, 550, 12, 2011), new Area("202", "Two", null, null, 12, 2011)]);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_child_without_a_later_referral_is_not_rereferred()
    {
        var child = Build("201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,2010-06-01,0");

        Assert.Equal("false", child["rereferred"]);
        Assert.Equal("0", child["rereferral_years"]);
        Assert.Equal("", child["days_to_rereferral"]);
        Assert.Equal("modelled", child["status"]);
    }

    [Fact]
    public void A_referral_on_the_same_day_is_the_same_episode_and_one_a_day_later_is_a_rereferral()
    {
        Assert.Equal("false", Build("201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,,0", "201,2012,A,2003-01-01,2,NONE,2010-05-01,N1,2011-06-01,0")["rereferred"]);
        Assert.Equal("1", Build("201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,2010-05-01,0", "201,2011,A,2003-01-01,2,NONE,2010-05-02,N1,,0")["days_to_rereferral"]);
    }

    [Theory]
    [InlineData("2011-05-01", "true")]
    [InlineData("2011-05-02", "false")]
    public void Twelve_months_end_on_the_anniversary(string second, string within)
    {
        Assert.Equal(within, Build("201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,2010-06-01,0", $"201,2012,A,2003-01-01,2,NONE,{second},N1,,0")["rereferred_12_months"]);
    }

    [Fact]
    public void The_census_year_and_the_years_with_a_rereferral_are_counted_from_1_April()
    {
        var child = Build(
            "201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,2010-06-01,0",
            "201,2011,A,2003-01-01,2,NONE,2011-03-31,N4,2011-04-02,1",
            "201,2012,A,2003-01-01,2,NONE,2011-04-01,N1,2011-05-01,0",
            "201,2012,A,2003-01-01,2,NONE,2012-03-31,N1,2012-05-01,0",
            "201,2016,A,2003-01-01,2,NONE,2016-03-31,N1,,0");

        Assert.Equal("2011", child["rereferral_year"]);
        Assert.Equal("3", child["rereferral_years"]);
        Assert.Equal("true", child["rereferral_nfa"]);
        Assert.Equal("N4", child["rereferral_need"]);
    }

    [Theory]
    [InlineData("1998-04-01", "true", "12", "10-12")]
    [InlineData("1998-03-31", "false", "12", "10-12")]
    [InlineData("2010-05-01", "true", "0", "0")]
    [InlineData("2010-05-02", "true", "-1", "unborn")]
    [InlineData("1994-05-02", "false", "15", "13-15")]
    public void Eligible_is_under_18_on_31_March_2016(string birth, string eligible, string age, string group)
    {
        var child = Build($"201,2011,A,{birth},2,NONE,2010-05-01,N1,2010-06-01,0", "201,2016,Z,2010-01-01,2,NONE,2015-06-01,N1,,0");

        Assert.Equal((eligible, age, group), (child["eligible"], child["age_at_referral"], child["age_group"]));
    }

    [Fact]
    public void A_rereferral_while_the_first_episode_is_open_counts_and_is_counted_by_name()
    {
        var cohort = Cohort("201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,,0", "201,2011,A,2003-01-01,2,NONE,2010-09-01,N1,,0");

        Assert.Equal("true", cohort.Children["rereferred"].Format(0));
        Assert.Equal(1, Assert.Single(cohort.Cases, c => c.What.StartsWith("First episode still open", StringComparison.Ordinal)).Count);
    }

    [Fact]
    public void The_same_identifier_in_another_authority_is_another_child()
    {
        Assert.Equal(["false", "false"], Column("rereferred", "201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,,0", "202,2011,A,2003-01-01,2,NONE,2010-09-01,N1,,0"));
    }

    [Theory]
    [InlineData("201,2011,A,2003-01-01,0,NONE,2010-05-01,N1,,0", "sex-unknown")]
    [InlineData("201,2011,A,2003-01-01,1,,2010-05-01,N1,,0", "disability-unknown")]
    [InlineData("201,2011,A,2003-01-01,1,LD;AUT,2010-05-01,N0,,0", "need-unknown")]
    [InlineData("202,2011,A,2003-01-01,1,LD,2010-05-01,N1,,0", "area-unknown")]
    [InlineData("201,2011,A,,1,LD,2010-05-01,N1,,0", "age-unknown")]
    [InlineData("201,2011,A,1995-01-01,1,LD,2010-05-01,N1,,0", "aged-out")]
    public void The_first_reason_why_a_child_is_not_modelled_is_given(string row, string status)
    {
        Assert.Equal(status, Build(row, "201,2016,Z,2010-01-01,2,NONE,2015-06-01,N1,,0")["status"]);
    }

    [Fact]
    public void Sub_codes_of_a_need_count_as_the_need()
    {
        Assert.Equal("N3", Build("201,2011,A,2003-01-01,2,NONE,2010-05-01,A3,,0")["need"]);
    }

    [Fact]
    public void Every_row_is_in_the_cohort_or_counted_on_the_way()
    {
        var cohort = Cohort(
            "201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,,0", "201,2011,B,2003-01-01,2,NONE,2011-06-01,N1,,0",
            "201,2011,C,2003-01-01,2,NONE,1929-06-01,N1,,0", "201,2011,D,2003-01-01,2,NONE,2009-06-01,N1,,0", "201,2012,E,2003-01-01,2,NONE,2011-06-01,N1,,0");

        Assert.Equal([5, 3, 3, 3, 1, 1, 1], cohort.Flow.Select(s => s.Count));
        Assert.Equal(
            ["Referral dated before 1930", "Referral dated after the end of its census year", "Referred before the cohort year, not in it", "First referred after the cohort year"],
            cohort.Flow.SelectMany(s => s.Excluded).Select(e => e.Reason));
    }

    [Fact]
    public void Follow_up_ends_with_the_returns_that_there_are()
    {
        Assert.Equal(new DateOnly(2012, 3, 31), Cohort("201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,,0", "201,2012,B,2003-01-01,2,NONE,2011-06-01,N1,,0").Settings.FollowUpEnd);
    }

    [Theory]
    [InlineData("201,2012,A,2003-01-01,2,NONE,2010-05-01,N1,,0", "the census year 2012")]
    [InlineData("201,2011,A,2003-01-01,2,NONE,2009-05-01,N1,,0", "the census year 2011")]
    public void A_cohort_year_that_the_returns_do_not_hold_is_a_clear_answer(string row, string held)
    {
        var problem = Assert.Throws<ProblemException>(() => Cohort(row)).Problem;

        Assert.Equal(ProblemKind.CheckFailed, problem.Kind);
        Assert.Contains(held, problem.Found, StringComparison.Ordinal);
        Assert.Contains("--cohort-year", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_the_rows_does_not_matter()
    {
        string[] rows =
        [
            "202,2011,B,2003-01-01,2,NONE,2010-05-01,N1,,0", "201,2012,A,2003-01-01,2,NONE,2011-09-01,N4,,0",
            "201,2011,C,2004-01-01,1,LD,2010-07-01,N5,,1", "201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,2010-06-01,0",
        ];

        Assert.Equal(FrameText.Table(Cohort(rows).Children, 9), FrameText.Table(Cohort([.. rows.Reverse()]).Children, 9));
    }

    [Fact]
    public void A_cohort_that_was_written_is_read_back_with_the_same_steps()
    {
        var cohort = Cohort("201,2011,A,2003-01-01,2,NONE,2010-05-01,N1,,0", "202,2011,B,1995-01-01,1,,2010-05-01,N1,,0");
        var path = Path.Combine(folder.Path, "cohort.csv");
        cohort.Children.SaveCsv(path);

        var read = CohortReader.Read(DataPackage.Load().Table("cohort"), path, new CohortSettings());

        Assert.Equal(0, read.Reading.FindingCount);
        Assert.Equal(cohort.Flow.TakeLast(3).Select(s => s.Count), read.Cohort.Flow.TakeLast(3).Select(s => s.Count));
    }

    public void Dispose() => folder.Dispose();

    private Cohort Cohort(params string[] rows)
    {
        var path = folder.File("r.csv",
            "LEA,Year,LAchildID,PersonBirthDate,GenderCurrent,Disabilities,CINreferralDate,PrimaryNeedCode,CINclosureDate,ReferralNFA\n" + string.Join('\n', rows) + "\n");
        return CohortBuilder.Build(ReturnsReader.ReadFiles(Schema, [path]), Areas, new CohortSettings());
    }

    private Dictionary<string, string> Build(params string[] rows)
    {
        var children = Cohort(rows).Children;
        return children.Columns.ToDictionary(c => c.Name, c => c.Format(0));
    }

    private string[] Column(string name, params string[] rows)
    {
        var column = Cohort(rows).Children[name];
        return [.. Enumerable.Range(0, column.Count).Select(column.Format)];
    }
}
