using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Session;

/// <summary><c>value.Display()</c> in a cell. Called outside of a cell these methods do nothing.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value; nothing is shown for null.</param>
    /// <param name="mimeTypes">The MIME types wanted; none for the value's own.</param>
    /// <returns>What is shown, to be changed later.</returns>
    public static DisplayedValue Display<T>(this T value, params string[] mimeTypes) => NotebookFunctions.display(value, mimeTypes);

    /// <summary>Shows text that is written in a MIME type already.</summary>
    /// <param name="value">The text, such as the markup of an SVG picture.</param>
    /// <param name="mimeType">Its MIME type, such as <c>image/svg+xml</c>.</param>
    /// <exception cref="Caseload.Frames.ProblemException">The type is one of JSON and the text is not.</exception>
    /// <returns>What is shown, to be changed later.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        CellScope.Current?.ShowBundle(MimeBundle.Of(mimeType, value)) ?? new DisplayedValue(null, "", []);
}
