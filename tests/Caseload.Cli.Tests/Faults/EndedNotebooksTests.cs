using System.Diagnostics;
using System.Globalization;

namespace Caseload.Cli.Tests.Faults;

/// <summary>Notebooks that are stopped while a cell runs: what was written is whole, and the exit code says why.</summary>
public sealed class EndedNotebooksTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Copies_of_the_notebooks_before_stay_and_nothing_is_half_written(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent by kill, which Windows has not");
        var first = Notebook("a.ipynb", "1 + 1");
        var second = Notebook("b.ipynb", "File.WriteAllText(\\\"reached\\\", \\\"\\\"); while (true) System.Threading.Thread.Sleep(10);");
        var into = Path.Combine(folder.Path, "out");
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "caseload.dll"), "notebooks", "run", first, second, "--out", into, "--html", "--quiet"])
        { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(
            SpinWait.SpinUntil(() => File.Exists(Path.Combine(folder.Path, "reached")) || process.HasExited, TimeSpan.FromMinutes(2)),
            "the cell was not reached");
        using (var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), "the run did not end");

        Assert.Equal((code, ""), (process.ExitCode, await error));
        Assert.Equal(["a.html", "a.ipynb"], Directory.GetFiles(into).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private string Notebook(string name, string code) => folder.File(name,
        $$"""{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": "a", "metadata": {}, "source": "{{code}}"}]}""");
}
