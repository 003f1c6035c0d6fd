namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>What goes out to a peer.</summary>
/// <param name="Frames">A message's frames, or the one body of a command.</param>
/// <param name="IsCommand">Whether it is a command.</param>
internal readonly record struct Outgoing(byte[][] Frames, bool IsCommand)
{
    // What an entry costs beside its bytes, so that many small ones are counted too.
    private const int EntryCost = 100;

    /// <summary>The bytes that it holds while it waits.</summary>
    public long Cost => EntryCost + Frames.Sum(f => (long)f.Length);
}

/// <summary>The messages that wait for one peer. Adding never waits; a peer that lags too far behind is told to its owner.</summary>
/// <param name="mostBytes">How many bytes may wait.</param>
internal sealed class PeerQueue(long mostBytes)
{
    private readonly object gate = new();
    private List<Outgoing> waiting = [];
    private long bytes;
    private bool isWriting;
    private bool isClosed;

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>False where the peer lags too far behind. A closed queue takes everything and keeps nothing.</returns>
    public bool TryAdd(Outgoing message)
    {
        var cost = message.Cost;
        lock (gate)
        {
            if (isClosed) return true;
            if (bytes > 0 && bytes + cost > mostBytes) return false;
            bytes += cost;
            waiting.Add(message);
            Monitor.PulseAll(gate);
            return true;
        }
    }

    /// <summary>Takes all that wait; waits itself while there are none. The next call says that they are sent.</summary>
    /// <returns>The messages in order; none once the queue is closed.</returns>
    public IReadOnlyList<Outgoing> Take()
    {
        lock (gate)
        {
            isWriting = false;
            Monitor.PulseAll(gate);
            while (waiting.Count == 0 && !isClosed) Monitor.Wait(gate);
            if (isClosed) return [];
            var taken = waiting;
            waiting = [];
            isWriting = true;
            return taken;
        }
    }

    /// <summary>Says that a taken message is sent.</summary>
    /// <param name="message">The message.</param>
    public void Sent(Outgoing message)
    {
        lock (gate) bytes -= message.Cost;
    }

    /// <summary>Waits until all is sent.</summary>
    /// <param name="deadline">How long at most, in milliseconds of <see cref="Environment.TickCount64"/>.</param>
    public void WaitUntilSent(long deadline)
    {
        lock (gate)
        {
            while ((waiting.Count > 0 || isWriting) && !isClosed)
            {
                var left = deadline - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(gate, (int)left)) return;
            }
        }
    }

    /// <summary>Lets go of all that waits.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            waiting = [];
            Monitor.PulseAll(gate);
        }
    }
}
