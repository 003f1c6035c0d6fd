using Caseload.Effects;
using Caseload.Frames;
using Caseload.MixedModels;

namespace Caseload.Tests.Effects;

/// <summary>Observed over expected of the authorities, with limits.</summary>
public sealed class AuthorityFunnelTests
{
    private static readonly Lazy<AuthorityFunnel> Funnel = new(() => AuthorityFunnel.Of(StudyFit.Fit));

    [Fact]
    public void Ratios_are_observed_over_expected_numbers_of_children()
    {
        var data = StudyFit.Data;
        var observed = Enumerable.Range(0, data.RowCount).GroupBy(row => data.Text("authority")[row]!)
            .ToDictionary(g => g.Key, g => g.Sum(row => data.Integer("rereferred").Values[row]));

        Assert.Equal(observed.Keys.Order(), Funnel.Value.Authorities.Select(a => a.Authority).Order());
        Assert.All(Funnel.Value.Authorities, a => Assert.Equal(observed[a.Authority], a.Expected * a.Ratio, 6));
    }

    [Fact]
    public void The_drawn_limits_are_those_of_each_authority_but_for_the_little_that_children_differ()
    {
        var rows = StudyFit.Fit.Funnel().Rows;
        foreach (var row in rows)
        {
            var (before, after) = (Funnel.Value.Limits.Last(l => l.Expected <= row.Expected * 1.000001), Funnel.Value.Limits.First(l => l.Expected >= row.Expected * 0.999999));
            Assert.InRange(row.Limits(0.95).Upper - 1, after.Inner * 0.9, before.Inner * 1.1);
            Assert.InRange(row.Limits(0.998).Upper - 1, after.Outer * 0.9, before.Outer * 1.1);
        }

        Assert.Equal(rows[0].Expected, Funnel.Value.Limits[0].Expected, 6);
        Assert.Equal(rows[^1].Expected, Funnel.Value.Limits[^1].Expected, 6);
    }

    [Fact]
    public void A_model_without_every_estimate_has_no_funnel() => Assert.Same(AuthorityFunnel.Empty, AuthorityFunnel.Of(
        StudyFit.Fit with { Obstacle = new Problem(ProblemKind.NoEstimate, "a separated coefficient", "", "", "") }));
}
