using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;

namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>One of the kernel's sockets: listens, and serves each peer that comes on threads of the peer's own.</summary>
internal sealed class WireServer : IDisposable
{
    private readonly WireRole role;
    private readonly WireAddress address;
    private readonly WireLimits limits;
    private readonly Action<WireMessage> received;
    private readonly Socket listener;
    private readonly ConcurrentDictionary<string, WirePeer> peers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<WirePeer, bool> connections = new();
    private int accepted;
    private volatile bool isClosed;

    /// <summary>Begins to listen.</summary>
    /// <param name="role">What the socket is.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="limits">What a peer may cost.</param>
    /// <param name="received">Takes each message to a router, on the peer's own thread; while it waits, the peer's further messages
    /// wait too.</param>
    /// <exception cref="Caseload.Frames.ProblemException">Unreadable: the address cannot be had.</exception>
    public WireServer(WireRole role, WireAddress address, WireLimits limits, Action<WireMessage> received)
    {
        (this.role, this.address, this.limits, this.received) = (role, address, limits, received);
        listener = address.Listen();
    }

    /// <summary>Begins to take peers. Until then they wait.</summary>
    public void Start() => WirePeer.Start("caseload accept", Accept);

    /// <summary>How many connections there are.</summary>
    public int ConnectionCount => connections.Count;

    /// <summary>Sends a message to one peer of a router. A peer that is gone gets nothing.</summary>
    /// <param name="peer">Its name.</param>
    /// <param name="frames">The message.</param>
    /// <returns>Whether there is such a peer.</returns>
    public bool Send(string peer, byte[][] frames)
    {
        if (!peers.TryGetValue(peer, out var found)) return false;
        found.Send(frames);
        return true;
    }

    /// <summary>Sends a message to all subscribers.</summary>
    /// <param name="frames">The message; the first frame is its topic.</param>
    public void Publish(byte[][] frames)
    {
        foreach (var (_, peer) in peers) peer.Send(frames);
    }

    /// <summary>Waits until all is sent.</summary>
    /// <param name="deadline">How long at most, in milliseconds of <see cref="Environment.TickCount64"/>.</param>
    public void WaitUntilSent(long deadline)
    {
        foreach (var (_, peer) in peers) peer.WaitUntilSent(deadline);
    }

    /// <summary>Stops listening and ends all connections.</summary>
    public void Dispose()
    {
        isClosed = true;
        listener.Dispose();
        foreach (var (peer, _) in connections) peer.Dispose();
        if (address.SocketFile is { } file) File.Delete(file);
    }

    private void Accept()
    {
        while (!isClosed)
        {
            try
            {
                var socket = listener.Accept();
                if (connections.Count >= limits.Peers) socket.Dispose();
                else Begin(socket);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                // A peer that went away while it was accepted is no matter; out of file handles passes with time.
                if (!isClosed) Thread.Sleep(10);
            }
        }
    }

    private void Begin(Socket socket)
    {
        // A name that begins with a zero is one that no peer can give itself; with the address it is no other socket's: the first peer
        // there may be another client than the first here.
        var name = string.Create(CultureInfo.InvariantCulture, $"\0{address.EndPoint} {++accepted}");
        var peer = new WirePeer(role, socket, limits, name);
        connections[peer] = true;
        WirePeer.Start("caseload read", () =>
        {
            peer.Serve(() => Enter(peer), received);
            connections.TryRemove(peer, out _);
            peers.TryRemove(new(peer.Name, peer));
        });
        if (isClosed) peer.Dispose();
    }

    // A client that lost its connection comes again under its name before the old connection is known to be dead: the new one counts.
    private void Enter(WirePeer peer)
    {
        WirePeer? before = null;
        peers.AddOrUpdate(peer.Name, peer, (_, old) =>
        {
            before = old;
            return peer;
        });
        before?.Dispose();
    }
}
