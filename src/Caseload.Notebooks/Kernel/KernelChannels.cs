using System.Text;
using Caseload.Notebooks.Kernel.Messages;
using Caseload.Notebooks.Kernel.Wire;

namespace Caseload.Notebooks.Kernel;

/// <summary>The channels by which a client asks and is answered.</summary>
internal enum Channel
{
    /// <summary>Requests, one after another.</summary>
    Shell,

    /// <summary>Requests that do not wait for the cell that runs.</summary>
    Control,

    /// <summary>Questions of the kernel to the person.</summary>
    Stdin,
}

/// <summary>The kernel's five sockets, as channels of messages.</summary>
internal sealed class KernelChannels : IDisposable
{
    private readonly MessageCodec codec;
    private readonly Dictionary<Channel, WireServer> routers = [];
    private readonly WireServer iopub;
    private readonly WireServer heartbeat;

    /// <summary>Listens on all of them.</summary>
    /// <param name="file">Where.</param>
    /// <param name="codec">Signs and checks.</param>
    /// <param name="limits">What a peer may cost.</param>
    /// <param name="received">Takes each valid message, on the thread of the peer that sent it.</param>
    /// <exception cref="Caseload.Frames.ProblemException">Unreadable: an address cannot be had.</exception>
    public KernelChannels(ConnectionFile file, MessageCodec codec, WireLimits limits, Action<Channel, JupyterMessage> received)
    {
        this.codec = codec;
        try
        {
            iopub = new(WireRole.Publisher, file.Address(file.Ports.Iopub), limits, _ => { });
            heartbeat = new(WireRole.Reply, file.Address(file.Ports.Heartbeat), limits, _ => { });
            routers[Channel.Stdin] = Router(Channel.Stdin, file.Ports.Stdin);
            routers[Channel.Control] = Router(Channel.Control, file.Ports.Control);
            routers[Channel.Shell] = Router(Channel.Shell, file.Ports.Shell);
        }
        catch (Exception)
        {
            Dispose();
            throw;
        }

        WireServer Router(Channel channel, int port) => new(WireRole.Router, file.Address(port), limits, wire =>
        {
            if (codec.Decode(wire) is { } message) received(channel, message);
        });
    }

    /// <summary>Begins to take clients. Until then they wait.</summary>
    public void Start()
    {
        iopub.Start();
        heartbeat.Start();
        foreach (var router in routers.Values) router.Start();
    }

    /// <summary>Sends a message to one client.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="to">A message of that client.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether the client has that channel open.</returns>
    public bool Send(Channel channel, JupyterMessage to, OutgoingMessage message) =>
        routers[channel].Send(to.Peer, codec.Encode(to.Identities, message));

    /// <summary>Tells all clients.</summary>
    /// <param name="message">The message.</param>
    public void Publish(OutgoingMessage message) =>
        iopub.Publish(codec.Encode([Encoding.UTF8.GetBytes($"kernel.{codec.Session}.{message.Type}")], message));

    /// <summary>Waits until all is sent.</summary>
    /// <param name="most">How long at most, in milliseconds.</param>
    public void WaitUntilSent(int most)
    {
        var deadline = Environment.TickCount64 + most;
        iopub.WaitUntilSent(deadline);
        foreach (var router in routers.Values) router.WaitUntilSent(deadline);
    }

    /// <summary>Ends all connections.</summary>
    public void Dispose()
    {
        iopub?.Dispose();
        heartbeat?.Dispose();
        foreach (var router in routers.Values) router.Dispose();
    }
}
