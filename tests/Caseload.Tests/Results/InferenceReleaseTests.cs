using Caseload.Disclosure;
using Caseload.Effects;
using Caseload.Reports;
using Caseload.Results;

namespace Caseload.Tests.Results;

/// <summary>What leaves of a run beyond the models' estimates.</summary>
public sealed class InferenceReleaseTests
{
    private static StudyResults Real => SimulatedStudy.Inferred with { IsSimulated = false };

    [Fact]
    public void Of_simulated_data_it_is_the_exact_one()
    {
        Assert.Same(SimulatedStudy.Inferred.Inference, SimulatedStudy.Inferred.Release().Inference);
        Assert.Same(SimulatedStudy.Inferred.AreaTerms, SimulatedStudy.Inferred.Release().AreaTerms);
    }

    [Fact]
    public void Of_real_data_no_number_has_more_digits_than_a_reader_needs()
    {
        var release = Real.Release();
        var inference = release.Inference!;
        double[] all =
        [
            .. inference.Spreads.SelectMany(s => new[] { s.Variance, s.Deviation, s.Partition, s.MedianOddsRatio }).SelectMany(l => new[] { l.Estimate, l.Lower, l.Upper }),
            .. inference.Spreads.SelectMany(s => new[] { s.ResponseShare, s.P, s.ChiSquare }),
            .. inference.Profiles.SelectMany(p => new[] { p.Lower, p.Upper }),
            .. inference.Marginal!.Rows.SelectMany(r => r.Effects).OfType<MarginalEstimate>().SelectMany(e => new[] { e.Effect, e.StandardError }),
            .. inference.Checks.SelectMany(c => new[] { c.Value, c.Lower, c.Upper, c.Expected, c.P }),
            .. release.AreaTerms.SelectMany(v => new[] { v.Estimate, v.StandardError, v.Lower, v.Upper, v.P, v.AreaDeviation, v.DegreesOfFreedom }),
            .. release.Residuals.SelectMany(r => new[] { r.PairMultiplier, r.Above, r.Below }),
            .. release.RequireModels().IntervalOddsRatios.SelectMany(i => new[] { i.Lower, i.Upper }),
            .. release.RequireModels().Slopes.Select(s => s.AreaDeviation),
            .. release.Funnel.Authorities.SelectMany(a => new[] { a.Ratio, a.Z }), .. release.Funnel.Limits.SelectMany(l => new[] { l.Inner, l.Outer }),
        ];

        Assert.True(all.Length > 300);
        Assert.All(all.Where(double.IsFinite), v => Assert.Equal(Math.Round(v, 4), v));
    }

    [Fact]
    public void Of_a_coefficient_that_is_withheld_nothing_is_told_on_any_scale()
    {
        var levels = Real.Models!.Levels.Select(l => l.Term == "needN7" ? l with { Rereferred = new(2, 30) } : l).ToArray();
        var results = Real with { Models = Real.Models with { Levels = levels } };
        var inference = results.Release().Inference!;

        Assert.DoesNotContain(inference.Profiles, p => p.Term == "needN7");
        Assert.NotEqual("needN7", inference.Wald!.Term);
        Assert.All(inference.Marginal!.Rows.Single(r => r.Term == "needN7").Effects, Assert.Null);
        Assert.DoesNotContain("needN7", Enumerable.Range(0, InferenceTables.MarginalEffects(results).RowCount).Select(r => InferenceTables.MarginalEffects(results).Text("term")[r]));
        Assert.True(StudyTables.Coefficients(results)["profile_lower"].IsMissing(
            Enumerable.Range(0, StudyTables.Coefficients(results).RowCount).Single(r => StudyTables.Coefficients(results).Text("term")[r] == "needN7")));
    }

    [Fact]
    public void The_funnel_names_the_authorities_that_may_be_named_with_expected_numbers_as_counts_are_shown()
    {
        var funnel = Real.Release().Funnel;

        Assert.NotEmpty(funnel.Authorities);
        Assert.True(funnel.Authorities.Count < SimulatedStudy.Inferred.Release().Funnel.Authorities.Count);
        Assert.Equal(Real.Release().Residuals.Select(r => r.Authority).Order(), funnel.Authorities.Select(a => a.Authority).Order());
        Assert.All(funnel.Authorities.Select(a => a.Expected).Concat(funnel.Limits.Select(l => l.Expected)), e => Assert.Equal(0, e % 10));
    }

    [Fact]
    public void Where_the_model_is_withheld_nothing_beyond_it_is_shown()
    {
        var few = Real with { Children = (12_000, 8_000, 9), ChosenPolicy = DisclosurePolicy.Standard };

        Assert.Null(few.Release().Inference);
        Assert.Empty(few.Release().AreaTerms);
        Assert.Empty(few.Release().Funnel.Authorities);
    }

    [Fact]
    public void Without_a_model_there_is_nothing_to_add()
    {
        var without = SimulatedStudy.Results with { Models = null };

        Assert.Same(without, without.AddInference(SimulatedStudy.Small));
        Assert.Same(without, without.AddSensitivity(SimulatedStudy.Small));
    }
}
