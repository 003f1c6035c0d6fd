using System.Text;
using Caseload.Areas;
using Caseload.Frames;
using Caseload.Frames.Csv;

namespace Caseload.Tests.Areas;

public sealed class PublishedFileTests : IDisposable
{
    private readonly PublishedFixture files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Rows_of_authorities_are_read_and_totals_are_counted_and_passed_over()
    {
        var file = PublishedFile.Read(files.Stock("2017,201,City,11", "2017,202,Camden,1500", "2018,202,Camden,1600"), PublishedRole.Stock);

        Assert.Equal([("201", 2017, 11.0), ("202", 2017, 1500), ("202", 2018, 1600)],
            file.Rows.Select(r => (r.Label, r.Year, r[AreaMeasure.CinStock].Value!.Value)));
        Assert.Equal([2017, 2018], file.Years);
        Assert.Equal(new Dictionary<string, int> { ["National"] = 2, ["Regional"] = 2 }, file.OtherLevels);
    }

    [Fact]
    public void Thousands_separators_of_the_cohort_year_are_read()
    {
        var file = PublishedFile.Read(files.CohortYear("938,West Sussex,\"5,472\",\"10,299\",512.5,20.1"), PublishedRole.Stock);
        Assert.Equal(5472, file.Rows.Single()[AreaMeasure.CinStock].Value);
        Assert.Equal(2011, file.Rows.Single().Year);
    }

    [Fact]
    public void A_file_of_two_uses_is_read_for_either()
    {
        var path = files.CohortYear("201,City,56,x,311.2,x");
        Assert.Equal(311.2, PublishedFile.Read(path, PublishedRole.Rates).Rows.Single()[AreaMeasure.ReferralRatePer10000].Value);
        Assert.Equal(56, PublishedFile.Read(path, PublishedRole.Stock).Rows.Single()[AreaMeasure.CinStock].Value);
    }

    [Fact]
    public void The_mark_x_hides_a_small_count_in_2011_and_says_not_available_from_2013_on()
    {
        var early = PublishedFile.Read(files.CohortYear("201,City,56,x,311.2,.."), PublishedRole.Rates).Rows.Single();
        var late = PublishedFile.Read(files.Rates("2021,204,Hackney,x,x,x,c"), PublishedRole.Rates).Rows.Single();

        Assert.Equal(GapReason.Suppressed, early[AreaMeasure.Referrals].Mark!.Reason);
        Assert.Equal(GapReason.NotSubmitted, early[AreaMeasure.ReReferralPercent].Mark!.Reason);
        Assert.Equal(GapReason.NotAvailable, late[AreaMeasure.Referrals].Mark!.Reason);
        Assert.Equal(GapReason.Suppressed, late[AreaMeasure.NfaPercent].Mark!.Reason);
    }

    [Theory]
    [InlineData("c", GapReason.Suppressed)]
    [InlineData("x", GapReason.NotAvailable)]
    [InlineData(":", GapReason.NotAvailable)]
    [InlineData("..", GapReason.NotAvailable)]
    [InlineData("z", GapReason.NotApplicable)]
    [InlineData("u", GapReason.LowReliability)]
    [InlineData("low", GapReason.RoundsToZero)]
    [InlineData("", GapReason.EmptyCell)]
    public void Every_mark_from_2013_on_is_missing_with_a_named_reason(string mark, GapReason reason)
    {
        var cell = PublishedFile.Read(files.Workforce($"2017,304,Brent,{mark},1"), PublishedRole.Workforce)
            .Rows.Single()[AreaMeasure.SocialWorkersFte];
        Assert.Null(cell.Value);
        Assert.Equal(reason, cell.Mark!.Reason);
    }

    [Fact]
    public void Cells_that_are_neither_numbers_nor_known_marks_are_all_told()
    {
        var path = files.Stock("2017,201,City,n/a", "2017,202,Camden,-5", "17-18,203,Greenwich,7", "2017,20,Hackney,7");

        var file = PublishedFile.Read(path, PublishedRole.Stock);

        // Lines 2 to 5 are totals.
        Assert.Equal(
            [
                (6, "At31_episodes", "\"n/a\""), (7, "At31_episodes", "\"-5\""), (8, "time_period", "\"17-18\""),
                (9, "old_la_code", "\"20\""),
            ],
            file.Findings.Select(f => (f.Line, f.Column, f.Found)));
        Assert.Equal("a number that is not negative, or one of the marks c x : .. z u low", file.Findings[0].Expected);
        // A figure that cannot be read is missing; a row without a code or a year is left out.
        Assert.Equal([("201", GapReason.NotReadable), ("202", GapReason.NotReadable)],
            file.Rows.Select(r => (r.Label, r[AreaMeasure.CinStock].Mark!.Reason)));
    }

    [Fact]
    public void A_mark_of_another_release_is_not_guessed()
    {
        // c, z, u, low and : are marks of later releases: the meta data of 2010-11 know x and .. only.
        var file = PublishedFile.Read(files.CohortYear("201,City,56,c,311.2,z"), PublishedRole.Rates);
        Assert.Equal([("Referrals1011", "\"c\""), ("%ReferralsWithin12mths1011", "\"z\"")],
            file.Findings.Select(f => (f.Column, f.Found)));
    }

    [Fact]
    public void Of_two_rows_for_an_authority_the_first_stands_also_inside_a_joint_row_and_the_other_is_told()
    {
        var path = files.Workforce("2021,940,North,100,10", "2021,940 / 941,North / West,200,10");
        var file = PublishedFile.Read(path, PublishedRole.Workforce);
        Assert.Equal("940", file.Rows.Single().Label);
        Assert.Contains("940 stands on line 4 for 2021", file.Findings.Single().Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_which_no_row_can_be_used_is_unreadable_and_the_first_cell_is_told()
    {
        var problem = Assert.Throws<ProblemException>(() => PublishedFile.Read(files.Stock("2017,20,City,1"), PublishedRole.Stock)).Problem;
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Contains("column old_la_code: found \"20\"", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_for_another_option_is_named_and_the_layouts_known_are_listed()
    {
        var path = files.Stock("2017,201,City,11");
        var problem = Assert.Throws<ProblemException>(() => PublishedFile.Read(path, PublishedRole.Rates)).Problem;

        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Equal("the layout of children in need, b1 stock (2013 on), which has no figures for --rates", problem.Found);
        Assert.Contains("OSR26/2011", problem.Expected, StringComparison.Ordinal);
        Assert.Contains("SFR27/2012", problem.Expected, StringComparison.Ordinal);
        Assert.Contains("Referrals_rate", problem.Expected, StringComparison.Ordinal);
        Assert.Equal("Give this file as --stock, and another one here.", problem.Remedy);
    }

    [Fact]
    public void A_file_of_no_known_layout_is_unreadable_and_its_header_is_told()
    {
        var path = files.Write("other.csv", "child,date\n1,2017-01-01\n");
        var problem = Assert.Throws<ProblemException>(() => PublishedFile.Read(path, PublishedRole.Workforce)).Problem;
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.Equal("a layout that is not known; its header begins child, date", problem.Found);
    }

    [Fact]
    public void An_area_table_is_known_for_what_it_is()
    {
        var path = files.Write("areas.csv", string.Join(',', AreaColumns.All) + "\n");
        var problem = Assert.Throws<ProblemException>(() => PublishedFile.Read(path, PublishedRole.Rates)).Problem;
        Assert.Equal("an area table, which this command writes and does not read", problem.Found);
    }

    [Fact]
    public void A_row_that_was_cut_short_is_unreadable_with_its_line()
    {
        var path = files.Write("osr.csv", "geog_l,geog_c,geog_n,CINAt310311\nLA,201,City,56\nLA,202,Camden\n");
        var problem = Assert.Throws<ProblemException>(() => PublishedFile.Read(path, PublishedRole.Stock)).Problem;
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.EndsWith("line 3", problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_totals_only_is_unreadable()
    {
        var problem = Assert.Throws<ProblemException>(() => PublishedFile.Read(files.CohortYear(), PublishedRole.Stock)).Problem;
        Assert.Equal("no row of a local authority", problem.Found);
    }

    [Fact]
    public void Columns_that_are_not_essential_may_be_absent_and_are_named()
    {
        var path = files.Write("osr.csv", "geog_l,geog_c,geog_n,Referrals1011Rate\nLA,201,City,311.2\n");
        Assert.Equal([AreaMeasure.Referrals, AreaMeasure.ReReferrals, AreaMeasure.ReReferralPercent],
            PublishedFile.Read(path, PublishedRole.Rates).Absent);
    }

    [Fact]
    public void Windows_1252_is_read_and_said()
    {
        var latin = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        var path = files.Write("osr.csv", "geog_l,geog_c,geog_n,CINAt310311\nLA,201,City of “London”,56\n", latin);
        var file = PublishedFile.Read(path, PublishedRole.Stock);
        Assert.Equal("City of “London”", file.Rows.Single().Name);
        Assert.Equal(TextEncoding.Windows1252, file.Encoding);
    }
}
