using System.Runtime.CompilerServices;

namespace Caseload.Notebooks.Session.Stopping;

/// <summary>
/// What the host writes into the loops and functions of a cell, so that a cell that is interrupted stops there.
/// Only compiled cells call it.
/// </summary>
public static class CellCheck
{
    // How many threads are inside cells that were interrupted. Process-wide, as the console is: the check stands in the innermost
    // loops of a cell, and there a field that the processor holds in its cache is all that it may cost. Which cell the calling thread
    // belongs to is asked only while this is not zero.
    private static volatile int stoppedThreads;

    /// <summary>Ends the calling code where it belongs to a cell that was interrupted.</summary>
    /// <exception cref="CellInterruptedException">The cell was interrupted. It is thrown anew at each further check.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pass()
    {
        if (stoppedThreads != 0) Stop();
    }

    /// <summary>Counts threads that are inside interrupted cells.</summary>
    /// <param name="change">How many more there are now.</param>
#pragma warning disable CS0420 // Interlocked needs no help from volatile.
    internal static void Count(int change) => Interlocked.Add(ref stoppedThreads, change);
#pragma warning restore CS0420

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Stop()
    {
        if (CellScope.Current is { Threads.IsInterrupted: true }) throw new CellInterruptedException();
    }
}
