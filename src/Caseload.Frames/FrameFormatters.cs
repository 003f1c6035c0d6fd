namespace Caseload.Frames;

/// <summary>
/// Names the class that writes a type for a notebook. Hosts find it by its name alone, so the library depends on none of them.
/// </summary>
/// <param name="formatterSourceType">A class with a public parameterless constructor and a method <c>CreateTypeFormatters</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to prefer, the best first.</summary>
    public string[] PreferredMimeTypes { get; init; } = [];
}

/// <summary>Writes frames for notebooks: as an HTML table and as text, with at most <see cref="RowLimit"/> rows.</summary>
public sealed class FrameFormatters
{
    /// <summary>The most rows that a notebook shows of a frame.</summary>
    public const int RowLimit = 25;

    private readonly FrameFormatter[] formatters = [new("text/html", FrameText.Html), new("text/plain", FrameText.Table)];

    /// <summary>The formatters of a frame.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;

    /// <summary>Writes a frame in one MIME type.</summary>
    /// <param name="mimeType">The MIME type.</param>
    /// <param name="write">Gives the text of a frame with a limit of rows.</param>
    public sealed class FrameFormatter(string mimeType, Func<Frame, int, string> write)
    {
        /// <summary>The MIME type written.</summary>
        public string MimeType { get; } = mimeType;

        /// <summary>Writes an object if it is a frame.</summary>
        /// <param name="instance">The object.</param>
        /// <param name="writer">Takes the text.</param>
        /// <returns>Whether it was a frame.</returns>
        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not Frame frame) return false;
            ArgumentNullException.ThrowIfNull(writer);
            writer.Write(write(frame, RowLimit));
            return true;
        }
    }
}
