using System.Text;
using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Session.Displays;

/// <summary>Puts what a cell shows in order: text on the consoles, which is gathered for a moment, and displays. Safe from several
/// threads, and also after the cell's end, for what it left behind.</summary>
internal sealed class CellOutputs
{
    // Long text goes out in pieces, and short text in time, so that a front end that listens sees it come.
    private const int PieceLength = 65_536;
    private static readonly TimeSpan HoldTime = TimeSpan.FromMilliseconds(50);

    // A value whose text never comes must not keep the cell from its end.
    private static readonly TimeSpan LongestShow = TimeSpan.FromSeconds(1);

    private readonly ICellClient client;
    private readonly Lock gate = new();
    private readonly StringBuilder pending = new();
    private readonly OrderedDictionary<DisplayedValue, DisplayedValue.Change> held = [];
    private readonly UnfinishedLine line = new();

    // Lives as long as something writes to the cell; at rest it holds nothing.
    private readonly ITimer timer;
    private bool isTicking;
    private int showing;
    private StreamName pendingStream;

    /// <summary>Starts with nothing shown. To be made outside of the cell, whose code the timer is no part of.</summary>
    /// <param name="client">Takes what is shown.</param>
    /// <param name="clock">Tells when text has been held long enough.</param>
    public CellOutputs(ICellClient client, TimeProvider clock)
    {
        this.client = client;
        timer = clock.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds text that was written to a console.</summary>
    /// <param name="stream">The console.</param>
    /// <param name="text">The text.</param>
    public void Write(StreamName stream, ReadOnlySpan<char> text)
    {
        lock (gate)
        {
            if (stream != pendingStream) FlushText();
            pendingStream = stream;
            pending.Append(text);
            if (stream == StreamName.Stdout) line.Add(text);
            if (pending.Length >= PieceLength) FlushText();
            else Tick();
        }
    }

    /// <summary>Adds an output after all text that came before it.</summary>
    /// <param name="output">The output.</param>
    /// <param name="displayId">The name by which it can be changed; null for none.</param>
    public void Add(NotebookOutput output, string? displayId = null) => Hand(new OutputShown(output) { DisplayId = displayId });

    /// <summary>Changes something that was shown.</summary>
    /// <param name="displayId">Its name.</param>
    /// <param name="bundle">What is shown in its place.</param>
    public void Update(string displayId, MimeBundle bundle) => Hand(new DisplayUpdated(displayId, bundle, new JsonObject()));

    /// <summary>Takes away what was shown.</summary>
    /// <param name="wait">Whether it stays until there is something new.</param>
    public void Clear(bool wait) => Hand(new OutputsCleared(wait));

    /// <summary>Changes a display in a moment. Of several changes that come before, only the last is shown.</summary>
    /// <param name="display">The display.</param>
    /// <param name="change">The change.</param>
    public void Hold(DisplayedValue display, DisplayedValue.Change change)
    {
        lock (gate)
        {
            held[display] = change;
            Tick();
        }
    }

    /// <summary>The text of standard output after its last line break;
    /// then it counts as ended, as by the key that ends an answer.</summary>
    public string TakeUnfinishedLine()
    {
        lock (gate) return line.Take();
    }

    /// <summary>Hands out all that is still held.</summary>
    public void Flush()
    {
        KeyValuePair<DisplayedValue, DisplayedValue.Change>[] changes;
        lock (gate)
        {
            isTicking = false;
            FlushText();
            Interlocked.Increment(ref showing);
            changes = [.. held];
            held.Clear();
        }

        // Outside of the gate: a value that is shown may write text itself.
        try
        {
            foreach (var (display, change) in changes) display.ShowHeld(change);
        }
        finally
        {
            Interlocked.Decrement(ref showing);
        }
    }

    /// <summary>Hands out all that is still held, and waits a moment for what the timer is handing out already: the cell is answered
    /// after it.</summary>
    public void Finish()
    {
        Flush();
        SpinWait.SpinUntil(() => Volatile.Read(ref showing) == 0, LongestShow);
    }

    private void Hand(CellEvent shown)
    {
        lock (gate)
        {
            FlushText();
            Take(shown);
        }
    }

    private void FlushText()
    {
        if (pending.Length == 0) return;
        var text = pending.ToString();
        pending.Clear();
        Take(new OutputShown(new StreamOutput(pendingStream, text)));
    }

    private void Take(CellEvent shown)
    {
        using var outside = CellScope.Outside();
        client.Take(shown);
    }

    private void Tick()
    {
        if (isTicking) return;
        isTicking = timer.Change(HoldTime, Timeout.InfiniteTimeSpan);
    }
}
