using System.Text.Json;

namespace Caseload.Cli.Tests;

/// <summary>Disclosure control on the command line: on by default for real data, and never off in silence.</summary>
public sealed class DisclosureOptionsTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("--disclosure", "off")]
    [InlineData("--disclosure", "open")]
    [InlineData("--disclosure", "off", "--disclosure-reason", " ")]
    [InlineData("--disclosure", "dfe-2010-11", "--disclosure-reason", "because")]
    [InlineData("--disclosure-reason", "because")]
    [InlineData("--disclosure", "dfe-1999")]
    public void What_does_not_go_together_is_wrong_usage(params string[] options)
    {
        var real = folder.File("real.csv", run.CohortWith("source_kind", _ => "real"));

        Assert.Equal(2, CaseloadRun.Of(["describe", real, .. options]).Code);
        Assert.Equal(2, CaseloadRun.Of(["reproduce", "--cohort", real, "--out", Out, "--no-notebooks", .. options]).Code);
    }

    [Fact]
    public void A_policy_of_ones_own_is_read_from_a_file_and_a_slip_in_it_is_told()
    {
        var real = folder.File("real.csv", run.CohortWith("source_kind", _ => "real"));
        var own = folder.File("own.json", """{ "name": "ours", "smallestCount": 20, "mark": "x" }""");
        var slip = folder.File("slip.json", """{ "name": "ours", "smallestCount": 20, "marks": "x" }""");

        Assert.Contains("disclosure control: ours: counts from 1 to 20", CaseloadRun.Of("describe", real, "--disclosure", own).Output, StringComparison.Ordinal);
        Assert.Equal(3, CaseloadRun.Of("describe", real, "--disclosure", slip).Code);
    }

    [Fact]
    public void Switched_off_it_is_said_on_the_terminal_on_the_page_and_in_the_manifest()
    {
        var real = folder.File("real.csv", run.CohortWith("source_kind", _ => "real"));
        var off = CaseloadRun.Of(
            "reproduce", "--cohort", real, "--no-notebooks", "--out", Out, "--disclosure", "off", "--disclosure-reason", "our own check");
        const string Notice = "Disclosure control is off. Reason given: our own check";
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Out, "run.json")));

        Assert.Contains("Real data. " + Notice, off.Output, StringComparison.Ordinal);
        Assert.Contains("<strong>" + Notice, File.ReadAllText(Path.Combine(Out, "report.html")), StringComparison.Ordinal);
        Assert.Equal("our own check", manifest.RootElement.GetProperty("disclosure").GetProperty("reason").GetString());
        Assert.Contains("off (our own check)", manifest.RootElement.GetProperty("provenance").ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private string Out => Path.Combine(folder.Path, "out");
}
