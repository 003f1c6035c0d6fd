namespace Caseload.Notebooks.Formatting;

/// <summary>What a value's own code throws while it is shown.</summary>
internal static class Faults
{
    /// <summary>Whether an exception stops the cell, and is not the value's own.</summary>
    /// <param name="e">The exception.</param>
    public static bool IsStop(Exception e) => e is OperationCanceledException or ThreadInterruptedException;
}
