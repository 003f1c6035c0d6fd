using Caseload.Disclosure;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.Models.MissingData;
using Caseload.Reports;
using Caseload.Results;
using Caseload.Tests.Results;

namespace Caseload.Tests.Reports;

/// <summary>How a run tells of missing data.</summary>
public sealed class MissingDataReportTests
{
    private static readonly Lazy<StudyResults> Results = new(() => SimulatedStudy.Results.AddMissingData(
        SimulatedStudy.Small, new MissingDataSettings { Imputations = 2, Iterations = 2 }));

    [Fact]
    public void The_table_has_every_coefficient_of_every_choice_with_limits_and_missing_information()
    {
        var missing = Results.Value.MissingData!;
        var table = MissingDataTables.Choices(missing, DisclosurePolicy.Open);

        // Beside the coefficients: the standard deviation between authorities, and the joint test.
        Assert.Equal(missing.Choices.Sum(c => c.Coefficients.Count + 2), table.RowCount);
        var row = Enumerable.Range(0, table.RowCount).Single(r => table.Text("choice")[r] == "imputation" && table.Text("term")[r] == "disabled_other");
        var pooled = missing.Choices[2].Find("disabled_other")!;
        Assert.Equal(
            [pooled.Estimate, pooled.Lower, pooled.Upper, Math.Exp(pooled.Upper), pooled.FractionMissing],
            new[] { "estimate", "lower", "upper", "odds_ratio_upper", "fraction_missing" }.Select(name => table.Number(name).Values[row]));
        Assert.StartsWith("Multiple imputation: ", table.Text("assumption")[row], StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_real_data_are_rounded()
    {
        var table = MissingDataTables.Choices(Results.Value.MissingData!, DisclosurePolicy.Standard);

        Assert.All(table.Integer("children").Values.ToArray(), count => Assert.Equal(0, count % 10));
        Assert.All(table.Number("estimate").Values.ToArray().Where(double.IsFinite), value => Assert.Equal(Math.Round(value, 4), value));
    }

    [Fact]
    public void What_the_main_model_withholds_no_choice_tells()
    {
        var levels = Results.Value.Models!.Levels.Select(l => l.Term == "needN7" ? l with { Rereferred = new(2, 30) } : l).ToArray();
        var results = Results.Value with { IsSimulated = false, Models = Results.Value.Models with { Levels = levels } };
        var released = results.Release().MissingData!;

        Assert.All(Results.Value.MissingData!.Choices, choice => Assert.NotNull(choice.Find("needN7")));
        Assert.All(released.Choices, choice => Assert.Null(choice.Find("needN7")));
        Assert.All(released.Choices, choice => Assert.NotNull(choice.Find("needN1")));
        Assert.DoesNotContain("Low income", Labels(results));
        Assert.Contains("Low income", Labels(Results.Value));
        Assert.Null((results with { Children = (12_000, 8_000, 9) }).Release().MissingData);

        static IEnumerable<string?> Labels(StudyResults shown)
        {
            var frame = MissingDataBlocks.Choices(shown).Frame;
            return Enumerable.Range(0, frame.RowCount).Select(row => frame.Text("label")[row]);
        }
    }

    [Fact]
    public void The_report_says_what_each_choice_assumes_and_warns_of_what_is_mostly_missing()
    {
        var section = StudyReport.Build(Results.Value, LedgerBuilder.Build(Results.Value), []).Sections.Single(s => s.Title == "Missing data");

        var tables = section.Blocks.OfType<TableBlock>().ToArray();
        Assert.Equal(Enum.GetValues<MissingDataChoice>().Select(c => c.Assumption()), Enumerable.Range(0, 3).Select(row => tables[0].Frame.Text("assumption")[row]));
        Assert.Contains(tables[1].Notes, n => n.StartsWith("Disability is missing more often than it is recorded", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_choice_there_is_no_section() => Assert.DoesNotContain(
        StudyReport.Build(SimulatedStudy.Results, LedgerBuilder.Build(SimulatedStudy.Results), []).Sections, s => s.Title == "Missing data");

    [Fact]
    public void A_choice_without_an_estimate_says_why_and_of_real_children_no_number()
    {
        var children = SimulatedStudy.Small.Children;
        var unknown = SimulatedStudy.Small with { Children = children.With(TextColumn.Of("sex", Enumerable.Repeat("unknown", children.RowCount))) };

        var simulated = SimulatedStudy.Results.AddMissingData(unknown, new MissingDataSettings());
        var real = SimulatedStudy.Results.AddMissingData(unknown.AsReal(), new MissingDataSettings());

        Assert.Equal((null, "sex recorded of no child"), (simulated.MissingData, simulated.MissingDataObstacle!.Found));
        Assert.Equal("no estimate of a model that a choice about missing data needs", real.MissingDataObstacle!.Found);
        var section = StudyReport.Build(simulated, LedgerBuilder.Build(simulated), []).Sections.Single(s => s.Title == "Missing data");
        Assert.Contains("sex recorded of no child", section.Blocks.OfType<Prose>().Single().Markdown, StringComparison.Ordinal);
        Assert.Throws<ProblemException>(() => MissingDataBlocks.Choices(simulated));
    }
}
