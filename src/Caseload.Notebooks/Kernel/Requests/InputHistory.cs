namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>One cell that was run.</summary>
/// <param name="Line">The number of the execution.</param>
/// <param name="Input">The cell's text.</param>
internal sealed record HistoryEntry(int Line, string Input)
{
    /// <summary>Its result as plain text; null where it had none.</summary>
    public string? Output { get; set; }
}

/// <summary>The cells that the kernel has run, the latest at the end. It ends with the kernel: nothing is written to disk.</summary>
internal sealed class InputHistory
{
    private const int Most = 10_000;

    private readonly List<HistoryEntry> entries = [];

    /// <summary>The cells, oldest first.</summary>
    public IReadOnlyList<HistoryEntry> Entries => entries;

    /// <summary>Adds a cell.</summary>
    /// <param name="line">The number of the execution.</param>
    /// <param name="input">The cell's text.</param>
    public HistoryEntry Add(int line, string input)
    {
        if (entries.Count >= Most) entries.RemoveAt(0);
        entries.Add(new(line, input));
        return entries[^1];
    }
}
