namespace Caseload.Notebooks.Session;

/// <summary>The side that shows what a cell gives and answers what it asks: a runner or a front end.</summary>
public interface ICellClient
{
    /// <summary>Takes what the cell shows, in order. Called by one thread at a time;
    /// also after the cell's end, by tasks that it left behind.</summary>
    /// <param name="shown">What the cell does.</param>
    void Take(CellEvent shown);

    /// <summary>Asks the person at the front end for a line of text and waits for it, on a thread that is no cell's.</summary>
    /// <param name="request">What is asked.</param>
    /// <returns>The line; null where nobody is there to answer.</returns>
    string? ReadLine(InputRequest request);
}

/// <summary>A question to the person at the front end.</summary>
/// <param name="Prompt">The question; may be empty.</param>
/// <param name="IsPassword">Whether the answer is hidden while it is typed.</param>
public sealed record InputRequest(string Prompt, bool IsPassword)
{
    /// <summary>Told when the cell that asks is interrupted: nobody waits for the answer then.</summary>
    public CancellationToken Stopping { get; init; }
}
