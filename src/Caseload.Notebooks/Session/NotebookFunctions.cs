using Caseload.Notebooks.Formatting;

namespace Caseload.Notebooks.Session;

/// <summary>
/// The functions that a cell can call without naming where they come from; the dialect fixes their names. Called outside of a cell they
/// do nothing.
/// </summary>
public static class NotebookFunctions
{
    /// <summary>Shows a value.</summary>
    /// <param name="value">The value; nothing is shown for null.</param>
    /// <param name="mimeTypes">The MIME types wanted; none for the value's own.</param>
    public static void display(object? value, params string[] mimeTypes) => CellScope.Current?.Show(value, mimeTypes);

    /// <summary>Marks text as HTML, to be shown as it is.</summary>
    /// <param name="markup">A fragment of HTML.</param>
    public static HtmlText HTML(string markup) => new(markup);
}
