using System.Text.Json;

namespace Caseload.Cli.Tests;

/// <summary>What <c>caseload reproduce</c> does about missing data, and what it leaves for others to go on with.</summary>
public sealed class MissingDataCommandTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Out => Path.Combine(folder.Path, "out");

    [Fact]
    public void The_choices_that_are_asked_for_stand_beside_complete_cases()
    {
        Reproduce("--missing", "category", "--missing", "imputation", "--imputations", "2", "--imputation-rounds", "2").Succeeded();

        var table = File.ReadAllLines(Path.Combine(Out, "tables", "missing-data.csv"));
        Assert.Equal(["complete-cases", "category", "imputation"], table.Skip(1).Select(line => line.Split(',')[0]).Distinct());
        Assert.Contains("Missing as a category", File.ReadAllText(Path.Combine(Out, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_option_there_is_no_table_and_that_of_an_earlier_run_is_taken_away()
    {
        Reproduce("--missing", "complete-cases").Succeeded();
        Assert.True(File.Exists(Path.Combine(Out, "tables", "missing-data.csv")));

        Reproduce().Succeeded();

        Assert.False(File.Exists(Path.Combine(Out, "tables", "missing-data.csv")));
    }

    [Theory]
    [InlineData("--missing", "mean", "complete-cases")]
    [InlineData("--imputations", "5", "--missing imputation")]
    [InlineData("--imputation-seed", "5", "--missing imputation")]
    public void What_does_not_go_together_is_wrong_usage(string option, string value, string says)
    {
        var stopped = CaseloadRun.Of("reproduce", "--cohort", run.Cohort, "--no-notebooks", "--out", Out, option, value);

        Assert.Equal(2, stopped.Code);
        Assert.Contains(says, stopped.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void A_run_leaves_data_packages_and_scripts_without_a_child_in_them()
    {
        Assert.All(
            new[] { "cohort.datapackage.json", "tables/datapackage.json", "scripts/model.R", "scripts/model.do", "scripts/model-mlwin.R", "scripts/estimates.csv" },
            name => Assert.True(File.Exists(run.PathOf(name)), name));
        using var package = JsonDocument.Parse(File.ReadAllBytes(run.PathOf("cohort.datapackage.json")));
        Assert.Contains("seed", package.RootElement.GetProperty("sources")[0].GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(run.PathOf("scripts")), path => Assert.DoesNotContain(run.Folder, File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public void A_cohort_of_the_persons_own_gets_no_package_and_that_of_an_earlier_run_is_taken_away()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "cohort.datapackage.json"), "{}");

        Reproduce().Succeeded();

        Assert.False(File.Exists(Path.Combine(Out, "cohort.datapackage.json")));
        Assert.True(File.Exists(Path.Combine(Out, "scripts", "model.R")));
    }

    [Fact]
    public void The_cohort_command_writes_a_package_beside_its_file()
    {
        var path = Path.Combine(folder.Path, "mine.csv");
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Areas, "--out", path, "--quiet").Succeeded();

        using var package = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.Path, "mine.datapackage.json")));
        Assert.Equal("mine.csv", package.RootElement.GetProperty("resources")[0].GetProperty("path").GetString());
    }

    public void Dispose() => folder.Dispose();

    private CaseloadRun Reproduce(params string[] options) =>
        CaseloadRun.Of(["reproduce", "--cohort", run.Cohort, "--no-notebooks", "--out", Out, .. options]);
}
