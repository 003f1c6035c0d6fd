using Caseload.Notebooks.Session.Displays;
using Caseload.Notebooks.Session.Stopping;

namespace Caseload.Notebooks.Session.Consoles;

/// <summary>What a cell reads: lines that a person types at the front end.</summary>
/// <param name="client">Asks the person.</param>
/// <param name="outputs">What the cell shows; the question is the end of it.</param>
/// <param name="stopping">Told when the cell is interrupted.</param>
internal sealed class CellInput(ICellClient client, CellOutputs outputs, CancellationToken stopping)
{
    // The rest of a line that was read in part, its line break with it.
    private string rest = "";

    /// <summary>The next line.</summary>
    /// <returns>The line; null where nobody is there to answer.</returns>
    public string? ReadLine()
    {
        var line = rest.Length > 0 ? rest[..^1] : Ask(outputs.TakeUnfinishedLine(), isPassword: false);
        rest = "";
        return line;
    }

    /// <summary>The next character.</summary>
    /// <param name="take">Whether it is gone then.</param>
    /// <returns>The character; -1 where there is none.</returns>
    public int Read(bool take)
    {
        if (rest.Length == 0)
        {
            if (ReadLine() is not { } line) return -1;
            rest = line + "\n";
        }

        var next = rest[0];
        if (take) rest = rest[1..];
        return next;
    }

    /// <summary>Asks for a line.</summary>
    /// <param name="prompt">The question.</param>
    /// <param name="isPassword">Whether the answer is hidden while it is typed.</param>
    /// <returns>The line; null where nobody is there to answer.</returns>
    public string? Ask(string prompt, bool isPassword)
    {
        CellCheck.Pass();
        outputs.Flush();
        var request = new InputRequest(prompt, isPassword) { Stopping = stopping };

        // On another thread: an interrupt ends the wait of the cell, not one within the client.
        Task<string?> asking;
        using (CellScope.Outside())
        {
            asking = Task.Factory.StartNew(() => client.ReadLine(request), CancellationToken.None,
                TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        return asking.GetAwaiter().GetResult();
    }
}
