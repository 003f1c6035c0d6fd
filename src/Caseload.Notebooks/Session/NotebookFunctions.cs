using Caseload.Notebooks.Formatting;

namespace Caseload.Notebooks.Session;

/// <summary>
/// The functions that a cell can call without naming where they come from; the dialect fixes their names. Called outside of a cell they
/// do nothing.
/// </summary>
public static class NotebookFunctions
{
    /// <summary>Told when the cell that the calling code belongs to is interrupted. To pass on to what takes long.</summary>
    public static CancellationToken Interruption => CellScope.Current?.Stopping ?? CancellationToken.None;

    /// <summary>Shows a value.</summary>
    /// <param name="value">The value; nothing is shown for null.</param>
    /// <param name="mimeTypes">The MIME types wanted; none for the value's own.</param>
    /// <returns>What is shown, to be changed later.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) =>
        CellScope.Current?.Show(value, mimeTypes) ?? new DisplayedValue(null, "", []);

    /// <summary>Marks text as HTML, to be shown as it is.</summary>
    /// <param name="markup">A fragment of HTML.</param>
    public static HtmlText HTML(string markup) => new(markup);

    /// <summary>Takes away what the cell showed so far.</summary>
    /// <param name="wait">Whether it stays until there is something new, so that nothing flickers.</param>
    public static void ClearOutput(bool wait = false) => CellScope.Current?.Outputs.Clear(wait);

    /// <summary>Asks the person at the front end for a line of text.</summary>
    /// <param name="prompt">The question.</param>
    /// <returns>The line; null where nobody is there to answer.</returns>
    public static string? input(string prompt = "") => CellScope.Current?.Input.Ask(prompt, isPassword: false);

    /// <summary>Asks the person at the front end for a line of text that is hidden while it is typed.</summary>
    /// <param name="prompt">The question.</param>
    /// <returns>The line; null where nobody is there to answer.</returns>
    public static string? password(string prompt = "") => CellScope.Current?.Input.Ask(prompt, isPassword: true);
}
