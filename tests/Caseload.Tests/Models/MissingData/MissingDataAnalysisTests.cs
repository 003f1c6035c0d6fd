using Caseload.Benchmarks.Imputation;
using Caseload.Cohorts;
using Caseload.Frames;
using Caseload.Models;
using Caseload.Models.MissingData;
using Caseload.Tests.Results;

namespace Caseload.Tests.Models.MissingData;

/// <summary>The interaction model under the choices about missing data.</summary>
public sealed class MissingDataAnalysisTests
{
    private static readonly MissingDataSettings Quick = new() { Imputations = 5, Iterations = 4, Seed = 3 };
    private static readonly Lazy<MissingDataResults> AtRandom = new(() => Run(RecordedAtRandom.Draw(11, 60, 150), Quick with { Imputations = 10 }));

    [Fact]
    public void With_nothing_missing_all_choices_give_the_same_fit()
    {
        var results = Run(RecordedAtRandom.Draw(5, 25, 80, isComplete: true), Quick);

        Assert.Equal(Enum.GetValues<MissingDataChoice>(), results.Choices.Select(c => c.Choice));
        var main = results.Choices[0];
        foreach (var choice in results.Choices)
        {
            Assert.Equal((2_000, 25), (choice.Children, choice.Authorities));
            Assert.Equal(main.Coefficients.Select(c => c.Term), choice.Coefficients.Select(c => c.Term));
            foreach (var (term, pooled) in choice.Coefficients) Same(main.Find(term)!, pooled);
            Same(main.AreaDeviation, choice.AreaDeviation);
            Assert.Equal(main.AreaTerms.P, choice.AreaTerms.P, 8);
        }

        static void Same(PooledEstimate expected, PooledEstimate actual)
        {
            Assert.Equal(expected.Estimate, actual.Estimate, 1e-7);
            Assert.Equal(expected.Lower, actual.Lower, 1e-7);
            Assert.Equal(expected.Upper, actual.Upper, 1e-7);
            Assert.Equal(expected.P, actual.P, 1e-7);
            Assert.Equal(0, actual.FractionMissing, 1e-9);
        }
    }

    [Fact]
    public void Imputation_finds_the_truth_where_complete_cases_are_biased_because_recording_depends_on_the_outcome()
    {
        var (complete, imputed) = (Of(MissingDataChoice.CompleteCases), Of(MissingDataChoice.Imputation));
        var truth = RecordedAtRandom.Truth["nfa"];

        Assert.True(complete.Find("nfa")!.Lower > truth + 0.5, "the example is not one where complete cases go wrong");
        foreach (var (term, planted) in RecordedAtRandom.Truth)
        {
            var found = imputed.Find(term)!;
            Assert.True(Math.Abs(found.Estimate - planted) < 3 * found.StandardError, $"{term}: {found.Estimate} where {planted} was planted");
        }

        Assert.True(imputed.Find("nfa")!.StandardError < complete.Find("nfa")!.StandardError);
    }

    [Fact]
    public void The_fraction_of_missing_information_is_that_of_what_is_missing()
    {
        var imputed = Of(MissingDataChoice.Imputation);

        Assert.InRange(imputed.Find("disabled_other")!.FractionMissing, 0.3, 0.9);
        Assert.True(imputed.Find("age_group5-9")!.FractionMissing < 0.2);
        Assert.True(imputed.Find("cin_5:rate_250")!.FractionMissing < 0.2);
    }

    [Fact]
    public void Missing_as_a_category_keeps_every_child_and_has_a_level_for_what_is_not_recorded()
    {
        var category = Of(MissingDataChoice.Category);

        Assert.Equal(9_000, category.Children);
        Assert.All(["sex_not_recorded", "disability_not_recorded", "neednot recorded"], term => Assert.NotNull(category.Find(term)));
        Assert.True(category.Children > Of(MissingDataChoice.CompleteCases).Children);
    }

    [Fact]
    public void What_is_missing_is_counted()
    {
        var children = RecordedAtRandom.Draw(11, 60, 150).Children;
        int Missing(Func<int, bool> lacks) => Enumerable.Range(0, children.RowCount).Count(lacks);

        Assert.Equal(
            [Missing(row => children.Text("sex")[row] == "unknown"), Missing(children.Flag("disabled").IsMissing), Missing(children.Text("need").IsMissing)],
            AtRandom.Value.Covariates.Select(c => c.Missing));
        // Of two rounds the statistic is at least the root of a half, whatever the chains do.
        Assert.All(AtRandom.Value.Covariates, c => Assert.InRange(c.ScaleReduction, Math.Sqrt(0.5), 1.6));
        Assert.False(AtRandom.Value.Covariates[0].IsExtreme);
    }

    [Fact]
    public void The_order_of_the_children_and_the_number_of_processors_do_not_show()
    {
        var cohort = RecordedAtRandom.Draw(2, 20, 60);
        var reversed = cohort with { Children = cohort.Children.Take([.. Enumerable.Range(0, cohort.Children.RowCount).Reverse()]) };
        var results = new MissingDataResults?[4];

        // Side by side the runs take the processors from each other, so the imputations end in other orders.
        Parallel.For(0, 4, i => results[i] = Run(i % 2 == 0 ? cohort : reversed, Quick));

        Assert.All(results, r => Assert.Equal(results[0]!.Trace, r!.Trace));
        foreach (var (term, pooled) in results[0]!.Choices[2].Coefficients)
            Assert.All(results, r => Assert.Equal(pooled.Estimate, r!.Choices[2].Find(term)!.Estimate, 1e-9));
    }

    [Fact]
    public void Another_seed_draws_other_values()
    {
        var cohort = RecordedAtRandom.Draw(2, 20, 60);

        Assert.NotEqual(Run(cohort, Quick).Trace, Run(cohort, Quick with { Seed = 4 }).Trace);
    }

    [Fact]
    public void The_trace_holds_every_imputation_round_and_covariate_that_lacks_values()
    {
        var trace = AtRandom.Value.Trace;

        Assert.Equal(10 * 4 * 3, trace.Count);
        Assert.Equal(trace.Count, trace.Select(t => (t.Imputation, t.Iteration, t.Variable)).Distinct().Count());
        Assert.All(trace, t => Assert.InRange(t.Share, 0, 1));
    }

    [Fact]
    public void A_level_that_is_always_or_never_disabled_does_not_stop_the_imputation()
    {
        // Of the children with need N1 whose disability is recorded all are disabled: its coefficient in the model of disability is infinite.
        var cohort = RecordedAtRandom.Draw(7, 20, 100);
        var (need, disabled) = (cohort.Children.Text("need"), cohort.Children.Flag("disabled"));
        var always = new FlagColumn("disabled", [.. Enumerable.Range(0, need.Count).Select(row =>
            disabled.IsMissing(row) ? FlagColumn.Missing : need[row] == "N1" || disabled[row] == true ? (sbyte)1 : (sbyte)0)]);
        var results = Run(cohort with { Children = cohort.Children.With(always) }, Quick with { Choices = [MissingDataChoice.Imputation] });

        Assert.All(results.Choices[1].Coefficients, c => Assert.True(double.IsFinite(c.Pooled.StandardError), c.Term));
    }

    [Fact]
    public void A_covariate_that_is_recorded_of_no_child_has_no_imputation()
    {
        var cohort = RecordedAtRandom.Draw(7, 20, 60);
        var main = StudyModels.Fit(ModelData.Of(cohort)).Interaction;
        var unknown = cohort with { Children = cohort.Children.With(TextColumn.Of("sex", Enumerable.Repeat("unknown", cohort.Children.RowCount))) };

        var thrown = Assert.Throws<ProblemException>(() => MissingDataAnalysis.Run(unknown, main, Quick));

        Assert.Equal((ProblemKind.NoEstimate, "sex recorded of no child"), (thrown.Problem.Kind, thrown.Problem.Found));
    }

    [Fact]
    public void Only_what_is_asked_for_is_done_and_complete_cases_always_stand_first()
    {
        var cohort = RecordedAtRandom.Draw(2, 20, 60);

        Assert.Equal([MissingDataChoice.CompleteCases], Run(cohort, Quick with { Choices = [] }).Choices.Select(c => c.Choice));
        var category = Run(cohort, Quick with { Choices = [MissingDataChoice.Category] });
        Assert.Equal([MissingDataChoice.CompleteCases, MissingDataChoice.Category], category.Choices.Select(c => c.Choice));
        Assert.Empty(category.Trace);
        Assert.All(category.Covariates, c => Assert.Equal(double.NaN, c.ScaleReduction));
    }

    [Fact]
    public void Each_imputation_is_told_when_it_is_done()
    {
        var cohort = RecordedAtRandom.Draw(2, 20, 60);
        var main = StudyModels.Fit(ModelData.Of(cohort)).Interaction;
        var told = new List<StepProgress>();

        MissingDataAnalysis.Run(cohort, main, Quick, new InlineProgress<StepProgress>(told.Add));

        Assert.Equal(Enumerable.Range(1, Quick.Imputations).Select(done => new StepProgress("imputations", done, Quick.Imputations)), told);
    }

    [Fact]
    public void Settings_out_of_range_are_wrong_usage()
    {
        var cohort = RecordedAtRandom.Draw(2, 20, 60);

        Assert.All([Quick with { Imputations = 1 }, Quick with { Iterations = 0 }], settings =>
            Assert.Equal(ProblemKind.WrongUsage, Assert.Throws<ProblemException>(() => Run(cohort, settings)).Problem.Kind));
    }

    [Fact]
    public void The_defaults_are_all_choices_twenty_imputations_of_ten_rounds()
    {
        var settings = new MissingDataSettings();

        Assert.Equal((20, 10, 1), (settings.Imputations, settings.Iterations, settings.Seed));
        Assert.Equal(Enum.GetValues<MissingDataChoice>(), settings.Choices);
    }

    [Fact]
    public void In_the_simulation_disability_is_missing_more_often_than_not_and_that_is_said()
    {
        var results = Run(SimulatedStudy.Small, Quick with { Choices = [MissingDataChoice.Category] });

        Assert.True(results.Covariates.Single(c => c.Variable == ImputedVariable.Disability).IsExtreme);
        Assert.Equal(SimulatedStudy.Small.EligibleChildren.Filter(row => !double.IsNaN(SimulatedStudy.Small.EligibleChildren.Number("cin_per_social_worker").Values[row])).RowCount,
            results.Choices[1].Children);
    }

    private static ChoiceResult Of(MissingDataChoice choice) => AtRandom.Value.Choices.Single(c => c.Choice == choice);

    private static MissingDataResults Run(Cohort cohort, MissingDataSettings settings) =>
        MissingDataAnalysis.Run(cohort, StudyModels.Fit(ModelData.Of(cohort)).Interaction, settings);
}
