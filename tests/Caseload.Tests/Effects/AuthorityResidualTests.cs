using Caseload.Effects;
using Caseload.Frames;
using MathNet.Numerics.Distributions;

namespace Caseload.Tests.Effects;

/// <summary>What is left of each authority, and what may be said of it.</summary>
public sealed class AuthorityResidualTests
{
    private static readonly Lazy<IReadOnlyList<AuthorityResidual>> Of = new(() => AuthorityResidual.Of(StudyFit.Fit, StudyFit.Data));

    [Fact]
    public void Comparison_intervals_of_two_equal_authorities_fail_to_overlap_in_one_case_in_twenty_on_average_over_all_pairs()
    {
        // Goldstein and Healy (1995): the difference of two has the error sqrt(si^2 + sj^2), and overlap ends at m (si + sj).
        var (m, errors) = (Of.Value[0].PairMultiplier, Of.Value.Select(r => r.StandardError).ToArray());
        var missed = new List<double>();
        for (var i = 0; i < errors.Length; i++)
        {
            for (var j = 0; j < i; j++)
                missed.Add(2 * Normal.CDF(0, 1, -m * (errors[i] + errors[j]) / Math.Sqrt((errors[i] * errors[i]) + (errors[j] * errors[j]))));
        }

        Assert.Equal(0.05, missed.Average(), 6);
        Assert.InRange(m, 1.959963984540054 / Math.Sqrt(2), 1.96);
        Assert.All(Of.Value, r => Assert.Equal(m, r.PairMultiplier));
        Assert.All(Of.Value, r => Assert.Equal(m * r.StandardError, r.ComparisonUpper - r.Effect, 12));
        Assert.All(Of.Value, r => Assert.Equal(m * r.StandardError, r.Effect - r.ComparisonLower, 12));
    }

    [Fact]
    public void Intervals_against_the_average_are_those_of_1_96_errors_and_wider_than_those_for_pairs()
    {
        Assert.All(Of.Value, r => Assert.Equal(1.959963984540054 * r.StandardError, r.Upper - r.Effect, 12));
        Assert.All(Of.Value, r => Assert.True(r.Lower < r.ComparisonLower && r.ComparisonUpper < r.Upper));
    }

    [Fact]
    public void The_chances_are_those_of_odds_a_tenth_higher_or_lower_than_the_averages()
    {
        Assert.All(Of.Value, r => Assert.Equal(Normal.CDF(0, 1, (r.Effect - Math.Log(1.1)) / r.StandardError), r.Above, 9));
        Assert.All(Of.Value, r => Assert.Equal(Normal.CDF(0, 1, (-r.Effect - Math.Log(1.1)) / r.StandardError), r.Below, 9));
        Assert.All(Of.Value, r => Assert.Equal(Math.Max(r.Above, r.Below), r.Chance));
    }

    [Fact]
    public void As_many_are_named_as_keep_the_expected_share_of_wrong_names_within_one_in_twenty()
    {
        // Fifteen children tell too little to name an authority: here some lie up to six standard errors from the average.
        var spread = StudyFit.Fit with
        {
            ConditionalModes =
            [
                .. StudyFit.Fit.ConditionalModes.Select((m, i) => i % 8 > 1 ? m
                    : m with { Mode = (i % 8 == 0 ? 1 : -1) * (Math.Log(1.1) + (i / 24.0 * m.StandardError)) }),
            ],
        };
        var surestFirst = AuthorityResidual.Of(spread, StudyFit.Data).OrderByDescending(r => r.Chance).ToArray();
        var named = surestFirst.Count(r => r.Expectation != Expectation.AsExpected);

        Assert.All(Of.Value, r => Assert.Equal(Expectation.AsExpected, r.Expectation));
        Assert.InRange(named, 1, surestFirst.Length - 1);
        Assert.All(surestFirst.Take(named), r => Assert.Equal(r.Above > r.Below ? Expectation.Above : Expectation.Below, r.Expectation));
        Assert.True(surestFirst.Take(named).Average(r => 1 - r.Chance) <= 0.05);
        Assert.True(surestFirst.Take(named + 1).Average(r => 1 - r.Chance) > 0.05);
    }

    [Fact]
    public void A_rank_interval_lies_among_the_authorities_and_holds_the_place_that_the_effect_has_as_a_rule()
    {
        Assert.All(Of.Value, r => Assert.True(r.Rank.Lower >= 1 && r.Rank.Lower <= r.Rank.Upper && r.Rank.Upper <= Of.Value.Count));
        Assert.InRange(Of.Value.Where((r, i) => r.Rank.Lower <= i + 1 && i + 1 <= r.Rank.Upper).Count(), 0.9 * Of.Value.Count, Of.Value.Count);
    }

    [Fact]
    public void Where_the_variance_is_0_any_rank_is_as_good_as_any_other() => Assert.All(
        AuthorityResidual.Of(StudyFit.Fit with { RandomEffects = [StudyFit.Fit.RandomEffects[0] with { Covariance = [[0]] }] }, StudyFit.Data), r => Assert.Equal((1, Of.Value.Count), r.Rank));

    [Fact]
    public void A_coefficient_without_an_estimate_takes_nothing_from_what_is_said_of_authorities()
    {
        var separated = StudyFit.Fit with { Obstacle = new Problem(ProblemKind.NoEstimate, "a separated coefficient", "", "", "") };

        Assert.Equal(Of.Value, AuthorityResidual.Of(separated, StudyFit.Data));
    }

    [Fact]
    public void Every_modelled_authority_is_there_once_with_its_children_in_order_of_effect()
    {
        var authority = StudyFit.Data.Text("authority");
        var expected = Enumerable.Range(0, StudyFit.Data.RowCount).GroupBy(row => authority[row]!).ToDictionary(g => g.Key, g => g.Count());

        Assert.Equal(expected.Count, Of.Value.Count);
        Assert.All(Of.Value, r => Assert.Equal(expected[r.Authority], r.Children));
        Assert.Equal(Of.Value.OrderBy(r => r.Effect).Select(r => r.Authority), Of.Value.Select(r => r.Authority));
    }
}
