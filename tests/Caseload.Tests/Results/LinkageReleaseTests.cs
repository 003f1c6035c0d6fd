using Caseload.Cohorts;
using Caseload.Cohorts.Linkage;
using Caseload.Reports;
using Caseload.Results;
using FsCheck.Fluent;

namespace Caseload.Tests.Results;

/// <summary>What linking met, as it may be shown: nothing hidden follows from what is shown, and a broken authority is still named.</summary>
public sealed class LinkageReleaseTests
{
    private static readonly string[] Named = [.. (SimulatedStudy.Results with { IsSimulated = false }).Release().AuthorityRates.Select(r => r.Authority).Take(6)];

    [Fact]
    public void Of_simulated_data_every_count_and_score_is_exact()
    {
        var linkage = Of(true, Year(0, 2011, 200, 197), Year(1, 2011, 300, 299));

        Assert.Equal([197, 299], linkage.Years.Select(y => y.FoundAgain));
        Assert.Equal(197 / 200.0, linkage.Scores[0]);
        Assert.Equal(((197 / 200.0) + (299 / 300.0)) / 2, linkage.Median);
    }

    [Fact]
    public void A_few_lost_cases_are_hidden_with_those_of_another_pair_of_years()
    {
        // Of 3 and 20 lost cases either alone would follow from the sum of both.
        var years = Of(false, Year(0, 2011, 203, 200), Year(1, 2011, 220, 200), Year(2, 2011, 600, 402)).Years;

        Assert.Equal([true, true, false], years.Select(y => y.IsHidden));
        Assert.Equal((600, 400, 0.67), (years[2].OpenCases!.Value, years[2].FoundAgain!.Value, years[2].Score!.Value));
        Assert.All(years.Take(2), y => Assert.Equal((null, null, null), (y.OpenCases, y.FoundAgain, y.Score)));
    }

    [Fact]
    public void An_authority_that_loses_nearly_all_is_named_without_its_score()
    {
        var flagged = Assert.Single(Of(false, Year(0, 2011, 203, 3), Year(1, 2011, 300, 200), Year(2, 2011, 400, 250)).Flagged);

        Assert.Equal((Named[0], "between years", null), (flagged.Authority, flagged.How, flagged.LowestScore));
    }

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, true)]
    public void A_flag_needs_so_many_open_cases_that_any_few_could_have_been_found(int open, bool? flag) =>
        Assert.Equal(flag, Of(false, Year(0, 2011, open, 1), Year(1, 2011, 300, 200)).Years[0].BrokenBetweenYears);

    [Fact]
    public void An_authority_without_a_child_in_the_cohort_is_not_named() =>
        Assert.Equal([Named[1]], Of(false, new YearEvidence("999", 2011) { HasNext = true, OpenCases = 400 }, Year(1, 2011, 300, 200))
            .Years.Select(y => y.Authority));

    [Fact]
    public void The_last_year_has_no_score_and_hides_nothing()
    {
        var last = Of(false, Year(0, 2011, 300, 200), new YearEvidence(Named[0], 2012) { OpenCases = 3 }).Years[1];

        Assert.Equal((null, false), (last.OpenCases, last.IsHidden));
    }

    [Fact]
    public void No_hidden_pair_of_years_follows_from_the_sums_and_what_is_shown_is_round() => Properties.Hold(Gen.Choose(1, 100_000), seed =>
    {
        var random = new Random(seed);
        YearEvidence[] evidence = [.. Enumerable.Range(0, 12).Select(i =>
        {
            var open = random.Next(3) == 0 ? random.Next(30) : random.Next(400);
            return Year(i % 6, 2011 + (i / 6), open, open - Math.Min(open, random.Next(3) == 0 ? random.Next(open + 1) : random.Next(12)));
        })];
        var years = Of(false, evidence).Years;

        foreach (var cell in new Func<YearEvidence, int>[] { e => e.FoundAgain, e => e.OpenCases - e.FoundAgain })
        {
            Assert.All(evidence.Zip(years).Where(p => !p.Second.IsHidden), p => Assert.False(cell(p.First) is > 0 and <= 5));

            // Where something small is hidden, one child each but for it leaves it at 5 or more: so any number from 1 to 5 is possible.
            int[] hidden = [.. evidence.Zip(years).Where(p => p.Second.IsHidden && cell(p.First) > 0).Select(p => cell(p.First))];
            if (hidden.Any(h => h <= 5) && years.Any(y => !y.IsHidden)) Assert.True(hidden.Length > 1 && hidden.Sum() >= 5 + hidden.Length - 1);
        }

        Assert.All(years, y => Assert.Equal((0, 0), ((y.OpenCases ?? 0) % 10, (y.FoundAgain ?? 0) % 10)));
        Assert.All(years, y => Assert.Equal(Math.Round(y.Score ?? 0, 2), y.Score ?? 0));
    });

    [Fact]
    public void Who_moved_is_hidden_where_those_or_the_others_are_few()
    {
        Moves Moved(int moved, int elsewhere) => new(20_000, 9_000, moved, default, 4_004, elsewhere);
        int?[] Counts(Moves moves) => [.. Results(false, [Year(0, 2011, 300, 200)], moves).Release().Linkage!.Moves.TakeLast(3).Select(m => m.Count)];

        Assert.Equal([310, 4_000, 40], Counts(Moved(312, 41)));
        Assert.Equal([null, 4_000, null], Counts(Moved(4, 4_001)));
    }

    [Fact]
    public void The_report_names_the_flagged_authority_and_a_cohort_file_has_no_such_section()
    {
        var results = Results(false, [Year(0, 2011, 203, 3), Year(1, 2011, 300, 200), Year(2, 2011, 400, 250)]);

        Assert.Equal(Named[0], LinkageTables.Flagged(results).Text("authority")[0]);
        Assert.Null((results with { Linkage = null }).Release().Linkage);
    }

    [Fact]
    public void Rows_that_the_flow_counts_are_not_counted_a_second_time_by_cleaning()
    {
        Assert.Null(SimulatedStudy.Results.Release().Cleaning.FirstOrDefault(c => c.Count is null));
        var real = (SimulatedStudy.Results with { IsSimulated = false }).Release().Cleaning;

        Assert.All(real.Where(c => c.Step is "adult-referrals" or "referrals-after-death" or "unborn-limit"), c => Assert.Null(c.Count));
        Assert.Contains(real, c => c is { Step: "closure-order", Count: not null });
    }

    private static YearEvidence Year(int authority, int year, int open, int found) =>
        new(Named[authority], year) { HasNext = true, OpenCases = open, FoundAgain = found, Cases = 1_000 };

    private static LinkageRelease Of(bool isSimulated, params YearEvidence[] years) => Results(isSimulated, years).Release().Linkage!;

    private static StudyResults Results(bool isSimulated, YearEvidence[] years, Moves? moves = null) => SimulatedStudy.Results with
    {
        IsSimulated = isSimulated,
        Linkage = new LinkageAccount(LinkageKey.ChildIdentifier, new Continuity(years), default, moves, new LeftTruncation(0, 0)),
    };
}
