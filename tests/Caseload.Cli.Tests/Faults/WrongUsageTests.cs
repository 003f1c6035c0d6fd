namespace Caseload.Cli.Tests.Faults;

/// <summary>Options that make no sense, together or alone, are told before anything is read or written.</summary>
public sealed class WrongUsageTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("an empty value of --json", "--json", "")]
    [InlineData("an empty value of --map", "--map", " ")]
    [InlineData("--rate other is not one of all, first", "--rate", "other")]
    [InlineData("'abc' for option '--rates-year' as a whole number", "--rates-year", "abc")]
    [InlineData("--timeout without --connection", "--timeout", "5")]
    [InlineData("--json and --continuity both write to standard output", "--json", "-", "--continuity", "-")]
    [InlineData("--sample-seed without a sample", "--sample-seed", "4")]
    [InlineData("--link other is not one of", "--link", "other")]
    [InlineData("--skip-step other is not one of", "--skip-step", "other")]
    public void A_cohort_is_not_begun(string says, params string[] options)
    {
        var stopped = Cohort("cohort.csv", options).Stopped(2, says);

        Assert.DoesNotContain("System.", stopped.Error, StringComparison.Ordinal);
        Assert.InRange(stopped.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 3, 5);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("--continuity", "cohort.csv")]
    [InlineData("--json", "./cohort.csv")]
    [InlineData("--json", "cohort.datapackage.json")]
    public void Two_outputs_never_take_one_place(string option, string name)
    {
        Cohort("cohort.csv", [option, Path.Combine(folder.Path, name)]).Stopped(2, "both write to");

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    public void Dispose() => folder.Dispose();

    private CaseloadRun Cohort(string name, string[] options) => CaseloadRun.Of(
        ["cohort", "--returns", run.Returns, "--areas", run.Areas, "--out", Path.Combine(folder.Path, name), .. options]);
}
