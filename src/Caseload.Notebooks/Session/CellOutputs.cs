using System.Text;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Session;

/// <summary>Puts what a cell shows in order: text on the consoles, which is gathered, and displays. Safe from several threads.</summary>
/// <param name="client">Takes what is shown.</param>
internal sealed class CellOutputs(ICellClient client)
{
    // Long text goes out in pieces, so that a front end that listens sees it come.
    private const int PieceLength = 16_384;

    private readonly Lock gate = new();
    private readonly StringBuilder pending = new();
    private StreamName pendingStream;

    /// <summary>Adds text that was written to a console.</summary>
    /// <param name="stream">The console.</param>
    /// <param name="text">The text.</param>
    public void Write(StreamName stream, ReadOnlySpan<char> text)
    {
        lock (gate)
        {
            if (stream != pendingStream) FlushLocked();
            pendingStream = stream;
            pending.Append(text);
            if (pending.Length >= PieceLength) FlushLocked();
        }
    }

    /// <summary>Adds an output after all text that came before it.</summary>
    /// <param name="output">The output.</param>
    public void Add(NotebookOutput output)
    {
        lock (gate)
        {
            FlushLocked();
            client.Take(new OutputShown(output));
        }
    }

    /// <summary>Hands out the text that is still held.</summary>
    public void Flush()
    {
        lock (gate) FlushLocked();
    }

    private void FlushLocked()
    {
        if (pending.Length == 0) return;
        client.Take(new OutputShown(new StreamOutput(pendingStream, pending.ToString())));
        pending.Clear();
    }
}
