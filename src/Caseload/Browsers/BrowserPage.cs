using System.Text.Json.Nodes;
using Caseload.Frames;

namespace Caseload.Browsers;

/// <summary>How large the window of a page is.</summary>
/// <param name="Width">The width in CSS pixels.</param>
/// <param name="Height">The height in CSS pixels.</param>
/// <param name="Scale">How many pixels of a picture stand for one CSS pixel, in each direction.</param>
public readonly record struct PageSize(int Width, int Height, double Scale);

/// <summary>A page of a <see cref="Browser"/>. Every command throws a <see cref="ProblemException"/> (unreadable) where the browser refuses
/// it, does not answer in time, or has ended.</summary>
public sealed class BrowserPage
{
    private readonly DevToolsConnection connection;
    private readonly string session;
    private readonly string frame;

    internal BrowserPage(DevToolsConnection connection, string session, string frame) =>
        (this.connection, this.session, this.frame) = (connection, session, frame);

    /// <summary>Sets the size of the window.</summary>
    /// <param name="size">The size.</param>
    public Task SizeAsync(PageSize size) => CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject
    {
        ["width"] = size.Width, ["height"] = size.Height, ["deviceScaleFactor"] = size.Scale, ["mobile"] = false,
    });

    /// <summary>Shows HTML in place of what the page shows.</summary>
    /// <param name="html">The HTML.</param>
    public Task ShowAsync(string html) => CallAsync("Page.setDocumentContent", new JsonObject { ["frameId"] = frame, ["html"] = html });

    /// <summary>Opens an address and waits until it is loaded.</summary>
    /// <param name="address">The address; nothing but files can be reached.</param>
    public async Task OpenAsync(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var opened = await CallAsync("Page.navigate", new JsonObject { ["url"] = address.AbsoluteUri }).ConfigureAwait(false);
        if ((string?)opened["errorText"] is { Length: > 0 } error) throw Browser.Failed($"a page that cannot be opened: {error}", null);
        await EvaluateAsync("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))")
            .ConfigureAwait(false);
    }

    /// <summary>Runs JavaScript in the page.</summary>
    /// <param name="script">An expression; a promise is waited for.</param>
    /// <returns>Its value as JSON; null for none.</returns>
    public async Task<JsonNode?> EvaluateAsync(string script)
    {
        var answer = await CallAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = script, ["awaitPromise"] = true, ["returnByValue"] = true,
        }).ConfigureAwait(false);
        return answer["exceptionDetails"] is { } thrown
            ? throw Browser.Failed($"a script that failed: {(string?)thrown["exception"]?["description"] ?? (string?)thrown["text"]}", null)
            : answer["result"]?["value"];
    }

    /// <summary>Takes a picture of the window.</summary>
    /// <returns>A PNG file.</returns>
    public async Task<byte[]> CaptureAsync()
    {
        var answer = await CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png" }).ConfigureAwait(false);
        return Convert.FromBase64String((string)answer["data"]!);
    }

    /// <summary>Sends any command of the protocol to the page.</summary>
    /// <param name="method">The command, such as <c>Emulation.setEmulatedMedia</c>.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <returns>The result.</returns>
    public Task<JsonObject> CallAsync(string method, JsonObject parameters) => connection.CallAsync(method, parameters, session);
}
