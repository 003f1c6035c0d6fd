namespace Caseload.Frames;

/// <summary>
/// Tells long work to stop where its caller handed on no token. A notebook session sets it for the code of a cell, and what that code
/// calls, on any thread, looks at it: so the stop button stops a fit.
/// </summary>
public static class LongWork
{
    private static readonly AsyncLocal<CancellationToken> Flow = new();

    /// <summary>Told when the work that the calling code belongs to is to stop; never told where nobody set it.</summary>
    public static CancellationToken Stopping
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>The token that a caller gave, or <see cref="Stopping"/> where it gave none.</summary>
    /// <param name="given">The caller's token.</param>
    public static CancellationToken Or(CancellationToken given) => given.CanBeCanceled ? given : Stopping;

    /// <summary>Stops where it was told to.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public static void Look() => Stopping.ThrowIfCancellationRequested();
}
