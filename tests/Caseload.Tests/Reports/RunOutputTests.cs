using System.Globalization;
using System.Text.RegularExpressions;
using Caseload.Areas;
using Caseload.Cohorts;
using Caseload.Disclosure;
using Caseload.Findings;
using Caseload.Frames;
using Caseload.Reports;
using Caseload.Results;
using Caseload.Simulation;
using Caseload.Tests.Results;
using FsCheck.Fluent;

namespace Caseload.Tests.Reports;

/// <summary>What a run writes: every table says what it is made of, twice the same, and on real data nothing that gives a child away.</summary>
public sealed class RunOutputTests : IDisposable
{
    private static readonly string[] Always =
    [
        "cleaning.csv", "continuity.csv", "cumulative.csv", "flow.csv", "incomplete.csv", "never-published.csv", "published-findings.csv",
        "risk-groups.csv", "survival.csv", "table1.csv",
    ];

    private static readonly string[] OfTheModel =
    [
        "area-terms.csv", "area-variance.csv", "authorities.csv", "coefficients.csv", "marginal-effects.csv", "model-checks.csv", "models.csv",
        "predictions.csv", "slopes.csv",
    ];

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(true, "simulated")]
    [InlineData(false, "real")]
    public void Every_table_is_written_and_each_row_says_what_it_is_made_of(bool simulated, string kind)
    {
        Write(SimulatedStudy.Inferred with { IsSimulated = simulated });

        Assert.Equal([.. Always.Concat(OfTheModel).Order(StringComparer.Ordinal)], Tables());
        foreach (var table in Tables().Select(Read))
        {
            Assert.True(table.RowCount > 0);
            Assert.All(Enumerable.Range(0, table.RowCount), row => Assert.Equal(kind, table["source_kind"].Format(row)));
        }
    }

    [Fact]
    public void Without_a_model_its_tables_are_taken_away_and_the_report_says_why()
    {
        Write(SimulatedStudy.Inferred);
        var obstacle = new Problem(ProblemKind.NoEstimate, "the outcome <never> happens", "", "", "Check the <outcome>.");
        Write(SimulatedStudy.Inferred with { Models = null, ModelObstacle = obstacle });

        Assert.Equal(Always, Tables());
        Assert.Contains("the outcome &lt;never&gt; happens", Report(), StringComparison.Ordinal);
        Assert.DoesNotContain("<never>", Report(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_on_simulated_data_says_so_and_one_on_real_data_does_not()
    {
        Write(SimulatedStudy.Results);
        Assert.Contains("These data are simulated", Report(), StringComparison.Ordinal);
        Assert.Contains("tests the pipeline, not England", Report(), StringComparison.Ordinal);

        Write(SimulatedStudy.Results with { IsSimulated = false });
        Assert.DoesNotContain("These data are simulated", Report(), StringComparison.Ordinal);
        Assert.Contains("Disclosure control is on", Report(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_holds_both_denominators_the_never_published_and_the_limitations()
    {
        Write(SimulatedStudy.Results);

        Assert.All(
            new[] { "re-referred, of the eligible by age", "re-referred, of all children", "What was never published", "Left truncation", "The outcome is part of its predictor", "Median odds ratio" },
            text => Assert.Contains(text, Report(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_every_file_of_a_run()
    {
        SortedDictionary<string, string> Once(string name, int seed)
        {
            var results = StudyAnalysis.Run(SimulatedStudy.Cohort(new SimulationSettings { Children = 6_000, Seed = seed }), SimulatedStudy.Package);
            var at = Path.Combine(folder.Path, name);
            RunOutput.Write(results, LedgerBuilder.Build(results), [new("Data", "simulated")], at);
            return new(Directory.EnumerateFiles(at, "*", SearchOption.AllDirectories).ToDictionary(p => Path.GetRelativePath(at, p), File.ReadAllText), StringComparer.Ordinal);
        }

        var first = Once("a", 1);

        Assert.Equal(first, Once("b", 1));
        Assert.NotEqual(first["report.html"], Once("c", 2)["report.html"]);
    }

    [Theory]
    [InlineData(2011)]
    [InlineData(null)]
    public void The_manifest_of_a_run_is_read_back_as_it_was_written(int? rateYear)
    {
        var figures = rateYear is { } year ? new AreaFigures(RateChoice.First, year, 2017) : null;
        var manifest = new RunManifest("real", "cohort \"ü\".csv", 2012, 4, figures, [new("Data", "two & a half <files>")])
        {
            Disclosure = DisclosurePolicy.Off("a test of the manifest"),
        };
        manifest.Write(folder.Path);
        var read = RunManifest.Read(folder.Path);

        Assert.Equal(manifest.Provenance, read.Provenance);
        Assert.Equal(manifest, read with { Provenance = manifest.Provenance });
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"sourceKind\": \"real\", \"surprise\": 1 }")]
    public void A_damaged_manifest_is_told_as_such(string text)
    {
        folder.File(RunManifest.FileName, text);

        Assert.Equal(ProblemKind.Unreadable, Assert.Throws<ProblemException>(() => RunManifest.Read(folder.Path)).Problem.Kind);
    }

    [Fact]
    public void On_real_data_no_table_shows_a_count_of_1_to_5_children() => Properties.Hold(Gen.Choose(1, 100_000), seed =>
    {
        Write(StudyAnalysis.Run(SampleCohort.Of(SampleCohort.Draw(seed, 40 + (seed % 200))), SimulatedStudy.Package));
        foreach (var (name, columns) in CountColumns)
        {
            var table = Read(name);
            foreach (var column in columns)
            {
                for (var row = 0; row < table.RowCount; row++)
                {
                    var cell = table[column].Format(row);
                    if (cell is "" or "c") continue;
                    Assert.False(int.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) is > 0 and <= 5, $"{name}, {column}: {cell}");
                }
            }
        }
    }, 25);

    [Fact]
    public void On_real_data_every_count_is_rounded_so_that_no_table_gives_a_child_away_beside_another() => Properties.Hold(Gen.Choose(1, 100_000), seed =>
    {
        Write(StudyAnalysis.Run(SampleCohort.Of(SampleCohort.Draw(seed, 60 + (seed % 300))), SimulatedStudy.Package));
        foreach (var (name, columns) in CountColumns)
        {
            var table = Read(name);
            Assert.All(columns.SelectMany(c => Enumerable.Range(0, table.RowCount).Select(row => Count(table, c, row))), n => Assert.Equal(0, (n ?? 0) % 10));
        }

        // A share of other counts than those that are shown would give their last digit away.
        var groups = Read("risk-groups.csv");
        foreach (var (share, count, of) in new[] { ("share", "rereferred", "children"), ("eligible_share", "eligible_rereferred", "eligible_children") })
        {
            for (var row = 0; row < groups.RowCount; row++)
            {
                if (Count(groups, count, row) is not { } k || Count(groups, of, row) is not (> 0 and var n)) continue;

                // On fewer than 100 children rounding would move a share by more than its interval: none is shown.
                if (n < 100) Assert.True(groups[share].Format(row).Length == 0);
                else Assert.Equal(Math.Round((double)k / n, 3, MidpointRounding.AwayFromZero), double.Parse(groups[share].Format(row), CultureInfo.InvariantCulture), 12);
            }
        }
    }, 25);

    [Fact]
    public void The_checked_columns_are_all_columns_that_count_children()
    {
        Write(SimulatedStudy.Inferred with { IsSimulated = false });
        string[] noCounts =
        [
            "area-terms.csv", "area-variance.csv", "marginal-effects.csv", "model-checks.csv",
            "models.csv", "coefficients.csv", "slopes.csv", "predictions.csv", "never-published.csv", "published-findings.csv",
        ];

        Assert.Equal(Tables().Except(noCounts).Order(StringComparer.Ordinal), CountColumns.Keys.Concat(CountColumnsOfReturns.Keys).Append("authorities.csv").Order(StringComparer.Ordinal));
        foreach (var (name, columns) in CountColumns.Concat(CountColumnsOfReturns))
        {
            // A new column of whole numbers must be looked at here before it leaves the kit.
            var whole = Read(name).Columns.Where(c => c is IntegerColumn).Select(c => c.Name);
            Assert.Empty(whole.Except(columns).Except(["census_year", "months"]));
        }

        foreach (var (name, columns) in CountColumnsOfReturns)
        {
            var table = Read(name);
            Assert.All(columns.SelectMany(c => Enumerable.Range(0, table.RowCount).Select(row => Count(table, c, row))), n => Assert.Equal(0, (n ?? 0) % 10));
        }

        Assert.All(Read("authorities.csv").Integer("children").Values.ToArray(), n => Assert.True(n >= 10));
        Assert.All(Read("authorities.csv").Integer("expected_rereferred").Values.ToArray(), n => Assert.Equal(0, n % 10));
    }

    [Fact]
    public void On_real_data_the_report_marks_what_is_hidden()
    {
        Write(StudyAnalysis.Run(SampleCohort.Of(SampleCohort.Draw(11, 90)), SimulatedStudy.Package));

        Assert.Matches(new Regex("<td[^>]*>c</td>"), Report());
    }

    public void Dispose() => folder.Dispose();

    private static readonly Dictionary<string, string[]> CountColumns = new()
    {
        ["risk-groups.csv"] = ["children", "rereferred", "eligible_children", "eligible_rereferred"],
        ["table1.csv"] = ["modelled", "not_modelled"],
        ["cumulative.csv"] = ["rereferred", "eligible_rereferred", "first_rereferrals_of_year"],
        ["flow.csv"] = ["count"],
    };

    private static readonly Dictionary<string, string[]> CountColumnsOfReturns = new()
    {
        ["cleaning.csv"] = ["count"], ["continuity.csv"] = ["open_cases", "found_again"], ["incomplete.csv"] = ["eligible_children"],
        ["survival.csv"] = ["at_risk"],
    };

    private static int? Count(Frame table, string column, int row) =>
        table[column].Format(row) is var cell && cell is "" or "c" ? null : int.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private void Write(StudyResults results) => RunOutput.Write(results, LedgerBuilder.Build(results), [new("Data", "a test")], folder.Path);

    private string[] Tables() => [.. Directory.GetFiles(Path.Combine(folder.Path, "tables")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private Frame Read(string name) => Frame.LoadCsv(Path.Combine(folder.Path, "tables", name));

    private string Report() => File.ReadAllText(Path.Combine(folder.Path, "report.html"));
}
