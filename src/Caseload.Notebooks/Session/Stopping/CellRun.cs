namespace Caseload.Notebooks.Session.Stopping;

/// <summary>One execution of a cell, from its start until it is answered: by its end, or by an interrupt that it does not follow.</summary>
/// <param name="scope">The cell.</param>
/// <param name="clock">Measures how long an interrupted cell takes to end.</param>
internal sealed class CellRun(CellScope scope, TimeProvider clock)
{
    // Deep recursion is no mistake in a notebook; the memory is taken page by page as it is used.
    private const int StackBytes = 16 * 1024 * 1024;

    // A cell with no thread in it waits for a timer or the network; its own code may still want a moment to follow the token.
    private const int LooksWithoutThread = 4;

    // How long a library may go on before the person gets the answer without it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    private readonly TaskCompletionSource<CellFailure?> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isPreparing = true;
    private int interrupts;

    /// <summary>The cell.</summary>
    public CellScope Scope => scope;

    /// <summary>The files that are being imported, so that none imports itself.</summary>
    public HashSet<string> Importing { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the session's own work, such as compiling, goes on; it is not given up, for it changes the session.</summary>
    public bool IsPreparing
    {
        get => isPreparing;
        set => isPreparing = value;
    }

    /// <summary>Whether code of the cell, or code that it called, was still running when the cell was answered.</summary>
    public bool IsLeftRunning { get; private set; }

    /// <summary>Runs a cell on a thread of its own.</summary>
    /// <param name="cell">The cell; gives what stopped it, or null.</param>
    /// <returns>What stopped it, or null; ready when the cell is answered.</returns>
    /// <remarks>After an await the cell goes on where the thread pool wants. A context that brought it back to its first thread would
    /// lock up when the cell blocks that thread to wait for its own async function.</remarks>
    public Task<CellFailure?> StartAsync(Func<Task<CellFailure?>> cell)
    {
        new Thread(() => _ = DriveAsync(cell), StackBytes) { IsBackground = true, Name = "notebook cell" }.UnsafeStart();
        return ended.Task;
    }

    /// <summary>Stops the cell. Returns at once.</summary>
    public void Interrupt()
    {
        if (Interlocked.Exchange(ref interrupts, 1) != 0) return;
        scope.Threads.Interrupt();
        scope.Threads.Wake();

        // On a thread of its own: the code of the cell may hold every thread of the pool.
        new Thread(Watch) { IsBackground = true, Name = "notebook interrupt" }.UnsafeStart();
    }

    private async Task DriveAsync(Func<Task<CellFailure?>> cell)
    {
        try
        {
            ended.TrySetResult(await cell().ConfigureAwait(false));
        }
        catch (Exception e)
        {
            ended.TrySetException(e);
        }
    }

    private void Watch()
    {
        scope.CancelToken();
        var began = clock.GetTimestamp();
        var without = 0;
        while (!ended.Task.IsCompleted)
        {
            Thread.Sleep(BetweenLooks);
            scope.Threads.Wake();
            without = scope.Threads.Count == 0 && !IsPreparing ? without + 1 : 0;
            if (IsPreparing || (without < LooksWithoutThread && clock.GetElapsedTime(began) < Patience)) continue;
            IsLeftRunning = without == 0;
            ended.TrySetResult(null);
        }
    }
}
