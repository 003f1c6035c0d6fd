namespace Caseload.Notebooks.Session.Stopping;

/// <summary>Tells that a cell was interrupted, and where.</summary>
internal static class InterruptedFailure
{
    /// <summary>What <see cref="CellFailure.Name"/> says then.</summary>
    public const string Name = "Interrupted";

    private const string Message = "The cell was interrupted.";
    private const string StillRunning = " Code that it called did not stop and may still be running; what it shows comes here. "
        + "A restart ends it.";

    /// <summary>The failure of an interrupted cell.</summary>
    /// <param name="stopped">How the cell's code ended; null where it came to its end or was given up.</param>
    /// <param name="isLeftRunning">Whether it was given up while it ran.</param>
    public static CellFailure Of(CellFailure? stopped, bool isLeftRunning)
    {
        var message = isLeftRunning ? Message + StillRunning : Message;
        return new(Name, message, stopped?.Line, null, [message, .. stopped?.Traceback.Where(line => line.StartsWith(' ')) ?? []]);
    }
}
