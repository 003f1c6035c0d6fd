using System.Net.Sockets;
using System.Text;

namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>
/// One connection: greets, reads on one thread and writes on another. Threads of its own, because a cell may take every thread of the
/// pool, and an interrupt must come through all the same.
/// </summary>
internal sealed class WirePeer : IDisposable
{
    private const int StackBytes = 1 << 18;

    private readonly WireRole role;
    private readonly WireLimits limits;
    private readonly Socket socket;
    private readonly NetworkStream stream;
    private readonly PeerQueue queue;
    private readonly Subscriptions subscriptions = new();

    /// <summary>Takes over a connection.</summary>
    /// <param name="role">What our socket is.</param>
    /// <param name="socket">The connection.</param>
    /// <param name="limits">What the peer may cost.</param>
    /// <param name="name">The name of a peer that gives itself none.</param>
    public WirePeer(WireRole role, Socket socket, WireLimits limits, string name)
    {
        (this.role, this.socket, this.limits, Name) = (role, socket, limits, name);
        if (socket.ProtocolType == ProtocolType.Tcp) socket.NoDelay = true;
        stream = new NetworkStream(socket, ownsSocket: true);
        queue = new(limits.QueuedBytes);
    }

    /// <summary>The name under which the peer is answered, as Latin-1.</summary>
    public string Name { get; private set; }

    /// <summary>Starts a thread that ends with the process.</summary>
    /// <param name="name">What a debugger calls it.</param>
    /// <param name="work">What it does.</param>
    public static void Start(string name, Action work) => new Thread(() => work(), StackBytes) { IsBackground = true, Name = name }.Start();

    /// <summary>Serves the connection until it ends.</summary>
    /// <param name="greeted">Called once the peer can be answered.</param>
    /// <param name="received">Takes each message.</param>
    public void Serve(Action greeted, Action<WireMessage> received)
    {
        try
        {
            using var reader = new FrameReader(stream);
            Greet(reader);
            greeted();
            Start("caseload write", Write);
            while (ReadMessage(reader) is { } frames) Take(frames, received);
        }
        catch (Exception)
        {
            // A peer that breaks off or talks nonsense is closed, and that is all: whatever one connection brings, the kernel lives.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Sends a message; a peer that lags too far behind is closed.</summary>
    /// <param name="frames">Its frames.</param>
    public void Send(byte[][] frames)
    {
        if (role == WireRole.Publisher && !subscriptions.Match(frames[0])) return;
        Send(new Outgoing(frames, false));
    }

    /// <summary>Waits until all is sent.</summary>
    /// <param name="deadline">How long at most, in milliseconds of <see cref="Environment.TickCount64"/>.</param>
    public void WaitUntilSent(long deadline) => queue.WaitUntilSent(deadline);

    /// <summary>Ends the connection.</summary>
    public void Dispose()
    {
        queue.Close();
        stream.Dispose();
    }

    private void Send(Outgoing message)
    {
        if (!queue.TryAdd(message)) Dispose();
    }

    private void Greet(FrameReader reader)
    {
        socket.ReceiveTimeout = (int)limits.Handshake.TotalMilliseconds;
        stream.Write(ZmtpGreeting.Ours());
        Span<byte> greeting = stackalloc byte[ZmtpGreeting.Length];
        reader.Read(greeting);
        ZmtpGreeting.Check(greeting);
        using var writer = new FrameWriter(stream);
        writer.AddCommand(ZmtpCommand.Ready(role.SocketType()).ToBody());
        writer.Flush();
        if (!reader.TryRead(limits.MessageBytes, out var frame) || !frame.IsCommand) throw new InvalidDataException("no READY");
        var ready = ZmtpCommand.Parse(frame.Body);
        if (ready.Name != "READY") throw new InvalidDataException("no READY");
        var properties = ready.Properties();
        if (!properties.TryGetValue("Socket-Type", out var type) || !role.Accepts(Encoding.Latin1.GetString(type)))
        {
            writer.AddCommand(ZmtpCommand.Error("Invalid socket type").ToBody());
            writer.Flush();
            throw new InvalidDataException("a peer of a type that does not fit");
        }

        if (properties.TryGetValue("Identity", out var identity) && identity.Length is > 0 and <= byte.MaxValue && identity[0] != 0)
        {
            Name = Encoding.Latin1.GetString(identity);
        }

        socket.ReceiveTimeout = 0;
    }

    private byte[][]? ReadMessage(FrameReader reader)
    {
        var frames = new List<byte[]>();
        var left = limits.MessageBytes;
        while (reader.TryRead(left, out var frame))
        {
            if (frame.IsCommand)
            {
                Obey(ZmtpCommand.Parse(frame.Body));
                continue;
            }

            frames.Add(frame.Body);
            left -= frame.Body.Length;
            if (!frame.HasMore) return [.. frames];
            if (frames.Count >= limits.MessageFrames) throw new InvalidDataException("a message of too many frames");
        }

        return null;
    }

    private void Obey(ZmtpCommand command)
    {
        switch (command.Name)
        {
            case "PING":
                Send(new Outgoing([command.Pong().ToBody()], true));
                break;
            case "SUBSCRIBE":
                subscriptions.Add(command.Data.Span);
                break;
            case "CANCEL":
                subscriptions.Remove(command.Data.Span);
                break;
            case "ERROR":
                throw new InvalidDataException("the peer gives up");
        }
    }

    private void Take(byte[][] frames, Action<WireMessage> received)
    {
        if (role == WireRole.Publisher) subscriptions.Take(frames[0]);
        else if (role == WireRole.Reply) Send(frames);
        else received(new(Name, frames));
    }

    private void Write()
    {
        try
        {
            using var writer = new FrameWriter(stream);
            while (queue.Take() is { Count: > 0 } messages)
            {
                foreach (var message in messages)
                {
                    if (message.IsCommand) writer.AddCommand(message.Frames[0]);
                    else writer.AddMessage(message.Frames);
                    queue.Sent(message);
                }

                writer.Flush();
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            Dispose();
        }
    }
}
