using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Caseload.Frames;

namespace Caseload.Browsers;

/// <summary>
/// Speaks the DevTools protocol with a browser: commands and answers in JSON over one socket, told apart by their numbers. Events are
/// not listened to.
/// </summary>
internal sealed class DevToolsConnection : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> waiting = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly ClientWebSocket socket;
    private readonly TimeSpan limit;
    private readonly Task reading;
    private volatile Exception? ended;
    private int last;

    private DevToolsConnection(ClientWebSocket socket, TimeSpan limit)
    {
        (this.socket, this.limit) = (socket, limit);
        reading = ReadAsync();
    }

    /// <summary>Opens a connection.</summary>
    /// <param name="address">The browser's socket.</param>
    /// <param name="limit">How long an answer may take.</param>
    public static async Task<DevToolsConnection> OpenAsync(Uri address, TimeSpan limit)
    {
        using var time = new CancellationTokenSource(limit);
        var socket = new ClientWebSocket();
        try
        {
            // The browser is on this machine: no proxy lies between.
            socket.Options.Proxy = null;
            await socket.ConnectAsync(address, time.Token).ConfigureAwait(false);
            return new DevToolsConnection(socket, limit);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw Browser.Failed("a browser that takes no connection", e);
        }
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <param name="method">The command.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="session">The page that it is for; null for the browser itself.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ProblemException">Unreadable: the browser refused the command, did not answer in time, or ended.</exception>
    public async Task<JsonObject> CallAsync(string method, JsonObject parameters, string? session)
    {
        var id = Interlocked.Increment(ref last);
        var answer = waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null) message["sessionId"] = session;
        using var time = new CancellationTokenSource(limit);
        try
        {
            if (ended is { } before) throw Browser.Failed("a browser that ended", before);
            await SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), time.Token).ConfigureAwait(false);
            var answered = await answer.Task.WaitAsync(time.Token).ConfigureAwait(false);
            return answered["error"] is { } error
                ? throw Browser.Failed($"a browser that refused {method}: {(string?)error["message"]}", null)
                : answered["result"] as JsonObject ?? [];
        }
        catch (OperationCanceledException e)
        {
            var seconds = limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            throw Browser.Failed($"a browser that did not answer {method} within {seconds} s", e);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException)
        {
            throw Browser.Failed("a browser that ended", e);
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading.ConfigureAwait(false);
        socket.Dispose();
        writing.Dispose();
    }

    // A socket takes one message at a time.
    private async Task SendAsync(byte[] message, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellation).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close) throw new WebSocketException("closed by the browser");
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                if (JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length)) is JsonObject answer
                    && answer["id"] is { } id && waiting.TryGetValue((int)id, out var asked)) asked.TrySetResult(answer);
                message.SetLength(0);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException
            or System.Text.Json.JsonException)
        {
            ended = e;
            foreach (var asked in waiting.Values) asked.TrySetException(new WebSocketException("the connection ended", e));
        }
    }
}
