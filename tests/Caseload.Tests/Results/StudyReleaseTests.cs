using System.Text.RegularExpressions;
using Caseload.Cohorts;
using Caseload.Disclosure;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.Reports;
using Caseload.Results;
using Caseload.Schemas;

namespace Caseload.Tests.Results;

/// <summary>What leaves of a run besides its counts: models, authorities, the notice where it was switched off.</summary>
public sealed class StudyReleaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static StudyResults Real => SimulatedStudy.Results with { IsSimulated = false };

    [Fact]
    public void Of_simulated_data_the_models_are_the_exact_ones() =>
        Assert.Same(SimulatedStudy.Results.Models, SimulatedStudy.Results.Release().Models);

    [Fact]
    public void A_coefficient_of_a_few_children_is_withheld_and_the_reader_is_told()
    {
        var levels = Real.Models!.Levels.Select(l => l.Term == "needN7" ? l with { Rereferred = new(2, 30) } : l).ToArray();
        var results = Real with { Models = Real.Models with { Levels = levels } };
        var effects = results.Release().Models!.Fits.Interaction.FixedEffects;

        Assert.Contains("needN7", results.Release().Models!.Withheld);
        Assert.True(double.IsNaN(effects.Single(e => e.Term == "needN7").Estimate));
        Assert.Contains(StudyBlocks.Coefficients(results).Notes, n => n.Contains("needN7", StringComparison.Ordinal));
        Assert.True(StudyTables.Coefficients(results)["estimate"].IsMissing(Row(StudyTables.Coefficients(results), "needN7")));
    }

    [Fact]
    public void A_small_reference_group_withholds_all_that_is_compared_with_it()
    {
        var levels = Real.Models!.Levels.Select(l => l.Term == "age_group10-12" ? l with { Rereferred = new(2, 4) } : l).ToArray();
        var withheld = (Real with { Models = Real.Models with { Levels = levels } }).Release().Models!.Withheld;

        Assert.Superset(new HashSet<string> { "(Intercept)", "age_group0", "age_group1-4", "age_group5-9" }, withheld.ToHashSet());
    }

    [Fact]
    public void A_model_of_fewer_children_than_means_need_is_withheld()
    {
        var few = Real with { Children = (12_000, 8_000, 9) };

        Assert.Null(few.Release().Models);
        Assert.Equal(ProblemKind.NoEstimate, Assert.Throws<ProblemException>(() => StudyTables.Models(few)).Problem.Kind);
    }

    [Fact]
    public void A_step_of_the_flow_that_differs_by_a_few_from_the_next_is_hidden_with_its_reasons()
    {
        FlowStep[] before =
        [
            new("Rows", 20_003, []), new("Usable rows", 20_000, [new("Bad date", 3)]),
            new("Episodes", 19_000, [new("Repeated", 997), new("Odd", 3)]),
        ];
        var flow = (Real with { ChosenPolicy = DisclosurePolicy.Standard with { RoundTo = 1 }, Flow = [.. before, .. Real.Flow.TakeLast(3)] })
            .Release().Flow;

        // The rows are known from what is usable and 3 bad dates; of the two reasons of the third step one is 1,000 less the other.
        Assert.Equal([null, 20_000, 19_000], flow.Take(3).Select(s => s.Count));
        Assert.Equal(new ReleasedReason("for reasons that are not shown", null), Assert.Single(flow[1].Excluded));
        Assert.All(flow[2].Excluded, reason => Assert.Null(reason.Count));
    }

    [Fact]
    public void Of_real_data_no_estimate_has_more_digits_than_a_reader_needs()
    {
        var models = Real.Release().Models!;
        double[] all =
        [
            .. models.Fits.Interaction.FixedEffects.SelectMany(e => new[] { e.Estimate, e.StandardError }),
            .. models.Residuals.SelectMany(r => new[] { r.Effect, r.StandardError }),
            .. models.Curves.SelectMany(c => c).Select(p => p.Probability), .. models.Slopes.Select(s => s.Slope),
        ];

        Assert.All(all.Where(double.IsFinite), v => Assert.Equal(Math.Round(v, 4), v));
    }

    [Fact]
    public void An_authority_with_few_children_of_any_kind_is_nowhere_named()
    {
        var named = Real.Release().Residuals.Select(r => r.Authority).ToHashSet();
        var small = Real.AuthorityGroups.Where(g => g.Modelled is { } m && (m.Of < 10 || m.Count is > 0 and <= 5)).Select(g => g.Code).ToArray();
        Write(Real);

        Assert.NotEmpty(small);
        Assert.DoesNotContain(small, named.Contains);
        Assert.Equal(named.Order(), Enumerable.Range(0, Table("authorities").RowCount).Select(r => Table("authorities")["authority"].Format(r)).Order());
    }

    [Fact]
    public void Switched_off_every_table_every_figure_and_the_page_say_so()
    {
        var off = Real with { ChosenPolicy = DisclosurePolicy.Off("a test") };
        Write(off);
        var page = File.ReadAllText(Path.Combine(folder.Path, "report.html"));

        Assert.Contains(off.Policy.Notice, StudyBlocks.RiskGroups(off).Caption, StringComparison.Ordinal);
        Assert.Contains(off.Policy.Notice, StudyFigures.RiskGroups(off).Heading.Caption, StringComparison.Ordinal);
        Assert.Contains("<aside class=\"banner\" aria-label=\"Disclosure control\"", page, StringComparison.Ordinal);
        Assert.Contains("@bottom-center", page, StringComparison.Ordinal);
        Assert.Equal(SimulatedStudy.Results.Children.Cohort, off.Release().Children);
    }

    [Fact]
    public void Where_it_is_on_no_page_says_that_it_is_off()
    {
        Write(Real);

        Assert.DoesNotContain("control is off", File.ReadAllText(Path.Combine(folder.Path, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_is_hidden_has_no_number_anywhere_in_the_page()
    {
        // Three children of one need among a thousand.
        var children = SampleCohort.Draw(5, 1000).Select((c, i) => i < 3 ? c with { Need = "N9" } : c.Need == "N9" ? c with { Need = "N1" } : c).ToArray();
        var results = StudyAnalysis.Run(SampleCohort.Of(children), SimulatedStudy.Package);
        Write(results);
        var page = File.ReadAllText(Path.Combine(folder.Path, "report.html"));
        var hidden = results.Release().Groups.Where(g => g.All.IsSuppressed && g.Code.Length > 0 && g.Variable == "need").ToArray();

        Assert.NotEmpty(hidden);
        var rows = new Regex("<tr><th scope=\"row\"[^>]*>(?<label>[^<]*)</th>(?<cells>.*?)</tr>", RegexOptions.Singleline).Matches(page)
            .Where(row => hidden.Any(g => g.Label == System.Net.WebUtility.HtmlDecode(row.Groups["label"].Value))).ToArray();
        Assert.True(rows.Length >= hidden.Length);
        Assert.All(rows, row => Assert.DoesNotMatch(@">\s*[\d,.]+%?\s*<", row.Groups["cells"].Value));
    }

    public void Dispose() => folder.Dispose();

    private static int Row(Frame table, string term) =>
        Enumerable.Range(0, table.RowCount).Single(row => table["term"].Format(row) == term);

    private void Write(StudyResults results) =>
        RunOutput.Write(results, LedgerBuilder.Build(results), [new("Data", "a test")], folder.Path);

    private Frame Table(string name) => Frame.LoadCsv(Path.Combine(folder.Path, "tables", name + ".csv"));
}
