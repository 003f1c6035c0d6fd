using System.Diagnostics;
using System.Text.Json.Nodes;
using Caseload.Browsers;

namespace Caseload.Cli.Tests.Pages;

/// <summary>
/// The pages that a run leaves, in a real browser and under axe-core: from the file alone, with their charts alive, in the light, in the
/// dark and on paper.
/// </summary>
public sealed class PageAccessTests(ReproducedRun run) : IClassFixture<ReproducedRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_page_that_keeps_people_out_is_caught()
    {
        await using var browser = await Browser.StartAsync(new BrowserSettings(Chromium.Require()));
        var page = await browser.OpenPageAsync();
        await page.ShowAsync("<!doctype html><title>t</title><img src='data:,'><p style='color:#eee;background:#fff'>pale</p>");
        var found = await Violations(page);
        Assert.All(["image-alt", "color-contrast", "html-has-lang"], rule => Assert.Contains(rule, found, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_report_has_nothing_that_axe_objects_to()
    {
        var page = run.PathOf("report.html");
        await using var browser = await Browser.StartAsync(new BrowserSettings(Chromium.Require()) { AnswerLimit = TimeSpan.FromMinutes(3) });
        Assert.Equal("", await Violations(await Opened(browser, page, "light")));
    }

    [Theory]
    [InlineData("01-load-cohort", 3)]
    [InlineData("07-published-findings", 0)]
    public async Task A_notebook_s_page_has_nothing_that_axe_objects_to_in_the_light_and_in_the_dark(string notebook, int charts)
    {
        var program = Chromium.Require();
        var path = PageOf(notebook);
        await using var browser = await Browser.StartAsync(new BrowserSettings(program) { AnswerLimit = TimeSpan.FromMinutes(3) });
        foreach (var scheme in new[] { "light", "dark" })
        {
            var page = await Opened(browser, path, scheme);
            Assert.Equal(charts, (int?)await page.EvaluateAsync("document.querySelectorAll('.chart.is-live .live .plot-container').length"));
            Assert.Equal("", await Violations(page));
        }
    }

    [Fact]
    public async Task On_paper_charts_are_pictures_and_what_only_a_screen_needs_is_gone()
    {
        var program = Chromium.Require();
        var path = PageOf("01-load-cohort");
        await using var browser = await Browser.StartAsync(new BrowserSettings(program) { AnswerLimit = TimeSpan.FromMinutes(3) });
        var page = await Opened(browser, path, "dark");
        Assert.Equal("3 0 true", await Shown(page));
        await page.CallAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = "print" });
        Assert.Equal("0 3 false", await Shown(page));
    }

    // How many charts, how many pictures of charts, and whether the table of contents.
    private static async Task<string?> Shown(BrowserPage page) => (string?)await page.EvaluateAsync("""
        (() => {
          const seen = selector => [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length > 0).length;
          return `${seen(".live")} ${seen(".still img")} ${seen("nav") > 0}`;
        })()
        """);

    // So high that every chart is near the window and drawn; a page without plotly.js keeps its pictures.
    private static async Task<BrowserPage> Opened(Browser browser, string path, string scheme)
    {
        var page = await browser.OpenPageAsync();
        await page.SizeAsync(new PageSize(1250, 20_000, 1));
        await page.CallAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        });
        await page.OpenAsync(new Uri(path));
        await page.EvaluateAsync("""
            new Promise(done => {
              const look = () => !window.Plotly || !document.querySelector(".chart:not(.is-live)") ? done() : requestAnimationFrame(look);
              look();
            })
            """);
        return page;
    }

    private static async Task<string?> Violations(BrowserPage page)
    {
        await page.EvaluateAsync(AxeCore.Require() + ";null");
        return (string?)await page.EvaluateAsync("""
            axe.run(document, { resultTypes: ["violations"] }).then(found => found.violations
              .map(v => `${v.id} (${v.impact}): ${v.help}\n` + v.nodes.map(n => `  ${n.target}\n    ${n.failureSummary}`).join("\n")).join("\n"))
            """);
    }

    private string PageOf(string notebook)
    {
        var start = new ProcessStartInfo("dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "caseload.dll"), "notebooks", "run",
                Path.Combine(Checkout.Root, "notebooks", notebook + ".ipynb"), "--out", folder.Path, "--html", "--quiet",
            ])
        { RedirectStandardError = true };
        start.Environment[CaseloadData.RunVariable] = run.Folder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error);
        return Path.Combine(folder.Path, notebook + ".html");
    }
}
