using Caseload.Effects;
using Caseload.Figures;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.Models;
using Caseload.Models.MissingData;
using Caseload.Reports;
using Caseload.Results;
using Caseload.Tests.Results;

namespace Caseload.Tests.Reports;

/// <summary>What a reader of the report and of the notebooks is told beyond estimates.</summary>
public sealed class InferenceBlocksTests
{
    private static StudyResults Run => SimulatedStudy.Inferred;

    private static Section SectionOf(StudyResults results, string title) =>
        StudyReport.Build(results, LedgerBuilder.Build(results), []).Sections.Single(s => s.Title == title);

    private static string Text(TableBlock block) => block.Caption + string.Join('\n', block.Notes) + string.Join('\n', Cells(block));

    private static IEnumerable<string> Cells(TableBlock block) =>
        block.Frame.Columns.SelectMany(c => Enumerable.Range(0, block.Frame.RowCount).Select(c.Format));

    [Fact]
    public void What_lies_between_authorities_stands_with_intervals_the_level_1_variance_and_the_null_of_its_test()
    {
        var block = InferenceBlocks.AreaVariance(Run);
        var spread = Run.Inference!.Spreads[^1];
        var format = NumberFormat.Fixed(3);

        Assert.Contains($"{format.Write(spread.Deviation.Estimate)} ({format.Write(spread.Deviation.Lower)} to {format.Write(spread.Deviation.Upper)})", Cells(block));
        Assert.All(new[] { "pi squared over 3, 3.29", "profile-likelihood", "0 and with 1 degree of freedom in equal parts, 50:50", "ICC", "Median odds ratio" },
            words => Assert.Contains(words, Text(block), StringComparison.Ordinal));
        Assert.Equal(["quantity", "Null", "Interaction"], block.Frame.Columns.Select(c => c.Name));
    }

    [Fact]
    public void Coefficients_say_that_their_intervals_are_Walds_and_how_far_profile_intervals_lie_from_them()
    {
        Assert.Contains("95% Wald interval", StudyBlocks.Coefficients(SimulatedStudy.Results).Notes[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Profile", StudyBlocks.Coefficients(SimulatedStudy.Results).Notes[0], StringComparison.Ordinal);
        Assert.Contains(
            $"end at most {NumberFormat.Fixed(2).Write(Run.Inference!.Wald!.StandardErrors)} standard errors from these", StudyBlocks.Coefficients(Run).Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_the_odds_ratios_of_the_two_area_figures_alone_stands_the_80_percent_interval()
    {
        var block = StudyBlocks.Coefficients(Run);
        var interval = block.Frame["interval"];
        var shown = Enumerable.Range(0, block.Frame.RowCount).Where(row => !interval.IsMissing(row)).Select(row => block.Frame.Text("label")[row]);

        Assert.Equal([ModelTerms.Describe(ModelTerms.Cin).Label, ModelTerms.Describe(ModelTerms.Rate).Label], shown);
        Assert.Contains(block.Notes, n => n.Contains("four times in five", StringComparison.Ordinal));
        Assert.Contains(block.Notes, n => n.Contains("ratio of odds ratios", StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, StudyBlocks.Slopes(Run).Frame.RowCount), row => Assert.False(StudyBlocks.Slopes(Run).Frame["interval"].IsMissing(row)));
    }

    [Fact]
    public void Where_nested_models_stand_side_by_side_odds_ratios_are_refused_and_marginal_effects_given()
    {
        Assert.Contains(StudyBlocks.Models(Run).Notes, n => n.Contains("scale moves with the variance", StringComparison.Ordinal));
        var block = InferenceBlocks.MarginalEffects(Run);
        var effect = Run.Inference!.Marginal!.Rows.Single(r => r.Term == "female").Effects[2]!;
        var row = Enumerable.Range(0, block.Frame.RowCount).Single(r => block.Frame.Text("label")[r] == "Female, against male");
        var points = NumberFormat.Fixed(1);

        Assert.Equal($"{points.Write(100 * effect.Effect)} ({points.Write(100 * effect.Lower)} to {points.Write(100 * effect.Upper)})", block.Frame.Text("Interaction")[row]);
        Assert.Equal(2, Cells(block).Count(c => c == "reference") / 3);
        Assert.Contains(block.Notes, n => n.Contains("Mood 2010", StringComparison.Ordinal));
    }

    [Fact]
    public void The_estimators_stand_beside_each_other_and_the_studys_own_is_called_never_published()
    {
        var block = InferenceBlocks.Estimators(Run);

        Assert.Equal(7, block.Frame.RowCount);
        Assert.Contains("never published", block.Notes[0], StringComparison.Ordinal);
        Assert.DoesNotContain("MLwiN", Text(block), StringComparison.Ordinal);
        Assert.Equal(9, InferenceBlocks.AreaTests(Run).Frame.RowCount);
        Assert.Contains(InferenceBlocks.AreaTests(Run).Notes, n => n.Contains("Kenward and Roger's correction does not exist", StringComparison.Ordinal));
    }

    [Fact]
    public void Authorities_are_shown_with_which_interval_is_for_what_and_how_they_are_named()
    {
        var block = AuthorityBlocks.Named(Run);
        var multiplier = NumberFormat.Fixed(2).Write(Run.Models!.Residuals[0].PairMultiplier);

        Assert.Contains($"{multiplier} comparative standard errors", block.Notes[0], StringComparison.Ordinal);
        Assert.Contains("against the average authority", block.Notes[0], StringComparison.Ordinal);
        Assert.Contains("1.1 times those of the average", block.Notes[1], StringComparison.Ordinal);
        Assert.Contains("within 5%", block.Notes[1], StringComparison.Ordinal);
        Assert.Contains($"{multiplier} comparative standard errors", StudyFigures.Caterpillar(Run).Heading.Caption, StringComparison.Ordinal);

        // Ten at the ends, of whom the named are some.
        Assert.True(block.Frame.RowCount >= 10);
        Assert.Equal(Run.Models.Residuals.Count(r => r.Expectation != Expectation.AsExpected),
            Cells(block).Count(c => c is "below expectation" or "above expectation"));
    }

    [Fact]
    public void Where_the_variance_is_0_the_table_says_first_that_authorities_cannot_be_told_apart()
    {
        var models = Run.Models!;
        var singular = Run with { Models = models with { Fits = models.Fits with { Interaction = models.Fits.Interaction with { Singular = true } } } };

        Assert.Contains("cannot tell authorities apart", AuthorityBlocks.Named(singular).Notes[0], StringComparison.Ordinal);
        Assert.DoesNotContain(AuthorityBlocks.Named(Run).Notes, n => n.Contains("cannot tell authorities apart", StringComparison.Ordinal));
    }

    [Fact]
    public void The_choices_about_missing_data_have_their_interval_odds_ratios_and_say_that_they_are_not_nested()
    {
        var results = SimulatedStudy.Results.AddMissingData(SimulatedStudy.Small, new MissingDataSettings { Choices = [MissingDataChoice.Category] });
        var notes = MissingDataBlocks.Choices(results).Notes;

        Assert.Equal(2, notes.Count(n => n.Contains("80% IOR, CIN per social worker, + 5: ", StringComparison.Ordinal)));
        Assert.Contains(notes, n => n.Contains("not nested models", StringComparison.Ordinal));
        var table = MissingDataTables.Choices(results.MissingData!, results.Policy);
        var row = Enumerable.Range(0, table.RowCount).First(r => table.Text("term")[r] == "rate_250");
        Assert.Equal(results.Models!.IntervalOddsRatios.Single(i => i.Term == "rate_250").Upper, table.Number("interval_odds_ratio_upper").Values[row], 4);
    }

    [Fact]
    public void The_report_holds_them_and_every_table_and_figure_of_simulated_data_says_so()
    {
        TableBlock[] added =
        [
            InferenceBlocks.AreaVariance(Run), InferenceBlocks.MarginalEffects(Run), InferenceBlocks.Checks(Run), InferenceBlocks.Estimators(Run),
            InferenceBlocks.AreaTests(Run), AuthorityBlocks.Named(Run),
        ];
        var captions = StudyReport.Build(Run, LedgerBuilder.Build(Run), []).Sections.SelectMany(s => s.Blocks).OfType<TableBlock>().Select(b => b.Caption).ToArray();

        Assert.All(added, block => Assert.Equal(DataKind.Simulated, block.DataKind));
        Assert.All(added.Where((_, i) => i != 4), block => Assert.Contains(block.Caption, captions));
        Assert.Contains(SectionOf(Run, "Authorities above and below expectation").Blocks.OfType<FigureBlock>(), b => b.Figure.Heading.Name == "funnel");
        Assert.Equal(DataKind.Simulated, StudyFigures.Funnel(Run).Heading.DataKind);
    }

    [Fact]
    public void Without_the_step_the_report_stands_without_them_and_a_notebook_is_told_which_call_is_missing()
    {
        Assert.DoesNotContain(SectionOf(SimulatedStudy.Results, "The multilevel model").Blocks.OfType<TableBlock>(), b => b.Caption == "What lies between authorities");
        foreach (var (call, make) in new (string, Func<StudyResults, TableBlock>)[]
        {
            ("AddInference(data.Cohort)", InferenceBlocks.AreaVariance), ("AddInference(data.Cohort)", InferenceBlocks.MarginalEffects),
            ("AddInference(data.Cohort)", InferenceBlocks.Checks), ("AddSensitivity(data.Cohort)", InferenceBlocks.Estimators),
        })
        {
            var problem = Assert.Throws<ProblemException>(() => make(SimulatedStudy.Results)).Problem;
            Assert.Equal(ProblemKind.WrongUsage, problem.Kind);
            Assert.Contains(call, problem.Remedy, StringComparison.Ordinal);
        }
    }
}
