using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Caseload.Cli.Tests.Faults;

/// <summary>A run that is asked to end (Ctrl-C, a signal) while it writes takes away what is half-written, and says so by its exit code.</summary>
public sealed class EndedRunTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void An_ended_simulation_leaves_the_folder_as_it_was(string signal, int code)
    {
        File.WriteAllText(Path.Combine(folder.Path, "mine.txt"), "mine");

        Assert.Equal(code, EndAtFirstWrite(signal, "simulate", "--children", "60000", "--out", folder.Path, "--quiet"));

        Assert.Equal(["mine.txt"], Entries());
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void An_ended_cohort_leaves_no_temporary_file(string signal, int code)
    {
        Assert.Equal(code, EndAtFirstWrite(
            signal, "cohort", "--returns", run.Returns, "--areas", run.Areas, "--out", Path.Combine(folder.Path, "cohort.csv"), "--quiet"));

        Assert.DoesNotContain(Entries(), entry => entry.EndsWith(".partial", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    private string[] Entries() => [.. Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder.Path, path))];

    private int EndAtFirstWrite(string signal, params string[] arguments)
    {
        Assert.SkipWhen(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "signals are sent by kill, which Windows has not");
        using var reached = new ManualResetEventSlim();
        using var watcher = new FileSystemWatcher(folder.Path);
        watcher.Created += (_, change) =>
        {
            if (change.Name!.EndsWith(".partial", StringComparison.Ordinal)) reached.Set();
        };
        watcher.EnableRaisingEvents = true;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "caseload.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        while (!reached.Wait(TimeSpan.FromMilliseconds(1)) && !process.HasExited)
        {
        }

        using (var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)), "the run did not end");
        Assert.Equal("", error.GetAwaiter().GetResult());
        return process.ExitCode;
    }
}
