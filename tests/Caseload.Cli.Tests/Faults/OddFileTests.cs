using System.Diagnostics;

namespace Caseload.Cli.Tests.Faults;

/// <summary>What lies in a folder of returns and is no file that can be read is told: nothing waits for ever, and no return is lost.</summary>
public sealed class OddFileTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_pipe_that_nobody_writes_to_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no named pipes in folders");
        using (var make = Process.Start("mkfifo", [Path.Combine(Returns(), "pipe.csv")])) make.WaitForExit();

        Cohort().Stopped(3, "a pipe", "pipe.csv");
    }

    [Fact]
    public void A_link_that_points_at_nothing_is_a_return_that_is_missing()
    {
        File.CreateSymbolicLink(Path.Combine(Returns(), "link.csv"), Path.Combine(folder.Path, "gone.csv"));

        Cohort().Stopped(3, "a link that points at no file", "link.csv");
    }

    [Fact]
    public void A_link_to_a_return_is_read_and_a_folder_named_like_one_is_looked_into()
    {
        var other = Directory.GetFiles(run.Returns, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        File.CreateSymbolicLink(Path.Combine(Returns(), "link.csv"), other);
        Directory.CreateDirectory(Path.Combine(folder.Path, "returns", "folder.csv"));

        var rows = File.ReadLines(other).Count() - 1 + File.ReadLines(Path.Combine(folder.Path, "returns", "first.csv")).Count() - 1;
        Assert.Contains($"{rows:N0} rows read", CaseloadRun.Of("validate", Path.Combine(folder.Path, "returns")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_that_would_be_read_twice_is_refused_and_not_called_empty() =>
        CaseloadRun.Of("validate", "-").Stopped(3, "a pipe", "standard input", "Save it as a file");

    public void Dispose() => folder.Dispose();

    private string Returns()
    {
        var returns = Directory.CreateDirectory(Path.Combine(folder.Path, "returns")).FullName;
        File.Copy(Directory.GetFiles(run.Returns, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First(), Path.Combine(returns, "first.csv"));
        return returns;
    }

    private CaseloadRun Cohort() => CaseloadRun.Of(
        "cohort", "--returns", Path.Combine(folder.Path, "returns"), "--areas", run.Areas, "--out", Path.Combine(folder.Path, "cohort.csv"));
}
