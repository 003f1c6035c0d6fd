using Caseload.Descriptives;
using Caseload.Tests.Results;
using FsCheck.Fluent;

namespace Caseload.Tests.Descriptives;

/// <summary>The product-limit estimate against a published table, and against its definition.</summary>
public sealed class KaplanMeierTests
{
    // Weeks of remission in acute myelogenous leukaemia, maintained group (Miller, Survival Analysis, 1981, p. 49; data set "aml" of
    // R's survival package); the table of survival and standard errors that both print, to three and four digits.
    private static readonly int[] Weeks = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161];
    private static readonly bool[] Relapsed = [true, true, false, true, true, false, true, true, false, true, false];

    [Theory]
    [InlineData(9, 11, 0.909, 0.0867)]
    [InlineData(13, 10, 0.818, 0.1163)]
    [InlineData(18, 8, 0.716, 0.1397)]
    [InlineData(23, 7, 0.614, 0.1526)]
    [InlineData(31, 5, 0.491, 0.1642)]
    [InlineData(34, 4, 0.368, 0.1627)]
    [InlineData(48, 2, 0.184, 0.1535)]
    public void It_agrees_with_the_published_table(int week, int atRisk, double surviving, double error)
    {
        var point = Assert.Single(KaplanMeier.At(Weeks, Relapsed, [week]));

        Assert.Equal(atRisk, point.AtRisk);
        Assert.Equal(surviving, point.Surviving, 0.0005);
        Assert.Equal(error, point.StandardError, 0.00005);
    }

    [Fact]
    public void Limits_are_symmetric_on_the_log_log_scale_and_inside_0_to_1()
    {
        var point = Assert.Single(KaplanMeier.At(Weeks, Relapsed, [31]));
        var (lower, upper) = point.Interval;
        double Scale(double s) => Math.Log(-Math.Log(s));

        Assert.InRange(lower, 0, point.Surviving);
        Assert.InRange(upper, point.Surviving, 1);
        Assert.Equal(Scale(lower) - Scale(point.Surviving), Scale(point.Surviving) - Scale(upper), 1e-12);

        // The delta method: the standard error of log(-log S) is that of S over S |log S|; 1.96 of them are half the width.
        Assert.Equal(1.959964 * point.StandardError / (point.Surviving * -Math.Log(point.Surviving)), Scale(lower) - Scale(point.Surviving), 1e-6);
    }

    [Fact]
    public void Before_the_first_event_all_survive_and_beyond_the_last_time_nothing_is_said()
    {
        Assert.Equal([(8, 1.0)], KaplanMeier.At(Weeks, Relapsed, [8, 162]).Select(p => (p.Day, p.Surviving)));
        Assert.Empty(KaplanMeier.At([], [], [1]));
    }

    [Fact]
    public void Without_censoring_it_is_the_share_that_is_left() => Properties.Hold(Gen.Choose(1, 100_000), seed =>
    {
        var random = new Random(seed);
        int[] times = [.. Enumerable.Range(0, 50).Select(_ => random.Next(100)), 100];

        foreach (var point in KaplanMeier.At(times, [.. times.Select(_ => true)], [10, 50, 99]))
        {
            var left = times.Count(t => t > point.Day) / (double)times.Length;
            Assert.Equal(left, point.Surviving, 1e-12);
            Assert.Equal(Math.Sqrt(left * (1 - left) / times.Length), point.StandardError, 1e-12);
            Assert.Equal(times.Count(t => t <= point.Day), point.Events);
        }
    });

    [Fact]
    public void A_cohort_without_times_has_no_curve() => Assert.Empty(TimeToRereferral.Of(SampleCohort.Of([new(), new()])).FromReferral);
}
