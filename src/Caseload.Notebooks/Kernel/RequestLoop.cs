namespace Caseload.Notebooks.Kernel;

/// <summary>Serves the requests of one channel in order, each between busy and idle.</summary>
/// <param name="handlers">Who answers which type of request.</param>
/// <param name="log">Takes a line for each request that nobody knows or that failed.</param>
internal sealed class RequestLoop(IReadOnlyDictionary<string, Action<KernelRequest>> handlers, TextWriter log)
{
    private const int Capacity = 1 << 15;

    /// <summary>The requests that wait.</summary>
    public RequestQueue Queue { get; } = new(Capacity);

    /// <summary>Begins to serve on a thread of its own: a cell may take every thread of the pool.</summary>
    /// <param name="name">What a debugger calls the thread.</param>
    public void Start(string name) => new Thread(Serve) { IsBackground = true, Name = name }.Start();

    private void Serve()
    {
        while (Queue.Take() is { } request)
        {
            request.Begin();
            try
            {
                if (handlers.TryGetValue(request.Type, out var handler)) handler(request);
                else log.WriteLine($"caseload kernel: a message of type {Printable(request.Type)} is not known here");
            }
            catch (Exception e)
            {
                log.WriteLine($"caseload kernel: {Printable(request.Type)} failed: {e.GetType().Name}");
                request.ReplyError(KernelError.Of(e.GetType().Name, e.Message));
            }

            request.End();
        }
    }

    // The type is the client's text: short and on one line in the log.
    private static string Printable(string type) => new(type.Take(60).Select(c => char.IsControl(c) ? '?' : c).ToArray());
}
