using System.Diagnostics;

namespace Caseload.Cli.Tests.Faults;

/// <summary>
/// A run that is killed (no chance to tidy up) when it starts to write its first, second, third ... file leaves every file whole: that of
/// the run before, or the new one. The next run takes no notice of what was left.
/// </summary>
public sealed class KilledRunTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_killed_simulation_leaves_whole_files() =>
        KillAtEachWrite(4, (seed, into) => ["simulate", "--children", "400", "--seed", seed, "--out", into, "--quiet"]);

    [Fact]
    public void A_killed_cohort_leaves_the_cohort_that_was_there() => KillAtEachWrite(
        2, (year, into) => ["cohort", "--returns", run.Returns, "--areas", run.Areas, "--cohort-year", Year(year),
            "--out", Path.Combine(into, "cohort.csv"), "--quiet"]);

    [Fact]
    public void A_killed_fit_leaves_the_fit_that_was_there() => KillAtEachWrite(
        1, (seed, into) => ["fit", run.Cohort, "--formula", seed == "1" ? "rereferred ~ 1" : "rereferred ~ sex",
            "--json", Path.Combine(into, "fit.json"), "--quiet"], changes: "milliseconds");

    [Fact]
    public void A_killed_validation_leaves_the_findings_that_were_there() => KillAtEachWrite(
        1, (seed, into) => ["validate", seed == "1" ? run.Areas : run.Cohort, "--json", Path.Combine(into, "found.json"), "--quiet"]);

    [Fact]
    public void A_killed_reproduction_leaves_whole_files() => KillAtEachWrite(
        6, (seed, into) => ["reproduce", "--cohort", run.Cohort, "--no-notebooks", "--out", into, "--quiet"]);

    public void Dispose() => folder.Dispose();

    // Another "seed" is another cohort year: a later year has other children.
    private static string Year(string seed) => seed == "1" ? "2011" : "2012";

    /// <summary>Kills the second of two runs at its k-th write, for k from 1 to <paramref name="most"/>, in a folder that holds the first.</summary>
    private void KillAtEachWrite(int most, Func<string, string, string[]> command, string? changes = null)
    {
        var (first, second) = (Whole("1", command), Whole("2", command));
        var killed = 0;
        for (var k = 1; k <= most; k++)
        {
            var into = Directory.CreateDirectory(Path.Combine(folder.Path, $"killed-{k}")).FullName;
            CaseloadRun.Of(command("1", into));
            killed += KillAtWrite(k, into, command("2", into)) ? 1 : 0;

            foreach (var path in Directory.GetFiles(into, "*", SearchOption.AllDirectories).Where(p => !IsTemporary(p)))
            {
                var name = Path.GetRelativePath(into, path);
                var found = Stable(File.ReadAllText(path), changes);
                Assert.True(first.Concat(second).Any(f => f.Name == name && Stable(f.Text, changes) == found), $"{name} is neither the old nor the new file, killed at write {k}");
            }

            // Whatever lies about, the next run ends well and leaves no temporary file.
            Assert.InRange(CaseloadRun.Of(command("2", into)).Code, 0, 1);
            Assert.Equal(
                second.Select(f => (f.Name, Stable(f.Text, changes))).ToHashSet(),
                Files(into).Select(f => (f.Name, Stable(f.Text, changes))).ToHashSet());
        }

        Assert.True(killed > 0, "no run was killed: the test watched for the wrong names");
    }

    private (string Name, string Text)[] Whole(string seed, Func<string, string, string[]> command)
    {
        var into = Directory.CreateDirectory(Path.Combine(folder.Path, "whole-" + seed)).FullName;
        Assert.InRange(CaseloadRun.Of(command(seed, into)).Code, 0, 1);
        return Files(into);
    }

    private static (string Name, string Text)[] Files(string into) =>
        [.. Directory.GetFiles(into, "*", SearchOption.AllDirectories).Select(path => (Path.GetRelativePath(into, path), File.ReadAllText(path)))];

    // Paths of the folder itself stand in some files, times in others: what differs between two good runs is no damage.
    private static string Stable(string text, string? changes) =>
        changes is not null && text.IndexOf(changes, StringComparison.Ordinal) is var at and >= 0 ? text[..at] : text;

    private static bool IsTemporary(string path) => path.Contains(".partial", StringComparison.Ordinal);

    private static bool KillAtWrite(int k, string into, string[] arguments)
    {
        var seen = 0;
        using var reached = new ManualResetEventSlim();
        using var watcher = new FileSystemWatcher(into) { IncludeSubdirectories = true, InternalBufferSize = 1 << 16 };
        watcher.Created += (_, change) =>
        {
            if (IsTemporary(change.FullPath) && Interlocked.Increment(ref seen) == k) reached.Set();
        };
        watcher.EnableRaisingEvents = true;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "caseload.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        while (!reached.Wait(TimeSpan.FromMilliseconds(1)) && !process.HasExited)
        {
        }

        var wasRunning = !process.HasExited;
        if (wasRunning) process.Kill();
        process.WaitForExit();
        return wasRunning;
    }
}
