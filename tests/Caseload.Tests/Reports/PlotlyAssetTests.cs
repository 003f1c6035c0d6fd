using System.Diagnostics;
using Caseload.Reports;

namespace Caseload.Tests.Reports;

/// <summary>The real plotly.js in a real browser. Where the machine has none of either, the tests say so.</summary>
public sealed class PlotlyAssetTests
{
    [Fact]
    public void The_build_puts_the_script_beside_the_assembly_where_npm_is_present()
    {
        var path = PlotlyAsset.Find();
        SkipUnless(path is not null, "the build had no npm");
        Assert.InRange(new FileInfo(path!).Length, 1_000_000, 10_000_000);
    }

    [Fact]
    public void Every_figure_of_a_page_becomes_interactive_under_the_page_s_own_policy()
    {
        var script = PlotlyAsset.Find();
        SkipUnless(script is not null, "the build had no npm");
        var browser = Browser();
        SkipUnless(browser is not null, "there is no Chromium on the path");
        var folder = Directory.CreateTempSubdirectory("caseload-browser-").FullName;
        try
        {
            var page = Path.Combine(folder, "report.html");
            ReportPage.Write(SampleReport.Of(), page, script);
            var drawn = Dump(browser!, page, folder);
            Assert.Equal(6, drawn.Split("class=\"chart is-live\"").Length - 1);
            Assert.Equal(6, drawn.Split("class=\"live js-plotly-plot\"").Length - 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Dump(string browser, string page, string folder)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + Path.Combine(folder, "profile"),
            "--virtual-time-budget=20000", "--window-size=1200,6000", "--dump-dom", new Uri(page).AbsoluteUri,
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return dom;
    }

    private static string? Browser() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome",
            "chrome.exe" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static void SkipUnless(bool present, string reason)
    {
        if (present) return;
        Assert.False(Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1", reason);
        Assert.Skip(reason);
    }
}
