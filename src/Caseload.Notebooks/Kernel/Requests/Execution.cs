using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>A cell that runs, or left tasks behind that still show something: all of it belongs to the request that ran it.</summary>
/// <param name="request">The request.</param>
/// <param name="asked">What it asks.</param>
/// <param name="input">Asks the person.</param>
internal sealed class Execution(KernelRequest request, ExecuteRequest asked, InputRequests input) : ICellClient
{
    private volatile bool isInterrupted;

    /// <summary>The request.</summary>
    public KernelRequest Request => request;

    /// <summary>Whether someone asked to stop the cell.</summary>
    public bool IsInterrupted
    {
        get => isInterrupted;
        set => isInterrupted = value;
    }

    /// <summary>The plain text of the cell's result; null where it has none.</summary>
    public string? Result { get; private set; }

    /// <inheritdoc/>
    public void Take(CellEvent shown)
    {
        if (shown is OutputShown { Output: ResultOutput result }) Result = result.Data.Text("text/plain");
        if (!asked.IsSilent) OutputMessages.Publish(request, shown);
    }

    /// <inheritdoc/>
    public string? ReadLine(InputRequest question) => asked.AllowsInput ? input.Ask(request, question) : null;
}
