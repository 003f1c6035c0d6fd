using Caseload.Clients.Tests.Fixtures;
using Microsoft.Playwright;

namespace Caseload.Clients.Tests.Browser;

/// <summary>A notebook server and a headless Chromium for the tests of a class, started by the first of them.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private const float LimitMilliseconds = 60_000;
    private int opened;
    private NotebookServer? server;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Opens a notebook of the given cells in a page of its own, with a kernel of its own.</summary>
    internal Task<NotebookPage> OpenAsync(InstalledKernel kernel, params string[] cells) =>
        OpenTextAsync(kernel, ExecutedNotebook.Of(cells));

    /// <summary>Opens a notebook in a page of its own, with a kernel of its own.</summary>
    internal async Task<NotebookPage> OpenTextAsync(InstalledKernel kernel, string notebook)
    {
        var chromium = ClientTools.Require(ClientTools.Chromium, "chromium");
        Assertions.SetDefaultExpectTimeout(LimitMilliseconds);
        server ??= await NotebookServer.StartAsync(kernel);
        playwright ??= await Playwright.CreateAsync();
        browser ??= await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
        var name = $"notebook-{++opened}.ipynb";
        await File.WriteAllTextAsync(Path.Combine(server.Folder, name), notebook);
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1200, Height = 1600 } });
        context.SetDefaultTimeout(LimitMilliseconds);
        var page = await context.NewPageAsync();

        // "Leave the page?" is answered with yes.
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.GotoAsync(server.PageOf(name));
        var notebookPage = new NotebookPage(page, server);
        await notebookPage.WaitUntilReadyAsync();
        return notebookPage;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (server is not null) await server.DisposeAsync();
    }
}
