using Caseload.Cohorts;
using Caseload.Cohorts.Cleaning;
using Caseload.Cohorts.Linkage;
using Caseload.Frames;
using FsCheck.Fluent;

namespace Caseload.Tests.Cohorts;

/// <summary>What holds of the cohort of any returns.</summary>
public sealed class CohortPropertyTests
{
    // A child first referred in the cohort year, so that there is a cohort.
    private static readonly ReturnRow Always = new() { Lea = "203", Id = "Always", Birth = "2004-05-06" };

    [Fact]
    public void The_fast_way_gives_what_the_readable_one_gives() => Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
    {
        var rows = Rows(seed);
        var cohort = Cohort(rows, new CohortSettings());
        var slow = SlowCohort.Build(rows, cohort.Settings);

        Assert.Equal(slow.Count, cohort.Children.RowCount);
        foreach (var column in slow[0].Keys)
            Assert.Equal(slow.Select(c => $"{column} {c[column]}"), SampleReturns.Cells(cohort.Children, column).Select(cell => $"{column} {cell}"));
    });

    [Fact]
    public void The_order_of_rows_and_files_does_not_matter() => Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
    {
        var (rows, settings) = (Rows(seed), Settings(seed));
        var shuffled = rows.ToArray();
        new Random(seed).Shuffle(shuffled);

        AssertSame(Cohort(rows, settings), Cohort(shuffled, settings, files: 3));
    }, 60);

    [Fact]
    public void No_row_and_no_child_is_lost_without_a_reason() => Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
    {
        var flow = Cohort(Rows(seed), Settings(seed)).Flow;

        // Between episodes and children the unit changes: a child has several.
        foreach (var step in Enumerable.Range(1, flow.Count - 1).Where(i => flow[i].Label != "Children"))
            Assert.Equal(flow[step - 1].Count, flow[step].Count + flow[step].Excluded.Sum(e => e.Rows));
    }, 60);

    [Fact]
    public void Other_names_for_the_children_change_nothing_but_their_order() => Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
    {
        var rows = Rows(seed);
        var settings = Settings(seed) with { Linkage = (LinkageKey)(seed % 2) };
        var names = rows.Select(r => r.Id).Distinct().ToArray();
        new Random(seed).Shuffle(names);
        var number = names.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => FormattableString.Invariant($"new-{x.i:00}"));
        var (one, other) = (Cohort(rows, settings), Cohort(rows.Select(r => r with { Id = number[r.Id] }), settings));

        Assert.Equal(Children(one), Children(other));
        Assert.Equal(one.Flow.Select(s => s.Count), other.Flow.Select(s => s.Count));
        Assert.Equal(one.Linkage!.Continuity.Years, other.Linkage!.Continuity.Years);
        Assert.Equal(one.Cases, other.Cases);
    }, 60);

    [Fact]
    public void Without_pupil_numbers_every_way_of_linking_is_the_same() => Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
    {
        var rows = Rows(seed).Select(r => r with { Upn = "" }).ToArray();
        var byIdentifier = Cohort(rows, new CohortSettings());

        foreach (var key in new[] { LinkageKey.PupilNumber, LinkageKey.National })
            Assert.Equal(Table(byIdentifier), Table(Cohort(rows, new CohortSettings { Linkage = key })));
    }, 30);

    [Fact]
    public void A_sample_is_of_the_complete_cases_and_as_large_as_asked() => Properties.Hold(Gen.Choose(1, 1_000_000), seed =>
    {
        var rows = Rows(seed);
        var complete = Cohort(rows, new CohortSettings());
        var sample = Cohort(rows, new CohortSettings { Modelled = new ModelSelection { Choice = ModelChoice.Sample, Share = 0.5, Seed = seed } });

        var expected = Math.Min(complete.ModelledChildren.RowCount, (int)Math.Round(0.5 * complete.EligibleChildren.RowCount, MidpointRounding.AwayFromZero));
        Assert.Equal(expected, sample.ModelledChildren.RowCount);
        Assert.Subset(SampleReturns.Cells(complete.ModelledChildren, "child").ToHashSet(), SampleReturns.Cells(sample.ModelledChildren, "child").ToHashSet());
    }, 30);

    private static ReturnRow[] Rows(int seed) => [.. RandomReturns.Draw(seed, 40), Always, Always with { Year = 2016, Referral = "2015-09-09", Closure = "" }];

    // A draw of settings too: any steps left out, any way of linking.
    private static CohortSettings Settings(int seed) => new()
    {
        Cleaning = (CleaningSteps)new Random(seed).Next((int)CleaningSteps.All + 1),
        Linkage = (LinkageKey)(seed % 3),
        ExcludeBrokenLinks = seed % 2 == 0,
    };

    private static Cohort Cohort(IEnumerable<ReturnRow> rows, CohortSettings settings, int files = 1) =>
        CohortBuilder.Build(SampleReturns.Read(rows, files), SampleReturns.Areas, settings);

    private static void AssertSame(Cohort one, Cohort other)
    {
        Assert.Equal(Table(one), Table(other));
        Assert.Equal(one.Flow.Select(s => (s.Label, s.Count)), other.Flow.Select(s => (s.Label, s.Count)));
        Assert.Equal(one.Cases, other.Cases);
        Assert.Equal(one.Linkage!.Moves, other.Linkage!.Moves);
        Assert.Equal(one.Linkage.Continuity.Years, other.Linkage.Continuity.Years);
    }

    private static IEnumerable<string> Children(Cohort cohort) => Enumerable.Range(0, cohort.Children.RowCount)
        .Select(row => string.Join(',', cohort.Children.Columns.Where(c => c.Name != "child").Select(c => c.Format(row)))).Order(StringComparer.Ordinal);

    private static string Table(Cohort cohort) => FrameText.Table(cohort.Children, int.MaxValue);
}
