using System.Diagnostics;
using Caseload.Browsers;
using Caseload.Figures.Png;
using Caseload.Frames;
using Caseload.Tests.Figures;

namespace Caseload.Tests.Browsers;

/// <summary>A real browser, and programs that only pretend to be one.</summary>
public sealed class BrowserTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_figure_becomes_a_picture_of_its_size_in_one_browser()
    {
        await using var browser = await Browser.StartAsync(new BrowserSettings(Chromium.Require()));
        var page = await browser.OpenPageAsync();
        foreach (var figure in SampleFigures.All())
        {
            var png = await PngFigure.DrawAsync(page, figure, 2);
            var size = PngFigure.SizeOf(figure.ToSvg());
            Assert.Equal((1400, 2 * size.Height), SizeOf(png));
            Assert.True(png.Length > 10_000, $"{figure.Heading.Name} is an empty picture");
        }

        Assert.Equal((60, 45), SizeOf(await PngFigure.DrawAsync(page, "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='15'/>", 3)));
        Assert.Equal(ProblemKind.Unreadable, (await ProblemOf(() => PngFigure.DrawAsync(page, "<svg/>", 3))).Kind);
    }

    [Fact]
    public async Task The_same_figure_gives_the_same_picture()
    {
        await using var browser = await Browser.StartAsync(new BrowserSettings(Chromium.Require()));
        var page = await browser.OpenPageAsync();
        var figures = SampleFigures.All();
        var first = await PngFigure.DrawAsync(page, figures[0], 1);
        await PngFigure.DrawAsync(page, figures[1], 1);
        Assert.Equal(first, await PngFigure.DrawAsync(page, figures[0], 1));
    }

    [Fact]
    public async Task A_page_runs_scripts_tells_their_errors_and_reaches_no_network()
    {
        await using var browser = await Browser.StartAsync(new BrowserSettings(Chromium.Require()));
        var page = await browser.OpenPageAsync();
        await page.OpenAsync(new Uri(folder.File("a.html", "<title>A page</title>")));
        Assert.Equal("A page", (string?)await page.EvaluateAsync("Promise.resolve(document.title)"));
        Assert.Contains("no such thing", (await ProblemOf(() => page.EvaluateAsync("throw new Error('no such thing')"))).Found, StringComparison.Ordinal);
        Assert.Contains("cannot be opened", (await ProblemOf(() => page.OpenAsync(new Uri("http://example.org/")))).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_leaves_no_process_and_no_profile_behind()
    {
        var browser = await Browser.StartAsync(new BrowserSettings(Chromium.Require()));
        using var process = Process.GetProcessById(browser.ProcessId);
        Assert.True(Directory.Exists(browser.Profile));
        await browser.OpenPageAsync();
        await browser.DisposeAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.False(Directory.Exists(browser.Profile));
    }

    [Fact]
    public async Task A_browser_that_dies_is_told_at_once_and_at_every_later_command()
    {
        await using var browser = await Browser.StartAsync(new BrowserSettings(Chromium.Require()));
        var page = await browser.OpenPageAsync();
        var waiting = page.EvaluateAsync("new Promise(() => {})");
        using (var process = Process.GetProcessById(browser.ProcessId)) process.Kill(entireProcessTree: true);
        Assert.Equal("a browser that ended", (await ProblemOf(() => waiting)).Found);
        Assert.Equal("a browser that ended", (await ProblemOf(page.CaptureAsync)).Found);
    }

    [Fact]
    public async Task A_command_that_is_never_answered_is_given_up()
    {
        await using var browser = await Browser.StartAsync(new BrowserSettings(Chromium.Require()) { AnswerLimit = TimeSpan.FromSeconds(3) });
        var page = await browser.OpenPageAsync();
        Assert.Equal("a browser that did not answer Runtime.evaluate within 3 s",
            (await ProblemOf(() => page.EvaluateAsync("new Promise(() => {})"))).Found);
        Assert.Equal(2, (int?)await page.EvaluateAsync("1 + 1"));
    }

    [Theory]
    [InlineData("exit 3", "a browser that ended at its start")]
    [InlineData("exec sleep 60", "a browser that did not start within 1 s")]
    [InlineData("echo 'DevTools listening on ws://127.0.0.1:1/devtools' >&2; exec sleep 60", "a browser that takes no connection")]
    public async Task What_is_no_browser_is_told_and_ended(string script, string found)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the programs are scripts of the shell");
        var program = Script(script);
        var settings = new BrowserSettings(program) { StartLimit = TimeSpan.FromSeconds(1), AnswerLimit = TimeSpan.FromSeconds(10) };
        var problem = await ProblemOf(() => Browser.StartAsync(settings));
        Assert.Equal(ProblemKind.Unreadable, problem.Kind);
        Assert.StartsWith(found, problem.Found, StringComparison.Ordinal);
        Assert.Contains("SVG, which need none", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_program_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the file is one without the right to be run");
        var problem = await ProblemOf(() => Browser.StartAsync(new BrowserSettings(folder.File("browser", "text"))));
        Assert.StartsWith("a browser that cannot be started", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_browser_is_found_on_the_path_and_one_that_is_named_is_never_replaced()
    {
        var chromium = folder.File("chromium", "");
        var other = folder.File("other-browser", "");
        Assert.Equal(chromium, BrowserProgram.Find(null, "/nowhere" + Path.PathSeparator + folder.Path));
        Assert.Equal(other, BrowserProgram.Find("other-browser", folder.Path));
        Assert.Equal(other, BrowserProgram.Find(other, ""));
        Assert.Null(BrowserProgram.Find("no-browser", folder.Path));
    }

    private static async Task<Problem> ProblemOf(Func<Task> action) => (await Assert.ThrowsAsync<ProblemException>(action)).Problem;

    // Width and height stand in a PNG's first chunk, most significant byte first.
    private static (int Width, int Height) SizeOf(byte[] png) => (
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));

    private string Script(string text)
    {
        var path = folder.File("browser.sh", "#!/bin/sh\n" + text + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
