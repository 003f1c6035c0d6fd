using System.Text.Json;
using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Kernel;

/// <summary>A request that a client waits on. It is answered once and ended once, whoever comes first.</summary>
/// <param name="channels">Where answers go.</param>
/// <param name="channel">Where it came in.</param>
/// <param name="message">The request.</param>
internal sealed class KernelRequest(KernelChannels channels, Channel channel, JupyterMessage message)
{
    private int answered;
    private int ended;

    /// <summary>The message.</summary>
    public JupyterMessage Message => message;

    /// <summary>What kind of request it is, such as <c>execute_request</c>.</summary>
    public string Type => message.Header.Type;

    /// <summary>What it is about.</summary>
    public JsonElement Content => message.Content;

    /// <summary>Whether an earlier cell failed while this one waited.</summary>
    public bool IsAborted { get; set; }

    /// <summary>Says that the kernel works on the request.</summary>
    public void Begin() => PublishStatus("busy");

    /// <summary>Says that the kernel is done with it.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref ended, 1) == 0) PublishStatus("idle");
    }

    /// <summary>Answers that it went well.</summary>
    /// <param name="members">Writes what the answer holds beside its status.</param>
    public void ReplyOk(Action<Utf8JsonWriter> members) => Reply("ok", members);

    /// <summary>Answers that it failed.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="members">Writes what else the answer holds.</param>
    public void ReplyError(KernelError error, Action<Utf8JsonWriter>? members = null) => Reply("error", writer =>
    {
        error.Write(writer);
        members?.Invoke(writer);
    });

    /// <summary>Answers.</summary>
    /// <param name="status"><c>ok</c>, <c>error</c> or <c>aborted</c>.</param>
    /// <param name="members">Writes what the answer holds beside its status.</param>
    public void Reply(string status, Action<Utf8JsonWriter> members)
    {
        if (Interlocked.Exchange(ref answered, 1) != 0) return;
        const string Asks = "_request";
        var type = Type.EndsWith(Asks, StringComparison.Ordinal) ? Type[..^Asks.Length] + "_reply" : Type + "_reply";
        channels.Send(channel, message, new(type, message.Header, writer =>
        {
            writer.WriteString("status", status);
            members(writer);
        }));
    }

    /// <summary>Tells all clients something that belongs to the request.</summary>
    /// <param name="type">The type of the message.</param>
    /// <param name="content">Writes it.</param>
    public void Publish(string type, Action<Utf8JsonWriter> content) => channels.Publish(new(type, message.Header, content));

    /// <summary>Asks the client that sent the request.</summary>
    /// <param name="type">The type of the message.</param>
    /// <param name="content">Writes it.</param>
    /// <returns>Whether that client can be asked.</returns>
    public bool Ask(string type, Action<Utf8JsonWriter> content) =>
        channels.Send(Channel.Stdin, message, new(type, message.Header, content));

    private void PublishStatus(string state) => Publish("status", writer => writer.WriteString("execution_state", state));
}
