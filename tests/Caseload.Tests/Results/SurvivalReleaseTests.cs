using Caseload.Descriptives;
using Caseload.Reports;
using Caseload.Results;

namespace Caseload.Tests.Results;

/// <summary>When children return and what is not recorded together, as it may be shown.</summary>
public sealed class SurvivalReleaseTests
{
    private static StudyResults Real => SimulatedStudy.Results with { IsSimulated = false };

    [Fact]
    public void Of_simulated_data_the_points_are_the_estimates()
    {
        var points = SimulatedStudy.Results.TimeToRereferral.FromReferral;

        Assert.Equal(6, points.Count);
        Assert.Equal(points.Select(p => (double?)(1 - p.Surviving)), SimulatedStudy.Results.Release().ReturnedSinceReferral.Select(p => p.Returned));
        Assert.Equal([12, 24, 36, 48, 60, 72], SimulatedStudy.Results.Release().ReturnedSinceReferral.Select(p => p.Months));
        Assert.All(SimulatedStudy.Results.Release().ReturnedSinceClosure, p => Assert.True(p.Lower <= p.Returned && p.Returned <= p.Upper));
    }

    [Fact]
    public void Of_real_data_shares_are_whole_percents_and_those_at_risk_tens()
    {
        var points = Real.Release().ReturnedSinceReferral;

        Assert.NotNull(points[1].Returned);
        Assert.All(points.Where(p => p.Returned is not null), p => Assert.Equal(Math.Round(p.Returned!.Value, 2), p.Returned));
        Assert.All(points, p => Assert.Equal(0, (p.AtRisk ?? 0) % 10));
    }

    [Fact]
    public void A_time_within_a_few_children_of_a_census_year_is_not_shown()
    {
        var years = Real.Outcomes.Cumulative;
        var second = years[1].All.Count;
        SurvivalPoint At(int day, int events) => new(day, 5_000, events, 0.6, 0.01);
        var close = Real with { TimeToRereferral = new([At(365, second - 3), At(730, second + 200)], []) };
        var apart = Real with { TimeToRereferral = new([At(365, second - 40), At(730, second + 200)], []) };

        Assert.Equal([null, 0.4], close.Release().ReturnedSinceReferral.Select(p => p.Returned));
        Assert.Equal([0.4, 0.4], apart.Release().ReturnedSinceReferral.Select(p => p.Returned));
        Assert.Equal("c", FollowUpTables.Survival(close)["returned"].Format(0));
    }

    [Fact]
    public void Who_is_at_risk_is_hidden_where_few_left_between_two_times()
    {
        SurvivalPoint At(int day, int atRisk, int events) => new(day, atRisk, events, 0.6, 0.01);
        var second = Real.Outcomes.Cumulative[1].All.Count;
        var results = Real with
        {
            TimeToRereferral = new([At(365, 6_000, second - 500), At(730, 5_297, second + 200)], []),
        };

        Assert.Equal([null, 5_300], results.Release().ReturnedSinceReferral.Select(p => p.AtRisk));
    }

    [Fact]
    public void Combinations_of_missing_covariates_are_all_shown_or_none()
    {
        // The groups "not recorded" of which the combinations are made must be shown themselves.
        StudyResults With(params IncompleteCases[] cases) => Real with
        {
            RiskGroups = [.. Real.RiskGroups.Where(g => g.Code is not ("" or "unknown"))], Incomplete = cases,
        };

        Assert.Equal([700, 40], With(new("", 702), new("sex", 41)).Release().Incomplete!.Select(c => c.Count));
        Assert.Null(With(new("", 702), new("sex", 41), new("sex;need", 3)).Release().Incomplete);
        Assert.IsType<Prose>(FollowUpBlocks.Incomplete(With(new("", 702), new("sex;need", 3))));
    }

    [Fact]
    public void Of_simulated_data_the_combinations_add_up_to_the_eligible_children() =>
        Assert.Equal(SimulatedStudy.Results.Children.Eligible, FollowUpTables.Incomplete(SimulatedStudy.Results)!.Integer("eligible_children").Values.ToArray().Sum());
}
