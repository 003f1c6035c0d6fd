using System.Text.Json.Nodes;
using Caseload.Frames;

namespace Caseload.Browsers;

/// <summary>
/// A browser without a window, for pictures of what only a browser draws. Its start takes a second or two and a picture a few
/// hundredths, so one is shared by all pictures of a run.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(3);

    private readonly BrowserProcess process;
    private readonly DevToolsConnection connection;

    private Browser(BrowserProcess process, DevToolsConnection connection) => (this.process, this.connection) = (process, connection);

    /// <summary>The number of the browser's process.</summary>
    public int ProcessId => process.Id;

    /// <summary>The folder that the browser writes to; it goes when the browser goes.</summary>
    public string Profile => process.Profile;

    /// <summary>Starts a browser.</summary>
    /// <param name="settings">Which one.</param>
    /// <exception cref="ProblemException">Unreadable: it does not start, or takes no connection.</exception>
    public static async Task<Browser> StartAsync(BrowserSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var (process, address) = await BrowserProcess.StartAsync(settings).ConfigureAwait(false);
        try
        {
            return new Browser(process, await DevToolsConnection.OpenAsync(address, settings.AnswerLimit).ConfigureAwait(false));
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Opens an empty page.</summary>
    /// <exception cref="ProblemException">Unreadable: the browser refuses, does not answer in time, or has ended.</exception>
    public async Task<BrowserPage> OpenPageAsync()
    {
        var target = await connection.CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, null)
            .ConfigureAwait(false);
        var attached = await connection.CallAsync("Target.attachToTarget",
            new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true }, null).ConfigureAwait(false);
        var session = (string)attached["sessionId"]!;
        var tree = await connection.CallAsync("Page.getFrameTree", [], session).ConfigureAwait(false);
        return new BrowserPage(connection, session, (string)tree["frameTree"]!["frame"]!["id"]!);
    }

    /// <summary>Ends the browser and takes its profile away.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.CallAsync("Browser.close", [], null).ConfigureAwait(false);
            await process.WaitAsync(EndLimit).ConfigureAwait(false);
        }
        catch (ProblemException)
        {
            // One that no longer answers is ended from outside.
        }

        await connection.DisposeAsync().ConfigureAwait(false);
        process.Dispose();
    }

    /// <summary>The problem of a browser that does not do what it is asked.</summary>
    internal static ProblemException Failed(string found, Exception? inner) => new(new Problem(ProblemKind.Unreadable, found,
        "a browser of the Chromium family that draws a page", "",
        $"Try again; name another browser in the environment variable {BrowserProgram.Variable}, "
            + "or take pictures in SVG, which need none."),
        inner);
}
