using System.Text.Json;

namespace Caseload.Cli.Tests;

/// <summary><c>caseload simulate</c>.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Out => Path.Combine(folder.Path, "sim");

    [Theory]
    [InlineData("csv")]
    [InlineData("xml")]
    public void Writes_returns_in_either_form_that_break_the_published_rules_only_where_that_is_planted(string format)
    {
        var run = CaseloadRun.Of("simulate", "--out", Out, "--children", "600", "--format", format, "--truth", WithoutSlips()).Succeeded();

        Assert.Contains("Simulated (no child in it exists): 600 children in 12 authorities, seed 20170701.", run.Output, StringComparison.Ordinal);

        // One return an authority and year; an authority without an open case in a year makes none.
        Assert.InRange(Directory.GetFiles(Path.Combine(Out, "returns"), "*." + format, SearchOption.AllDirectories).Length, 60, 12 * 6);
        Assert.Contains(" 0 findings", CaseloadRun.Of("validate", Path.Combine(Out, "areas.csv")).Succeeded().Output, StringComparison.Ordinal);

        // Disability that was not recorded keeps children out of the model, and the broken authority gives one child several identifiers.
        var json = Path.Combine(folder.Path, "rules.json");
        Assert.Contains(" 0 findings", CaseloadRun.Of("validate", Path.Combine(Out, "returns"), "--json", json).Output, StringComparison.Ordinal);
        using var found = JsonDocument.Parse(File.ReadAllText(json));
        Assert.All(found.RootElement[0].GetProperty("rules").EnumerateArray().Where(r => r.GetProperty("outcome").GetString() == "failed"),
            rule => Assert.Contains(rule.GetProperty("number").GetString(), new[] { "1520", "8540" }));
    }

    [Fact]
    public void What_was_planted_can_be_read_back_and_gives_the_same_bytes()
    {
        CaseloadRun.Of("simulate", "--out", Out, "--children", "600").Succeeded();
        var again = Path.Combine(folder.Path, "again");
        CaseloadRun.Of("simulate", "--out", again, "--children", "600", "--truth", Path.Combine(Out, "truth.json")).Succeeded();

        string[] Texts(string of) => [.. Directory.GetFiles(of, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        Assert.Equal(Texts(Out), Texts(again));
    }

    [Fact]
    public void Where_a_sample_is_modelled_nearly_everything_is_recorded_and_the_published_share_is_drawn()
    {
        CaseloadRun.Of("reproduce", "--modelled", "sample", "--children", "3000", "--no-notebooks", "--out", Out).SucceededWithOddities();
        var cohort = File.ReadAllLines(Path.Combine(Out, "cohort.csv"));
        var eligible = Array.IndexOf(cohort[0].Split(','), "eligible");
        int Status(string status) => cohort.Count(line => line.Split(',').Contains(status));
        var all = cohort.Skip(1).Count(line => line.Split(',')[eligible] == "true");

        Assert.Equal((int)Math.Round(90_209.0 / 366_196 * all, MidpointRounding.AwayFromZero), Status("modelled"));
        Assert.True(Status("modelled") + Status("not-sampled") > 0.9 * all);
    }

    [Fact]
    public void A_truth_that_cannot_be_planted_is_unreadable_and_says_the_key()
    {
        var file = Path.Combine(folder.Path, "bad.json");
        File.WriteAllText(file, "{ \"rereferedOfEligible\": 0.5 }");

        CaseloadRun.Of("simulate", "--out", Out, "--truth", file).Stopped(3, "rereferedOfEligible");
        CaseloadRun.Of("reproduce", "--out", Out, "--truth", file).Stopped(3, "rereferedOfEligible");
    }

    [Fact]
    public void A_truth_beside_data_of_ones_own_is_wrong_usage() =>
        CaseloadRun.Of("reproduce", "--cohort", "mine.csv", "--truth", WithoutSlips(), "--out", Out).Stopped(2, "--truth");

    [Fact]
    public void A_folder_with_files_of_ones_own_is_refused_and_stays_as_it_was()
    {
        Directory.CreateDirectory(Path.Combine(Out, "returns"));
        File.WriteAllText(Path.Combine(Out, "returns", "mine.csv"), "mine");
        CaseloadRun.Of("simulate", "--out", Out, "--children", "600").Stopped(2, "mine.csv", "nothing was changed");

        Assert.Equal(["mine.csv"], Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)));
    }

    [Theory]
    [InlineData("99 children", "--children", "99")]
    [InlineData("-1 children", "--children", "-1")]
    [InlineData("json", "--format", "json")]
    [InlineData("'1'", "--format", "1")]
    [InlineData("complete-cases, sample", "--modelled", "all")]
    [InlineData("one", "--seed", "one")]
    public void Options_that_make_no_sense_are_wrong_usage(string says, params string[] options) =>
        CaseloadRun.Of(["simulate", "--out", Out, .. options]).Stopped(2, says);

    [Fact]
    public void Without_a_folder_it_is_wrong_usage() => CaseloadRun.Of("simulate").Stopped(2, "--out");

    [Fact]
    public void Quiet_prints_nothing() => Assert.Equal("", CaseloadRun.Of("simulate", "--out", Out, "--children", "600", "--quiet").Succeeded().Output);

    public void Dispose() => folder.Dispose();

    private string WithoutSlips()
    {
        var file = Path.Combine(folder.Path, "truth.json");
        File.WriteAllText(file, "{ \"slipAuthorities\": 0 }");
        return file;
    }
}
