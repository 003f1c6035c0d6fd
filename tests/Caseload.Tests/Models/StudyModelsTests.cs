using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Models;
using Caseload.Tests.Results;

namespace Caseload.Tests.Models;

/// <summary>The study's data, models and words for coefficients.</summary>
public sealed class StudyModelsTests
{
    [Fact]
    public void The_columns_of_the_model_follow_from_the_cohort()
    {
        var data = ModelData.Of(SampleCohort.Of(
        [
            new() { Sex = "female", Disabled = true, Need = "N2", Nfa = true, Rereferred = true, Rate = 800, Cin = 5 },
            new() { Sex = "male", Disabled = true, Need = "N4", Nfa = false, Rate = 550, Cin = 10 },
            new() { Sex = null }, new() { Disabled = null }, new() { Nfa = null }, new() { Need = null }, new() { Eligible = false }, new() { Eligible = null }, new() { Rate = null }, new() { Cin = null },
        ]));

        Assert.Equal(2, data.RowCount);
        Assert.Equal([1, 0], data.Integer("rereferred").Values.ToArray());
        Assert.Equal([1, 0], data.Integer("female").Values.ToArray());

        // A disability counts where it is not the primary need.
        Assert.Equal([0, 1], data.Integer("disabled_other").Values.ToArray());
        Assert.Equal([1, 0], data.Integer("nfa").Values.ToArray());
        Assert.Equal([-1, 0], data.Number("cin_5").Values.ToArray());
        Assert.Equal([1, 0], data.Number("rate_250").Values.ToArray());
    }

    [Fact]
    public void Every_child_that_is_called_modelled_is_in_every_fit()
    {
        // An empty age group beside a known eligibility can only come from a file that a person made; it must not vanish inside the fit.
        var children = SampleCohort.Draw(5, 1_500).Select((c, i) => c with { AgeGroup = i % 9 == 0 ? null : c.AgeGroup }).ToArray();
        var cohort = SampleCohort.Of(children);
        var models = StudyModels.Fit(ModelData.Of(cohort));

        Assert.All(models.All, m => Assert.Equal((cohort.ModelledChildren.RowCount, 0), (m.Fit.Observations, m.Fit.RowsLeftOut)));
    }

    [Fact]
    public void Each_model_holds_the_one_before_and_is_tested_against_it()
    {
        var fits = SimulatedStudy.Results.Models!.Fits;

        Assert.Equal(["Null", "Child", "Child and area", "Interaction"], fits.All.Select(m => m.Name));
        Assert.Equal(["Null", "Child", "Child and area", "Interaction"], fits.Steps.Rows.Select(r => r.Name));
        for (var i = 1; i < fits.All.Count; i++)
        {
            var (small, large) = (fits.All[i - 1].Fit, fits.All[i].Fit);
            Assert.Superset(small.FixedEffects.Select(e => e.Term).ToHashSet(), large.FixedEffects.Select(e => e.Term).ToHashSet());
            Assert.Equal(large.Parameters - small.Parameters, fits.Steps.Rows[i].DegreesOfFreedom);
            Assert.Equal(2 * (large.LogLikelihood - small.LogLikelihood), fits.Steps.Rows[i].ChiSquare, 6);
            Assert.True(fits.Steps.Rows[i].ChiSquare >= 0);
        }

        Assert.Equal(3, fits.AreaTerms.Rows[^1].DegreesOfFreedom);
    }

    [Fact]
    public void The_references_are_the_oldest_age_group_and_absent_parenting()
    {
        var terms = SimulatedStudy.Results.Models!.Fits.Interaction.FixedEffects.Select(e => e.Term).ToArray();

        Assert.DoesNotContain("age_group10-12", terms);
        Assert.DoesNotContain("needN8", terms);
        Assert.Contains("needN1", terms);
    }

    [Fact]
    public void Without_a_child_to_model_the_reader_is_told_where_to_look()
    {
        var problem = Assert.Throws<ProblemException>(() => StudyModels.Fit(ModelData.Of(SampleCohort.Of([new() { Sex = null }])))).Problem;

        Assert.Equal(ProblemKind.NoEstimate, problem.Kind);
        Assert.Contains("flow diagram", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void One_authority_and_an_outcome_that_does_not_vary_have_no_estimate()
    {
        var children = SampleCohort.Draw(1, 400);
        ProblemKind Kind(IEnumerable<SampleChild> of) => Assert.Throws<ProblemException>(() => StudyModels.Fit(ModelData.Of(SampleCohort.Of([.. of])))).Problem.Kind;

        Assert.Equal(ProblemKind.NoEstimate, Kind(children.Select(c => c with { Authority = "201" })));
        Assert.Equal(ProblemKind.NoEstimate, Kind(children.Select(c => c with { Rereferred = false })));
        Assert.Equal(ProblemKind.NoEstimate, Kind(children.Select(c => c with { Rereferred = true })));
    }

    [Fact]
    public void Area_figures_that_are_the_same_everywhere_drop_their_terms_and_the_others_stand()
    {
        var children = SampleCohort.Draw(2, 1_200).Select(c => c with { Cin = 10, AgeGroup = c.AgeGroup ?? "0", Nfa = c.Nfa ?? false }).ToArray();
        var models = StudyModels.Fit(ModelData.Of(SampleCohort.Of(children)));

        Assert.DoesNotContain("cin_5", models.Interaction.FixedEffects.Select(e => e.Term));
        Assert.Contains("rate_250", models.Interaction.FixedEffects.Select(e => e.Term));
        Assert.Equal(["Null", "Child", "Child and area"], models.Steps.Rows.Select(r => r.Name));
    }

    [Fact]
    public void Coefficients_are_read_by_section_and_ages_from_the_youngest_also_where_follow_up_is_short_and_older_children_are_in()
    {
        string[] ages = ["unborn", "0", "1-4", "5-9", "10-12", "13-15"];
        var children = SampleCohort.Draw(3, 3_000).Select((c, i) => c with { AgeGroup = ages[i % 6], Eligible = true, Nfa = c.Nfa ?? false }).ToArray();
        var rows = ModelTerms.Rows(StudyModels.Fit(ModelData.Of(SampleCohort.Of(children))).Interaction);

        Assert.Equal(["Unborn", "Under 1", "1 to 4", "5 to 9", "10 to 12", "13 to 15"], rows.Where(r => r.Words.Section == "Age at first referral").Select(r => r.Words.Label));
        Assert.Equal(["10 to 12", "Absent parenting"], rows.Where(r => r.Effect is null).Select(r => r.Words.Label));
        Assert.Equal(
            ["Age at first referral", "Sex", "Disability", "First referral", "Primary need at first referral", "Authority"], rows.Select(r => r.Words.Section).Distinct());
    }

    [Fact]
    public void A_cohort_with_other_children_has_other_modelled_children()
    {
        // The children in the model belong to the rows at hand, not to those of the cohort that they were taken from.
        var cohort = SampleCohort.Of([new(), new(), new() { Sex = null }]);
        Assert.Equal(2, cohort.ModelledChildren.RowCount);
        var fewer = cohort with { Children = cohort.Children.Head(1) };

        Assert.Equal((1, 1), (fewer.ModelledChildren.RowCount, fewer.EligibleChildren.RowCount));
    }
}
