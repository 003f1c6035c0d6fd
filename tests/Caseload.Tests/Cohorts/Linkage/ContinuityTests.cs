using Caseload.Cohorts;
using Caseload.Cohorts.Linkage;

namespace Caseload.Tests.Cohorts.Linkage;

/// <summary>Whether identifiers carry over is seen from cases that must stand in two returns.</summary>
public sealed class ContinuityTests
{
    private const int Many = 40;

    [Fact]
    public void Identifiers_that_carry_over_find_every_open_case_again()
    {
        var continuity = Of(SampleAuthority.Rows("201", Many, SampleAuthority.Keeps));

        Assert.Empty(continuity.Flagged);

        // Of 2010-11 40 cases are open on 31 March 2011; a year later they and those of 2011-12 are; those of 2014 have no return after 2015.
        Assert.Equal(
            [(2011, 40, 40, 1.0), (2012, 80, 80, 1.0), (2013, 80, 80, 1.0), (2014, 40, 40, 1.0), (2015, 0, 0, null)],
            continuity.Years.Where(y => y.Authority == "201").Select(y => (y.Year, y.OpenCases, y.FoundAgain, y.Score)));
    }

    [Fact]
    public void An_authority_that_gives_new_identifiers_every_year_is_found_and_no_other()
    {
        var continuity = Of([.. SampleAuthority.Rows("201", Many, SampleAuthority.Keeps), .. SampleAuthority.Rows("202", Many, SampleAuthority.NewEachYear)]);

        var (authority, flags) = Assert.Single(continuity.Flagged);
        Assert.Equal(("202", ContinuityFlags.BetweenYears), (authority, flags));
        Assert.All(continuity.Years.Where(y => y.Authority == "202" && y.Score is not null), y => Assert.Equal(0, y.Score));
    }

    [Fact]
    public void A_new_system_in_one_year_is_found_in_that_year_alone()
    {
        var continuity = Of(SampleAuthority.Rows("201", Many, (child, year) => SampleAuthority.Keeps(child + (year > 2012 ? 5000 : 0), year)));

        Assert.Equal([2012], continuity.Years.Where(y => y.Flags != ContinuityFlags.None).Select(y => y.Year));
    }

    [Fact]
    public void One_case_under_two_identifiers_in_one_return_is_found()
    {
        // A fifth of the cases stand in their return a second time, under another identifier.
        var rows = SampleAuthority.Rows("201", Many, SampleAuthority.Keeps);
        var doubles = rows.Where((_, i) => i % 5 == 0).Select(r => r with { Id = r.Id + "x" }).ToArray();

        Assert.Equal(ContinuityFlags.WithinYear, Assert.Single(Of([.. rows, .. doubles]).Flagged).Value);
        Assert.Equal(ContinuityFlags.WithinYear, Assert.Single(Of([.. rows, .. doubles.Select(r => r with { Birth = "" })]).Flagged).Value);
        Assert.Empty(Of([.. rows, .. doubles.Select(r => r with { Birth = "", Upn = "" })]).Flagged);
    }

    [Fact]
    public void Too_few_open_cases_have_no_score()
    {
        var broken = SampleAuthority.Rows("201", YearEvidence.FewestOpenCases - 1, SampleAuthority.NewEachYear);

        Assert.Null(Of(broken).Years.First(y => y.Year == 2011).Score);
        Assert.Equal(0, Of(SampleAuthority.Rows("201", YearEvidence.FewestOpenCases, SampleAuthority.NewEachYear)).Years[0].Score);
    }

    [Fact]
    public void A_year_without_a_return_after_it_has_no_score()
    {
        var rows = SampleAuthority.Rows("201", Many, SampleAuthority.Keeps).Where(r => r.Year != 2012);

        Assert.Null(Of([.. rows]).Years.First(y => y.Year == 2011).Score);
    }

    [Fact]
    public void Broken_authorities_are_left_out_where_that_is_asked_for_and_counted()
    {
        ReturnRow[] rows = [.. SampleAuthority.Rows("201", Many, SampleAuthority.Keeps), .. SampleAuthority.Rows("202", Many, SampleAuthority.NewEachYear)];
        var all = SampleReturns.Cohort(new CohortSettings(), rows);
        var whole = SampleReturns.Cohort(new CohortSettings { ExcludeBrokenLinks = true }, rows);

        Assert.Equal(["201", "202"], SampleReturns.Cells(all.Children, "authority").Distinct());
        Assert.Equal(["201"], SampleReturns.Cells(whole.Children, "authority").Distinct());
        Assert.Contains(whole.Flow.SelectMany(s => s.Excluded), e => e is { Reason: "In an authority whose identifiers do not carry over", Rows: Many * 9 });
    }

    [Fact]
    public void Pupil_numbers_join_what_new_identifiers_tore()
    {
        ReturnRow[] rows = SampleAuthority.Rows("202", Many, SampleAuthority.NewEachYear);
        var torn = SampleReturns.Cohort(new CohortSettings(), rows);
        var joined = SampleReturns.Cohort(new CohortSettings { Linkage = LinkageKey.PupilNumber }, rows);
        var kept = SampleReturns.Cohort(new CohortSettings(), SampleAuthority.Rows("202", Many, SampleAuthority.Keeps));

        Assert.NotEqual(kept.Flow[3].Count, torn.Flow[3].Count);
        Assert.Equal(kept.Flow.Select(s => s.Count), joined.Flow.Select(s => s.Count));
        Assert.Equal(SampleReturns.Cells(kept.Children, "days_from_closure").Order(), SampleReturns.Cells(joined.Children, "days_from_closure").Order());
    }

    [Fact]
    public void The_frame_has_a_row_an_authority_and_year_with_what_is_expected_beside_what_is_found()
    {
        var frame = Of([.. SampleAuthority.Rows("201", Many, SampleAuthority.Keeps), .. SampleAuthority.Rows("202", Many, SampleAuthority.NewEachYear)]).ToFrame();

        // In 2012 half of 80 identifiers were there a year before in the one authority, and none in the other.
        Assert.Equal(("0.5", "0.25"), (frame["matched_back_share"].Format(0), frame["matched_back_median"].Format(0)));
        Assert.Equal("true", frame["broken_between_years"].Format(Enumerable.Range(0, frame.RowCount).First(i => frame["authority"].Format(i) == "202")));
    }

    private static Continuity Of(ReturnRow[] rows) => SampleReturns.Cohort(new CohortSettings(), rows).Linkage!.Continuity;
}
