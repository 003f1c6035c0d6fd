using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Formatting;
using Caseload.Notebooks.Session.Stopping;

namespace Caseload.Notebooks.Session;

/// <summary>
/// Something that a cell shows and can change in place, from any cell: what <c>display(x)</c> gives. It takes progress as well, of any
/// kind that is an object or as a fraction from 0 to 1; then it changes at most some twenty times a second, and the last always shows.
/// </summary>
public sealed class DisplayedValue : IProgress<object?>, IProgress<double>
{
    private readonly CellScope? home;
    private readonly string displayId;
    private readonly IReadOnlyCollection<string> mimeTypes;
    private readonly Lock gate = new();
    private long asked;
    private long shown;
    private bool isThere;

    /// <summary>Makes a display that nothing is shown in yet.</summary>
    /// <param name="home">The cell that it belongs to; null outside of cells, where it shows nothing.</param>
    /// <param name="displayId">Its name.</param>
    /// <param name="mimeTypes">The MIME types wanted; empty for the value's own.</param>
    internal DisplayedValue(CellScope? home, string displayId, IReadOnlyCollection<string> mimeTypes) =>
        (this.home, this.displayId, this.mimeTypes) = (home, displayId, mimeTypes);

    /// <summary>Shows another value in the same place.</summary>
    /// <param name="value">The value; null leaves what is there.</param>
    public void Update(object? value) => Show(new Change(Interlocked.Increment(ref asked), value));

    /// <inheritdoc/>
    void IProgress<object?>.Report(object? value) =>
        Place?.Outputs.Hold(this, new Change(Interlocked.Increment(ref asked), value));

    /// <inheritdoc/>
    void IProgress<double>.Report(double value) => ((IProgress<object?>)this).Report(new ProgressBar("", value));

    /// <summary>Shows what a change asks for, unless a later one is shown already.</summary>
    /// <param name="change">The change.</param>
    internal void Show(Change change)
    {
        if (Volatile.Read(ref shown) < change.Number && home?.Format(change.Value, mimeTypes) is { } bundle) Put(bundle, change.Number);
    }

    /// <summary>Shows a value that was held. The timer does so, where what the value throws would end the process: it is told.</summary>
    /// <param name="change">What to show.</param>
    internal void ShowHeld(Change change)
    {
        try
        {
            Show(change);
        }
        catch (CellInterruptedException)
        {
            // The end of the cell tells that.
        }
        catch (Exception e)
        {
            home?.Tell("A value that was reported cannot be shown.", e);
        }
    }

    /// <summary>Shows what is formatted already.</summary>
    /// <param name="bundle">What to show.</param>
    internal void Put(MimeBundle bundle) => Put(bundle, Interlocked.Increment(ref asked));

    // What a later cell changes is told by that cell.
    private CellScope? Place => home is null ? null : CellScope.Current ?? home;

    private void Put(MimeBundle bundle, long number)
    {
        lock (gate)
        {
            if (number <= shown || Place is not { } place) return;
            shown = number;
            if (isThere) place.Outputs.Update(displayId, bundle);
            else place.Outputs.Add(new DisplayOutput(bundle, new JsonObject()), displayId);
            isThere = true;
        }
    }

    /// <summary>A change that was asked for.</summary>
    /// <param name="Number">Its place among the changes of the display.</param>
    /// <param name="Value">The value to show.</param>
    internal readonly record struct Change(long Number, object? Value);
}
