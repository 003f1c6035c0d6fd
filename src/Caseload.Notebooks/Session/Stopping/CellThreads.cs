namespace Caseload.Notebooks.Session.Stopping;

/// <summary>
/// The threads that run the code of one cell at this moment. A thread that waits (sleep, join, lock, the result of a task) reaches no
/// check, so an interrupt wakes it; and a thread leaves the cell with no interrupt pending, for it may belong to the pool.
/// </summary>
internal sealed class CellThreads
{
    private readonly HashSet<Thread> inside = [];
    private readonly HashSet<Thread> woken = [];

    // Not a lock: to wait for a lock is what an interrupt breaks off, and the way in and out of a cell must not be broken off.
    private int gate;
    private volatile bool interrupted;

    /// <summary>Whether the cell was interrupted; never taken back.</summary>
    public bool IsInterrupted => interrupted;

    /// <summary>How many threads are in the cell.</summary>
    public int Count
    {
        get
        {
            TakeGate();
            var count = inside.Count;
            GiveGate();
            return count;
        }
    }

    /// <summary>The calling thread begins to run code of the cell.</summary>
    public void Enter()
    {
        TakeGate();
        if (inside.Add(Thread.CurrentThread) && interrupted) CellCheck.Count(1);
        GiveGate();
    }

    /// <summary>The calling thread goes on with something else.</summary>
    public void Leave()
    {
        TakeGate();
        var thread = Thread.CurrentThread;
        if (inside.Remove(thread) && interrupted) CellCheck.Count(-1);
        var pending = woken.Remove(thread);
        GiveGate();
        if (pending) ForgetInterrupt();
    }

    /// <summary>Marks the cell as interrupted: from now on each check in its code ends it.</summary>
    public void Interrupt()
    {
        TakeGate();
        if (!interrupted)
        {
            interrupted = true;
            CellCheck.Count(inside.Count);
        }

        GiveGate();
    }

    /// <summary>Wakes the threads of the cell that wait for something. One that computes is left to the next check: an interrupt pending
    /// on it could break off a wait of the runtime's own, such as that for a type to be initialised.</summary>
    public void Wake()
    {
        TakeGate();
        foreach (var thread in inside.Where(t => (t.ThreadState & ThreadState.WaitSleepJoin) != 0))
        {
            woken.Add(thread);
            thread.Interrupt();
        }

        GiveGate();
    }

    // A sleep takes a pending interrupt, and does nothing where there is none.
    private static void ForgetInterrupt()
    {
        try
        {
            Thread.Sleep(0);
        }
        catch (ThreadInterruptedException)
        {
            // Taken.
        }
    }

    private void TakeGate()
    {
        var wait = default(SpinWait);
        while (Interlocked.CompareExchange(ref gate, 1, 0) != 0) wait.SpinOnce(sleep1Threshold: -1);
    }

    private void GiveGate() => Volatile.Write(ref gate, 0);
}
