using System.Text.Json;

namespace Caseload.Cli.Tests;

/// <summary><c>caseload cohort</c>.</summary>
public sealed class CohortCommandTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Out => Path.Combine(folder.Path, "cohort.csv");

    [Fact]
    public void Writes_the_cohort_that_reproduce_writes_and_prints_the_steps()
    {
        var made = CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Areas, "--out", Out).SucceededWithOddities();

        Assert.Equal(File.ReadAllBytes(run.Cohort), File.ReadAllBytes(Out));
        Assert.StartsWith("Cohort of 2010-11 (simulated data), followed to 2016-03-31:", made.Output, StringComparison.Ordinal);
        Assert.Matches(@"Children first referred in the cohort year +6,000", made.Output);
        Assert.Matches(@"Children in the model +1,085", made.Output);
    }

    [Fact]
    public void No_identifier_of_a_child_stands_in_it()
    {
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Areas, "--out", Out, "--quiet").Succeeded();

        Assert.DoesNotContain("SIM0", File.ReadAllText(Out), StringComparison.Ordinal);
    }

    [Fact]
    public void The_years_that_the_returns_hold_are_told_where_the_cohort_year_is_not_among_them()
    {
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Areas, "--cohort-year", "2009", "--out", Out).Stopped(1, "2011, 2012, 2013, 2014, 2015, 2016");

        Assert.False(File.Exists(Out));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-2011")]
    [InlineData("99999")]
    [InlineData("2010-11")]
    public void A_year_that_no_census_can_have_is_wrong_usage(string year) =>
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Areas, "--cohort-year", year, "--out", Out).Stopped(2, "--cohort-year");

    [Fact]
    public void An_input_is_never_replaced_by_the_output()
    {
        var areas = folder.File("areas.csv", File.ReadAllText(run.Areas));
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", areas, "--out", Path.Combine(folder.Path, ".", "areas.csv")).Stopped(2, "areas.csv");

        Assert.Equal(File.ReadAllText(run.Areas), File.ReadAllText(areas));
    }

    [Fact]
    public void Area_tables_and_folders_that_are_not_there_cannot_be_read()
    {
        CaseloadRun.Of("cohort", "--returns", Path.Combine(folder.Path, "none"), "--areas", run.Areas, "--out", Out).Stopped(3, "no such folder");
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", Path.Combine(folder.Path, "none.csv"), "--out", Out).Stopped(3, "no such file");
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Folder, "--out", Out).Stopped(3, "a directory");
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", folder.File("a.csv", "authority,name\n201,One\n"), "--out", Out).Stopped(3, "referral_rate_per_10000");
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--out", Out).Stopped(2, "--returns without --areas");
    }

    [Fact]
    public void A_step_that_is_left_out_is_named_and_the_account_says_it()
    {
        var json = Path.Combine(folder.Path, "account.json");
        var made = CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Areas, "--out", Out, "--json", json,
            "--skip-step", "need-not-stated", "--skip-step", "closure-order").SucceededWithOddities();

        Assert.Contains("steps of cleaning left out: closure-order, need-not-stated", made.Output, StringComparison.Ordinal);
        using var account = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(["closure-order", "need-not-stated"], account.RootElement.GetProperty("steps").EnumerateArray()
            .Where(s => !s.GetProperty("isTaken").GetBoolean()).Select(s => s.GetProperty("name").GetString()));
        Assert.Equal(6000, account.RootElement.GetProperty("flow")[4].GetProperty("count").GetInt32());
        Assert.NotEqual(0, account.RootElement.GetProperty("continuity").GetProperty("years").GetArrayLength());
    }

    [Theory]
    [InlineData("--skip-step", "everything", "implausible-dates, closure-order")]
    [InlineData("--link", "name", "child-id, upn, national")]
    [InlineData("--modelled", "all", "complete-cases, sample")]
    [InlineData("--sample-share", "0", "above 0")]
    [InlineData("--sample-share", "1.5", "at most 1")]
    [InlineData("--sample-seed", "7", "--modelled sample")]
    public void An_option_that_cannot_be_is_wrong_usage_and_says_what_can(string option, string value, string says)
    {
        CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Areas, "--out", Out, option, value).Stopped(2, option, says);

        Assert.False(File.Exists(Out));
    }

    [Fact]
    public void A_sample_is_drawn_of_the_complete_cases_and_the_continuity_is_written()
    {
        var continuity = Path.Combine(folder.Path, "continuity.csv");
        var made = CaseloadRun.Of("cohort", "--returns", run.Returns, "--areas", run.Areas, "--out", Out, "--continuity", continuity,
            "--modelled", "sample", "--sample-share", "0.1").SucceededWithOddities();

        var eligible = File.ReadLines(run.Cohort).Skip(1).Count(line => !line.Contains("aged-out", StringComparison.Ordinal));
        var sampled = (int)Math.Round(0.1 * eligible, MidpointRounding.AwayFromZero);
        Assert.Equal(sampled, File.ReadLines(Out).Count(line => line.Contains(",modelled,", StringComparison.Ordinal)));
        Assert.StartsWith("authority,year,open_cases,found_again,score,", File.ReadAllText(continuity), StringComparison.Ordinal);
        Assert.Contains("Complete, and not drawn for the sample", made.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cohort_file_is_cleaned_and_linked_already()
    {
        CaseloadRun.Of("reproduce", "--cohort", run.Cohort, "--no-notebooks", "--out", folder.Path, "--link", "upn").Stopped(2, "--link", "--cohort");
    }

    public void Dispose() => folder.Dispose();
}
