namespace Caseload.Notebooks.Kernel;

/// <summary>The requests of a channel that wait their turn. When it is full the peers that send wait too.</summary>
/// <param name="capacity">How many may wait.</param>
internal sealed class RequestQueue(int capacity)
{
    private readonly object gate = new();
    private readonly Queue<KernelRequest> waiting = new();
    private bool isClosed;

    /// <summary>Adds a request; waits while the queue is full.</summary>
    /// <param name="request">The request.</param>
    public void Add(KernelRequest request)
    {
        lock (gate)
        {
            while (waiting.Count >= capacity && !isClosed) Monitor.Wait(gate);
            if (isClosed) return;
            waiting.Enqueue(request);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Takes the next request; waits until there is one.</summary>
    /// <returns>The request; null once the queue is closed.</returns>
    public KernelRequest? Take()
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !isClosed) Monitor.Wait(gate);
            if (isClosed) return null;
            var request = waiting.Dequeue();
            Monitor.PulseAll(gate);
            return request;
        }
    }

    /// <summary>Marks the cells that wait now as aborted; later ones run.</summary>
    public void AbortCells()
    {
        lock (gate)
        {
            foreach (var request in waiting.Where(r => r.Type == "execute_request")) request.IsAborted = true;
        }
    }

    /// <summary>Lets go of all that wait.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            waiting.Clear();
            Monitor.PulseAll(gate);
        }
    }
}
