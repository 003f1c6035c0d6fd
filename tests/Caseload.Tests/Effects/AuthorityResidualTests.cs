using Caseload.Effects;

namespace Caseload.Tests.Effects;

/// <summary>What is left of each authority, and what may be said of it.</summary>
public sealed class AuthorityResidualTests
{
    [Theory]
    [InlineData(0.20, 0.1, Expectation.Above)]
    [InlineData(0.1961, 0.1, Expectation.Above)]
    [InlineData(0.1959, 0.1, Expectation.AsExpected)]
    [InlineData(0, 0.1, Expectation.AsExpected)]
    [InlineData(-0.1959, 0.1, Expectation.AsExpected)]
    [InlineData(-0.1961, 0.1, Expectation.Below)]
    public void The_class_rests_on_1_96_standard_errors_against_the_average(double effect, double error, Expectation expectation) =>
        Assert.Equal(expectation, new AuthorityResidual("201", 600, effect, error).Expectation);

    [Fact]
    public void Comparison_intervals_of_two_like_authorities_just_touch_where_their_difference_is_just_told_from_0()
    {
        // Goldstein and Healy (1995): with equal errors s the difference has the error s sqrt 2, so 1.96 s sqrt 2 / 2 = 1.386 s on each side.
        var (a, b) = (new AuthorityResidual("201", 600, 0, 0.1), new AuthorityResidual("202", 600, 1.959963984540054 * 0.1 * Math.Sqrt(2), 0.1));

        Assert.InRange(b.ComparisonLower - a.ComparisonUpper, -0.002, 0.002);
        Assert.Equal(0.139, a.ComparisonUpper, 12);
        Assert.Equal(-0.139, a.ComparisonLower, 12);
    }

    [Fact]
    public void Every_modelled_authority_is_there_once_with_its_children_in_order_of_effect()
    {
        var residuals = AuthorityResidual.Of(StudyFit.Fit, StudyFit.Data);
        var authority = StudyFit.Data.Text("authority");
        var expected = Enumerable.Range(0, StudyFit.Data.RowCount).GroupBy(row => authority[row]!).ToDictionary(g => g.Key, g => g.Count());

        Assert.Equal(expected.Count, residuals.Count);
        Assert.All(residuals, r => Assert.Equal(expected[r.Authority], r.Children));
        Assert.Equal(residuals.OrderBy(r => r.Effect).Select(r => r.Authority), residuals.Select(r => r.Authority));
        Assert.All(residuals, r => Assert.True(r.StandardError >= 0 && r.Lower <= r.ComparisonLower && r.ComparisonUpper <= r.Upper));
    }
}
