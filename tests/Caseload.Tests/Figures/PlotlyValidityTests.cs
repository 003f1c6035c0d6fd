using Caseload.Browsers;
using Caseload.Reports;

namespace Caseload.Tests.Figures;

/// <summary>plotly.js itself judges the interactive charts: no attribute that it does not know, and no value that it would not take.</summary>
public sealed class PlotlyValidityTests
{
    [Fact]
    public async Task Plotly_finds_nothing_to_object_to_in_any_figure_and_draws_it()
    {
        var program = Chromium.Require();
        var script = PlotlyAsset.Find();
        Assert.False(script is null && Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1", "the build had no npm");
        Assert.SkipWhen(script is null, "the build had no npm");
        await using var browser = await Browser.StartAsync(new BrowserSettings(program) { AnswerLimit = TimeSpan.FromMinutes(2) });
        var page = await browser.OpenPageAsync();
        await page.EvaluateAsync(await File.ReadAllTextAsync(script!, TestContext.Current.CancellationToken) + ";null");
        foreach (var figure in SampleFigures.All())
        {
            var json = figure.ToPlotlyJson();

            // An attribute that goes unused here, or a trace without points, is no fault. A legend makes the judge itself stumble.
            Assert.Equal("", (string?)await page.EvaluateAsync($$"""
                (() => {
                  const { data, layout: { legend, ...layout } } = {{json}};
                  return (Plotly.validate(data, layout) ?? []).filter(e => !["unused", "invisible", "dynamic"].includes(e.code)).map(e => e.msg).join("\n");
                })()
                """));
            Assert.True((bool?)await page.EvaluateAsync($$"""
                (() => { const f = {{json}}; return Plotly.newPlot(document.body, f.data, f.layout, f.config).then(p => p.querySelector(".main-svg") !== null); })()
                """), figure.Heading.Name);
        }
    }
}
