using Caseload.Cohorts;
using Caseload.Cohorts.Linkage;

namespace Caseload.Tests.Cohorts.Linkage;

/// <summary>Linking by pupil number: who is joined, who is not, and what is counted.</summary>
public sealed class PupilNumberTests
{
    private static readonly ReturnRow First = new() { Id = "A", Upn = "P1" };
    private static readonly ReturnRow Second = new() { Id = "B", Upn = "P1", Year = 2012, Referral = "2011-09-01", Closure = "" };

    [Fact]
    public void Two_identifiers_of_one_pupil_number_are_one_child()
    {
        var child = Assert.Single(Rereferred(LinkageKey.PupilNumber, First, Second));

        Assert.Equal("true", child);
        Assert.Equal("false", Assert.Single(Rereferred(LinkageKey.ChildIdentifier, First, Second)));
        Assert.Equal(2, Counts(First, Second).Joined);
    }

    [Fact]
    public void Another_birth_date_or_sex_joins_nobody_and_is_counted()
    {
        foreach (var other in new[] { Second with { Birth = "2004-01-01" }, Second with { Gender = "1" } })
        {
            Assert.Equal("false", Assert.Single(Rereferred(LinkageKey.PupilNumber, First, other)));
            Assert.Equal(new PupilNumberCounts(0, 1, 0, 0), Counts(First, other));
        }

        // What is not recorded does not differ.
        Assert.Equal("true", Assert.Single(Rereferred(LinkageKey.PupilNumber, First, Second with { Birth = "", Gender = "0" })));
    }

    [Fact]
    public void A_chain_of_numbers_that_would_join_two_who_differ_joins_nobody()
    {
        // B has no birth date and shares a number with each of A and C, who differ.
        ReturnRow[] rows =
        [
            First, Second with { Birth = "", Upn = "P1" }, Second with { Birth = "", Upn = "P2", Year = 2013 },
            First with { Id = "C", Upn = "P2", Birth = "2001-01-01", Referral = "2010-07-01" },
        ];

        Assert.Equal(new PupilNumberCounts(0, 0, 0, 1), Counts(rows));
        Assert.Equal(["false", "false"], Rereferred(LinkageKey.PupilNumber, rows));
    }

    [Fact]
    public void A_number_with_too_many_holders_joins_nobody()
    {
        var rows = Enumerable.Range(0, 21).Select(i => First with { Id = $"X{i:00}" }).ToArray();

        Assert.Equal(new PupilNumberCounts(0, 0, 1, 0), Counts(rows));
        Assert.Equal(new PupilNumberCounts(20, 0, 0, 0), Counts(rows[..20]));
    }

    [Fact]
    public void A_child_who_moved_is_counted_and_is_one_child_where_links_are_national()
    {
        ReturnRow[] rows = [First, Second with { Lea = "202" }, new() { Id = "C", Upn = "P3" }, new() { Id = "D" }];
        var moves = SampleReturns.Cohort(new CohortSettings(), rows).Linkage!.Moves!;

        // The child of the helper's last row has no pupil number, nor has D.
        Assert.Equal((5, 3, 1), (moves.Children, moves.WithNumber, moves.Moved));
        Assert.Equal((2, 1), (moves.NotRereferred, moves.ReferredElsewhere));

        var national = SampleReturns.Cohort(new CohortSettings { Linkage = LinkageKey.National }, rows);
        Assert.Equal(["true", "false", "false"], SampleReturns.Cells(national.Children, "rereferred"));
        Assert.Equal(4, national.Flow[3].Count);
        Assert.Contains(national.Cases, c => c is { What: "First re-referral in another authority", Count: 1 });
    }

    [Fact]
    public void A_child_in_two_authorities_counts_once_where_first_referred_in_the_cohort_year()
    {
        ReturnRow[] rows =
        [
            First with { Lea = "202", Referral = "2010-04-02" }, First with { Referral = "2010-06-01" },
            First with { Lea = "203", Referral = "2009-09-01", Closure = "2009-10-01" },
        ];
        var national = SampleReturns.Cohort(new CohortSettings { Linkage = LinkageKey.National }, rows);

        Assert.Equal(["202"], SampleReturns.Cells(national.Children, "authority"));
        Assert.Equal(("2", "60", "true"), (Cell(national, "episode_number"), Cell(national, "days_to_rereferral"), Cell(national, "earlier_12_months")));
    }

    [Fact]
    public void Two_authorities_on_one_day_are_one_referral()
    {
        var national = SampleReturns.Cohort(new CohortSettings { Linkage = LinkageKey.National }, First, First with { Lea = "202" });

        Assert.Equal("false", Cell(national, "rereferred"));
        Assert.Equal(["201"], SampleReturns.Cells(national.Children, "authority"));
    }

    private static string Cell(Cohort cohort, string column) => cohort.Children[column].Format(0);

    private static string[] Rereferred(LinkageKey key, params ReturnRow[] rows) =>
        SampleReturns.Cells(SampleReturns.Cohort(new CohortSettings { Linkage = key }, rows).Children, "rereferred");

    private static PupilNumberCounts Counts(params ReturnRow[] rows) =>
        SampleReturns.Cohort(new CohortSettings { Linkage = LinkageKey.PupilNumber }, rows).Linkage!.PupilNumbers;
}
