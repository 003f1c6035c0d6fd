using System.Security.Cryptography;
using System.Text.Json;

namespace Caseload.Cli.Tests;

/// <summary><c>caseload reproduce</c> from one end to the other.</summary>
public sealed class ReproduceCommandTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private static readonly string[] Tables =
    [
        "area-terms.csv", "area-variance.csv", "authorities.csv", "cleaning.csv", "coefficients.csv", "continuity.csv", "cumulative.csv",
        "flow.csv", "incomplete.csv", "marginal-effects.csv", "model-checks.csv", "models.csv",
        "never-published.csv", "predictions.csv", "published-findings.csv", "risk-groups.csv", "slopes.csv", "survival.csv", "table1.csv",
    ];

    private readonly TemporaryFolder folder = new();

    private string Out => Path.Combine(folder.Path, "out");

    [Fact]
    public void Without_data_it_simulates_them_and_writes_report_findings_tables_and_cohort()
    {
        run.Run.Succeeded();

        Assert.Equal(Tables, Directory.GetFiles(run.PathOf("tables"), "*.csv").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(new[] { "report.html", "findings.json", "run.json", "cohort.csv", "simulated/areas.csv", "simulated/datapackage.json" }, name => Assert.True(File.Exists(run.PathOf(name)), name));
        Assert.Empty(Directory.GetFiles(run.Folder, "*.partial", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(run.PathOf("notebooks")));
    }

    [Fact]
    public void It_ends_by_saying_what_it_found_and_where_it_is()
    {
        Assert.Contains("SIMULATED DATA: what follows tests the pipeline, not England.", run.Run.Output, StringComparison.Ordinal);
        Assert.Matches(@"children first referred in 2010-11 +6,000  in 120 authorities", run.Run.Output);
        Assert.Matches(@"in the multilevel model +1,085  in 119 authorities", run.Run.Output);
        Assert.Matches(@"published findings: \d+ reproduced, \d+ differ, \d+ inconclusive, \d+ cannot be tested", run.Run.Output);
        Assert.Contains(run.PathOf("report.html"), run.Run.Output, StringComparison.Ordinal);
        Assert.Contains(run.PathOf("findings.json"), run.Run.Output, StringComparison.Ordinal);
        Assert.Contains("MB of memory", run.Run.Output, StringComparison.Ordinal);
        Assert.EndsWith("identifiers do not carry over.", run.Run.Output.Split('\n').First(line => line.StartsWith("  odd: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_every_file()
    {
        CaseloadRun.Of("reproduce", "--children", "6000", "--no-notebooks", "--quiet", "--out", Out).Succeeded();

        Assert.Equal(Hashes(run.Folder), Hashes(Out));
    }

    [Fact]
    public void Quiet_prints_nothing() =>
        Assert.Equal("", CaseloadRun.Of("reproduce", "--cohort", run.Cohort, "--no-notebooks", "--quiet", "--out", Out).Succeeded().Output);

    [Fact]
    public void The_cohort_of_another_run_gives_the_same_numbers()
    {
        CaseloadRun.Of("reproduce", "--cohort", run.Cohort, "--no-notebooks", "--out", Out).Succeeded();

        // A cohort file does not say how it was cleaned and linked.
        string[] ofTheReturns = ["cleaning.csv", "continuity.csv"];
        Assert.All(ofTheReturns, table => Assert.False(File.Exists(Path.Combine(Out, "tables", table))));
        foreach (var table in Tables.Except(["flow.csv", .. ofTheReturns])) Assert.Equal(File.ReadAllText(run.PathOf("tables/" + table)), File.ReadAllText(Path.Combine(Out, "tables", table)));
        Assert.False(File.Exists(Path.Combine(Out, "cohort.csv")));
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "run.json")));
        Assert.Equal(Path.GetFullPath(run.Cohort), manifest.RootElement.GetProperty("cohort").GetString());
    }

    [Fact]
    public void Returns_and_areas_of_ones_own_give_the_same_numbers()
    {
        CaseloadRun.Of("reproduce", "--returns", run.Returns, "--areas", run.Areas, "--no-notebooks", "--out", Out).Succeeded();

        Assert.Equal(File.ReadAllText(run.Cohort), File.ReadAllText(Path.Combine(Out, "cohort.csv")));
        foreach (var table in Tables) Assert.Equal(File.ReadAllText(run.PathOf("tables/" + table)), File.ReadAllText(Path.Combine(Out, "tables", table)));
    }

    [Fact]
    public void On_real_data_disclosure_control_is_on_and_findings_that_differ_decide_the_exit_code()
    {
        // Figures of the whole country are held against data with all its 145 authorities only.
        var child = 0;
        var cohort = run.CohortWith("source_kind", _ => "real").Split('\n');
        var authority = Array.IndexOf(cohort[0].Split(','), "authority");
        for (var i = 1; i < cohort.Length - 1; i++)
        {
            var cells = cohort[i].Split(',');
            cells[authority] = (201 + (child++ % 145)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            cohort[i] = string.Join(',', cells);
        }

        var real = CaseloadRun.Of("reproduce", "--cohort", folder.File("real.csv", string.Join('\n', cohort)), "--no-notebooks", "--out", Out);

        Assert.Equal(1, real.Code);
        Assert.Matches(@"^published findings that differ from these data: \d+; the report's ledger says which\s*$", real.Error);
        Assert.Contains("Real data: disclosure control is on.", real.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SIMULATED", real.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("These data are simulated", File.ReadAllText(Path.Combine(Out, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_part_of_the_country_no_figure_of_the_whole_decides_the_exit_code()
    {
        var part = CaseloadRun.Of("reproduce", "--cohort", folder.File("real.csv", run.CohortWith("source_kind", _ => "real")), "--no-notebooks", "--out", Out);

        Assert.Matches("published findings: 0 reproduced, 0 differ", part.Output);
        Assert.Equal(0, part.Code);
    }

    [Fact]
    public void Another_cohort_year_of_the_returns_is_followed_as_long_as_they_last_and_holds_no_published_finding()
    {
        var later = CaseloadRun.Of("reproduce", "--returns", run.Returns, "--areas", run.Areas, "--cohort-year", "2013", "--no-notebooks", "--out", Out);

        // Every child of the simulation is first referred in 2010-11, but whoever is referred in 2012-13 makes the cohort of that year.
        Assert.Contains("children first referred in 2012-13", later.Output, StringComparison.Ordinal);
        Assert.Contains("published findings: 0 reproduced, 0 differ, 0 inconclusive, 35 cannot be tested", later.Output, StringComparison.Ordinal);
        Assert.Contains("followed to 31 March 2016", File.ReadAllText(Path.Combine(Out, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void All_notebooks_are_executed_into_copies_and_their_sources_stay_as_they_are()
    {
        var sources = NotebookFolder();
        var before = Hashes(sources);
        var executed = CaseloadRun.Of("reproduce", "--children", "6000", "--out", Out).SucceededWithOddities();

        Assert.Contains("(7 executed)", executed.Output, StringComparison.Ordinal);
        Assert.Equal(before, Hashes(sources));
        foreach (var copy in Directory.GetFiles(sources, "*.ipynb").Select(path => Path.Combine(Out, "notebooks", Path.GetFileName(path))))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(copy));
            var cells = json.RootElement.GetProperty("cells").EnumerateArray().Where(c => c.GetProperty("cell_type").GetString() == "code").ToArray();
            Assert.All(cells, c => Assert.Equal(JsonValueKind.Number, c.GetProperty("execution_count").ValueKind));
            Assert.True(cells.Sum(c => c.GetProperty("outputs").GetArrayLength()) > 0, copy);
            Assert.DoesNotContain("\"output_type\": \"error\"", File.ReadAllText(copy), StringComparison.Ordinal);
            Assert.Contains("SIMULATED", File.ReadAllText(copy), StringComparison.OrdinalIgnoreCase);

            // The notebooks read the data of the run that started them, not those of some other run.
            Assert.DoesNotContain("No run was found", File.ReadAllText(copy), StringComparison.Ordinal);
            Assert.True(File.Exists(Path.ChangeExtension(copy, ".html")));
        }
    }

    [Theory]
    [InlineData("--returns without --areas", "--returns", "r")]
    [InlineData("--areas without returns", "--areas", "a.csv")]
    [InlineData("both --returns and --cohort", "--returns", "r", "--areas", "a.csv", "--cohort", "c.csv")]
    [InlineData("--seed or --children", "--cohort", "c.csv", "--seed", "1")]
    [InlineData("--seed or --children", "--returns", "r", "--areas", "a.csv", "--children", "1000")]
    [InlineData("--cohort-year without", "--cohort-year", "2011")]
    [InlineData("is not a census year", "--returns", "r", "--areas", "a.csv", "--cohort-year", "0")]
    [InlineData("is not a census year", "--returns", "r", "--areas", "a.csv", "--cohort-year", "99999")]
    [InlineData("99 children", "--children", "99")]
    [InlineData("'many'", "--children", "many")]
    [InlineData("--tables", "--tables")]
    public void Options_that_do_not_go_together_are_wrong_usage_and_nothing_is_written(string says, params string[] options)
    {
        CaseloadRun.Of(["reproduce", "--out", Out, "--no-notebooks", .. options]).Stopped(2, says);

        Assert.False(Directory.Exists(Out));
    }

    public void Dispose() => folder.Dispose();

    private static string NotebookFolder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "notebooks", "01-load-cohort.ipynb"))) at = at.Parent;
        return Path.Combine(at!.FullName, "notebooks");
    }

    private static SortedDictionary<string, string> Hashes(string of) => new(
        Directory.EnumerateFiles(of, "*", SearchOption.AllDirectories).ToDictionary(p => Path.GetRelativePath(of, p), p => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(p)))),
        StringComparer.Ordinal);
}
