using System.Text.Json.Nodes;
using Caseload.Frames;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Formatting;
using Caseload.Notebooks.Session.Consoles;
using Caseload.Notebooks.Session.Displays;
using Caseload.Notebooks.Session.Stopping;

namespace Caseload.Notebooks.Session;

/// <summary>
/// The cell that runs, as the functions of <see cref="NotebookFunctions"/> see it. It follows the flow of the cell's code through
/// awaits, tasks and threads, so that what each cell shows goes to the right place, and an interrupt finds its threads.
/// </summary>
#pragma warning disable CA1001 // What the cell left behind may hold the token for ever, and a source without a timer holds nothing else.
internal sealed class CellScope
#pragma warning restore CA1001
{
    private static readonly AsyncLocal<CellScope?> Flow = new(Moved);

    private readonly ValueFormatter formatter;
    private readonly DisplayNames names;
    private readonly SessionSources sources;
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Makes the scope of one execution of a cell.</summary>
    /// <param name="client">Takes what the cell shows and answers what it asks.</param>
    /// <param name="formatter">How values are shown.</param>
    /// <param name="names">Names the session's displays.</param>
    /// <param name="sources">The session's texts, which exceptions are told with.</param>
    /// <param name="clock">Hands out text in time.</param>
    public CellScope(ICellClient client, ValueFormatter formatter, DisplayNames names, SessionSources sources, TimeProvider clock)
    {
        (this.formatter, this.names, this.sources) = (formatter, names, sources);
        Outputs = new CellOutputs(client, clock);
        Input = new CellInput(client, Outputs, stopping.Token);
    }

    /// <summary>The cell that the calling code belongs to; null outside of cells.</summary>
    public static CellScope? Current
    {
        get => Flow.Value;
        set
        {
            Flow.Value = value;
            LongWork.Stopping = value?.Stopping ?? CancellationToken.None;
        }
    }

    /// <summary>Where the cell shows.</summary>
    public CellOutputs Outputs { get; }

    /// <summary>What the cell reads.</summary>
    public CellInput Input { get; }

    /// <summary>The threads that run the cell's code.</summary>
    public CellThreads Threads { get; } = new();

    /// <summary>Told when the cell is interrupted.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Makes the calling thread no part of any cell until disposed. What belongs to the host is not interrupted.</summary>
    public static StepOut Outside() => new(Current);

    /// <summary>Shows a value.</summary>
    /// <param name="value">The value; nothing is shown for null.</param>
    /// <param name="mimeTypes">The MIME types wanted; empty for the value's own.</param>
    public DisplayedValue Show(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        var shown = new DisplayedValue(this, names.Next(), mimeTypes);
        shown.Update(value);
        return shown;
    }

    /// <summary>Shows what is formatted already.</summary>
    /// <param name="bundle">What to show.</param>
    public DisplayedValue ShowBundle(MimeBundle bundle)
    {
        var shown = new DisplayedValue(this, names.Next(), []);
        shown.Put(bundle);
        return shown;
    }

    /// <summary>Formats a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The MIME types wanted; empty for the value's own.</param>
    public MimeBundle? Format(object? value, IReadOnlyCollection<string> mimeTypes) => formatter.Format(value, mimeTypes);

    /// <summary>Shows the value of the last expression. A display that is such a value stands there already.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">The number of the execution.</param>
    public void ShowResult(object? value, int count)
    {
        if (value is not DisplayedValue && formatter.Format(value) is { } bundle)
        {
            Outputs.Add(new ResultOutput(bundle, new JsonObject(), count));
        }
    }

    /// <summary>Tells what an exception says, and the way to it through the notebook's own lines.</summary>
    /// <param name="error">The exception.</param>
    public CellFailure Describe(Exception error) => ThrownFailure.Of(error, sources, "");

    /// <summary>Tells on the cell's standard error what went wrong beside its code.</summary>
    /// <param name="lead">What happened.</param>
    /// <param name="error">The exception.</param>
    public void Tell(string lead, Exception error) =>
        Outputs.Write(StreamName.Stderr, $"{lead}\n{string.Join('\n', Describe(error).Traceback)}\n");

    /// <summary>Tells those who watch the token. They are the cell's code, so they run elsewhere than on the calling thread.</summary>
    public void CancelToken() => _ = stopping.CancelAsync();

    private static void Moved(AsyncLocalValueChangedArgs<CellScope?> change)
    {
        change.PreviousValue?.Threads.Leave();
        change.CurrentValue?.Threads.Enter();
    }

    /// <summary>A stay outside of the cell.</summary>
    internal readonly ref struct StepOut
    {
        private readonly CellScope? scope;

        /// <summary>Steps out.</summary>
        /// <param name="scope">The cell; null where there is none.</param>
        public StepOut(CellScope? scope)
        {
            this.scope = scope;
            if (scope is not null) Current = null;
        }

        /// <summary>Steps in again.</summary>
        public void Dispose()
        {
            if (scope is not null) Current = scope;
        }
    }
}
