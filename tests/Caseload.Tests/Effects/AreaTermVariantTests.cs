using Caseload.Effects;
using Caseload.MixedModels;
using Caseload.Results;
using Caseload.Tests.Results;

namespace Caseload.Tests.Effects;

/// <summary>The area-level coefficients by other estimators and with other errors.</summary>
public sealed class AreaTermVariantTests
{
    private static readonly Lazy<IReadOnlyList<AreaTermVariant>> Variants = new(() => AreaTermVariant.Of(StudyFit.Fit, StudyFit.Data));

    [Fact]
    public void Each_area_term_has_the_main_analysis_first_then_every_estimator_then_every_measure_of_uncertainty()
    {
        Assert.Equal(["cin_5:rate_250", "rate_250", "cin_5"], Variants.Value.Select(v => v.Term).Distinct());
        foreach (var term in Variants.Value.GroupBy(v => v.Term))
        {
            Assert.Equal(
                [
                    AreaTermVariant.Main, "Adaptive quadrature, 7 points", "PQL, second order", "PQL, first order", "MQL, first order",
                    "Cluster-robust error (CR2), t", "Two stages by REML, t",
                ], term.Select(v => v.Variant));
        }
    }

    [Fact]
    public void The_main_analysis_is_the_models_and_the_measures_of_uncertainty_are_the_engines()
    {
        var (robust, stages) = (StudyFit.Fit.ClusterRobust(), StudyFit.Fit.TwoStageTest());
        foreach (var variant in Variants.Value)
        {
            var (effect, r, s) = (StudyFit.Fit[variant.Term], robust.Rows.Single(x => x.Term == variant.Term), stages.Rows.Single(x => x.Term == variant.Term));
            var expected = variant.Variant switch
            {
                AreaTermVariant.Main => (effect.Estimate, effect.StandardError, double.PositiveInfinity, effect.P),
                "Cluster-robust error (CR2), t" => (r.Estimate, r.StandardError, r.DegreesOfFreedom, r.P),
                "Two stages by REML, t" => (s.Estimate, s.StandardError, s.DegreesOfFreedom, s.P),
                _ => (variant.Estimate, variant.StandardError, double.PositiveInfinity, variant.P),
            };
            Assert.Equal(expected, (variant.Estimate, variant.StandardError, variant.DegreesOfFreedom, variant.P));
            Assert.True(variant.Lower < variant.Estimate && variant.Estimate < variant.Upper);
        }
    }

    [Fact]
    public void Quadrature_and_second_order_come_near_the_main_analysis_and_first_order_marginal_falls_short_of_its_variance()
    {
        var interaction = Variants.Value.Where(v => v.Term == "cin_5:rate_250").ToDictionary(v => v.Variant);
        var main = interaction[AreaTermVariant.Main];

        // Authorities of fifteen children: the estimators differ by a small part of the standard error.
        Assert.InRange(interaction["Adaptive quadrature, 7 points"].Estimate, main.Estimate - (0.1 * main.StandardError), main.Estimate + (0.1 * main.StandardError));
        Assert.InRange(interaction["PQL, second order"].Estimate, main.Estimate - (0.25 * main.StandardError), main.Estimate + (0.25 * main.StandardError));
        Assert.True(interaction["MQL, first order"].AreaDeviation < interaction["Adaptive quadrature, 7 points"].AreaDeviation);
    }

    [Fact]
    public void Of_few_authorities_what_has_no_estimate_is_left_out_and_the_rest_stands()
    {
        // Four authorities for four area-level coefficients leave two stages no degree of freedom.
        var cohort = SampleCohort.Of(SampleCohort.Draw(5, 1_500));
        var results = StudyAnalysis.Run(cohort, SimulatedStudy.Package).AddSensitivity(cohort);

        Assert.Contains(results.AreaTerms, v => v.Variant == AreaTermVariant.Main);
        Assert.DoesNotContain(results.AreaTerms, v => v.Variant == "Two stages by REML, t");
    }
}
