using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Formatting;

namespace Caseload.Notebooks.Session;

/// <summary>
/// The cell that runs, as the functions of <see cref="NotebookFunctions"/> see it. It follows the flow of the cell's code through
/// awaits, tasks and threads, so that each session's cells show their values in the right place.
/// </summary>
/// <param name="outputs">Where the cell shows.</param>
/// <param name="formatter">How it shows.</param>
internal sealed class CellScope(CellOutputs outputs, ValueFormatter formatter)
{
    private static readonly AsyncLocal<CellScope?> Flow = new();

    /// <summary>The cell that the calling code belongs to; null outside of cells.</summary>
    public static CellScope? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>Shows a value.</summary>
    /// <param name="value">The value; nothing is shown for null.</param>
    /// <param name="mimeTypes">The MIME types wanted; empty for the value's own.</param>
    public void Show(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        if (formatter.Format(value, mimeTypes) is { } bundle) ShowBundle(bundle);
    }

    /// <summary>Shows what is formatted already.</summary>
    /// <param name="bundle">What to show.</param>
    public void ShowBundle(MimeBundle bundle) => outputs.Add(new DisplayOutput(bundle, new JsonObject()));
}
