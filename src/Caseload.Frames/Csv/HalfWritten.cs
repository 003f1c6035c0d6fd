namespace Caseload.Frames.Csv;

/// <summary>
/// Takes away what is half-written when the process is asked to end (Ctrl-C, a signal): the platform runs no <c>finally</c> then.
/// </summary>
internal sealed class HalfWritten : IDisposable
{
    // Whoever ends the process keeps it, so that no step is begun that would leave something behind.
    private static readonly Lock Gate = new();

    private readonly EventHandler leaving;

    private HalfWritten(Action remove)
    {
        leaving = (_, _) =>
        {
            Gate.Enter();
            remove();
        };
        AppDomain.CurrentDomain.ProcessExit += leaving;
    }

    /// <summary>Sees to it that something is removed where the process ends before this is disposed of.</summary>
    /// <param name="remove">Removes it, where it is there.</param>
    internal static HalfWritten RemovedBy(Action remove)
    {
        lock (Gate) return new HalfWritten(remove);
    }

    /// <summary>Takes a step that has either been done, or is never begun, when the process ends.</summary>
    /// <typeparam name="T">What the step gives.</typeparam>
    /// <param name="step">The step: short, for all others wait.</param>
    internal static T Step<T>(Func<T> step)
    {
        lock (Gate) return step();
    }

    /// <inheritdoc/>
    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= leaving;
}
