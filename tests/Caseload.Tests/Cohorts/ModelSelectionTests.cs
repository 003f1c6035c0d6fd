using Caseload.Cohorts;
using Caseload.Schemas;
using Caseload.Tests.Results;

namespace Caseload.Tests.Cohorts;

/// <summary>Complete cases, or a sample of them.</summary>
public sealed class ModelSelectionTests
{
    private static readonly ModelSelection Quarter = new() { Choice = ModelChoice.Sample };

    [Fact]
    public void The_published_share_of_the_published_eligible_children_is_the_published_number() =>
        Assert.Equal(90_209, Quarter.Size(366_196, 366_196));

    [Fact]
    public void A_sample_is_no_larger_than_the_complete_cases() => Assert.Equal(10, Quarter.Size(366_196, 10));

    [Fact]
    public void The_draw_is_of_the_size_asked_for_follows_the_seed_and_does_not_depend_on_the_order()
    {
        int[] children = [.. Enumerable.Range(1, 1000)];
        int[] Drawn(ModelSelection selection, int[] of) => [.. selection.Draw(of, 250).Zip(of).Where(x => x.First).Select(x => x.Second).Order()];

        Assert.Equal(250, Drawn(Quarter, children).Length);
        Assert.Equal(Drawn(Quarter, children), Drawn(Quarter, [.. children.Reverse()]));
        Assert.NotEqual(Drawn(Quarter, children), Drawn(Quarter with { Seed = 1 }, children));
    }

    [Fact]
    public void Every_child_is_drawn_as_often_as_every_other()
    {
        // 400 seeds draw a quarter of 40 children: 100 times each, with a standard deviation of 8.7; 5 of them are allowed.
        int[] children = [.. Enumerable.Range(1, 40)];
        var times = new int[children.Length];
        for (var seed = 0; seed < 400; seed++)
        {
            var drawn = (Quarter with { Seed = seed }).Draw(children, 10);
            for (var i = 0; i < times.Length; i++) times[i] += drawn[i] ? 1 : 0;
        }

        Assert.All(times, n => Assert.InRange(n, 57, 143));
    }

    [Fact]
    public void A_cohort_that_was_written_with_a_sample_is_read_back_with_the_same_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("cohort.csv", SampleCohort.Csv(SampleCohort.Draw(1, 200)));
        var schema = DataPackage.Load().Table("cohort");
        var sampled = CohortReader.Read(schema, path, new CohortSettings { Modelled = Quarter with { Share = 0.2 } }).Cohort;
        sampled.Children.SaveCsv(path);
        var read = CohortReader.Read(schema, path, new CohortSettings());

        Assert.Equal(0, read.Reading.FindingCount);
        Assert.Equal(SampleReturns.Cells(sampled.ModelledChildren, "child"), SampleReturns.Cells(read.Cohort.ModelledChildren, "child"));
        Assert.Contains(sampled.Flow[^1].Excluded, e => e.Reason == "Complete, and not drawn for the sample" && e.Rows > 0);
        Assert.Equal(sampled.Flow[^1].Excluded, read.Cohort.Flow[^1].Excluded);
    }
}
