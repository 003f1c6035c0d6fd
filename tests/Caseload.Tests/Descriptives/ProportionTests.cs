using Caseload.Descriptives;
using FsCheck.Fluent;

namespace Caseload.Tests.Descriptives;

/// <summary>The score interval of a proportion (Wilson 1927).</summary>
public sealed class ProportionTests
{
    // Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3 (score without continuity correction), four decimals:
    // 81/263, 15/148, 0/20 and 1/29. The first two rows are R's prop.test(x, n, correct = FALSE); they also follow in closed form:
    // the upper limit of 0/n is z^2 / (n + z^2), and the interval of n/2 of n is 1/2 +- z / (2 sqrt(n + z^2)).
    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Agrees_with_published_intervals(int count, int of, double lower, double upper)
    {
        var p = new Proportion(count, of);

        Assert.InRange(p.Lower, lower - 0.00005001, lower + 0.00005001);
        Assert.InRange(p.Upper, upper - 0.00005001, upper + 0.00005001);
    }

    [Fact]
    public void The_limits_are_where_the_score_test_just_rejects() => Properties.Hold(Cases, pair =>
    {
        // The definition, not the formula: at a limit p0 the score statistic |p - p0| / sqrt(p0 (1 - p0) / n) is 1.96.
        var p = new Proportion(pair.Count, pair.Of);
        double Score(double p0) => Math.Abs(p.Value - p0) / Math.Sqrt(p0 * (1 - p0) / p.Of);
        if (p.Count > 0) Assert.InRange(Score(p.Lower), 1.95996 - 1e-4, 1.95997 + 1e-4);
        if (p.Count < p.Of) Assert.InRange(Score(p.Upper), 1.95996 - 1e-4, 1.95997 + 1e-4);
    });

    [Fact]
    public void The_limits_lie_within_0_and_1_and_hold_the_share_between_them() => Properties.Hold(Cases, pair =>
    {
        var p = new Proportion(pair.Count, pair.Of);
        Assert.InRange(p.Lower, 0, p.Value);
        Assert.InRange(p.Upper, p.Value, 1);
    });

    [Fact]
    public void Counting_the_others_turns_the_interval_round() => Properties.Hold(Cases, pair =>
    {
        var (p, rest) = (new Proportion(pair.Count, pair.Of), new Proportion(pair.Of - pair.Count, pair.Of));
        Assert.Equal(1 - p.Lower, rest.Upper, 12);
        Assert.Equal(1 - p.Upper, rest.Lower, 12);
    });

    [Fact]
    public void Of_nobody_there_is_no_share() =>
        Assert.All(new[] { new Proportion(0, 0).Value, new Proportion(0, 0).Lower, new Proportion(0, 0).Upper }, v => Assert.True(double.IsNaN(v)));

    private static FsCheck.Gen<(int Count, int Of)> Cases =>
        from of in Gen.Choose(1, 5_000)
        from count in Gen.Choose(0, of)
        select (count, of);
}
