namespace Caseload.Cli.Tests;

/// <summary><c>caseload simulate</c>.</summary>
public sealed class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Out => Path.Combine(folder.Path, "sim");

    [Theory]
    [InlineData("csv", 6, 6)]
    [InlineData("xml", 60, 12 * 6)] // an authority without an open case in a year makes no return
    public void Writes_returns_in_either_form_that_validate_finds_nothing_wrong_with(string format, int fewest, int most)
    {
        var run = CaseloadRun.Of("simulate", "--out", Out, "--children", "600", "--format", format).Succeeded();

        Assert.Contains("Simulated (no child in it exists): 600 children in 12 authorities, seed 20170701.", run.Output, StringComparison.Ordinal);
        Assert.InRange(Directory.GetFiles(Path.Combine(Out, "returns")).Length, fewest, most);
        Assert.Contains(" 0 findings", CaseloadRun.Of("validate", Path.Combine(Out, "returns"), Path.Combine(Out, "areas.csv")).Output, StringComparison.Ordinal);
    }

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
    [InlineData("one", "--seed", "one")]
    public void Options_that_make_no_sense_are_wrong_usage(string says, params string[] options) =>
        CaseloadRun.Of(["simulate", "--out", Out, .. options]).Stopped(2, says);

    [Fact]
    public void Without_a_folder_it_is_wrong_usage() => CaseloadRun.Of("simulate").Stopped(2, "--out");

    [Fact]
    public void Quiet_prints_nothing() => Assert.Equal("", CaseloadRun.Of("simulate", "--out", Out, "--children", "600", "--quiet").Succeeded().Output);

    public void Dispose() => folder.Dispose();
}
