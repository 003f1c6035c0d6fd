using System.Runtime.ExceptionServices;
using Caseload.Notebooks.Session.Stopping;

namespace Caseload.Notebooks.Session;

/// <summary>Keeps the process alive when a thread that a cell started throws: the cell's standard error tells it.</summary>
public static class BackgroundFailures
{
    // The runtime takes one handler for the process, once and for all.
    private static int isTold;

    /// <summary>Begins to do so, for the rest of the process. What is not thrown by code of a cell ends the process as before.</summary>
    /// <remarks>To be called by a program that hosts sessions, at its start; a second call does nothing.</remarks>
    /// <exception cref="InvalidOperationException">The program has set a handler of its own.</exception>
    public static void TellInCell()
    {
        if (Interlocked.Exchange(ref isTold, 1) == 0) ExceptionHandling.SetUnhandledExceptionHandler(Tell);
    }

    private static bool Tell(Exception error)
    {
        if (CellScope.Current is not { } cell) return false;
        CellScope.Current = null;
        if (error is CellInterruptedException || (error is ThreadInterruptedException && cell.Threads.IsInterrupted)) return true;
        cell.Tell("A thread of the cell ended with an error.", error);
        return true;
    }
}
