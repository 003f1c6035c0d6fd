namespace Caseload.Figures;

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

/// <summary>Writes figures for notebooks: as an interactive chart, as a static picture and as a sentence, all three at once.</summary>
public sealed class FigureFormatters
{
    /// <summary>The MIME type of an interactive chart.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>The MIME type of a static picture, for hosts that run no scripts.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>The MIME type of the sentence.</summary>
    public const string Text = "text/plain";

    private readonly FigureFormatter[] formatters =
    [
        new(Plotly, static figure => figure.ToPlotlyJson()),
        new(Svg, static figure => figure.ToSvg()),
        new(Text, static figure => figure.ToText()),
    ];

    /// <summary>The formatters of a figure.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;

    /// <summary>Writes a figure in one MIME type.</summary>
    /// <param name="mimeType">The MIME type.</param>
    /// <param name="write">Gives the text of a figure.</param>
    public sealed class FigureFormatter(string mimeType, Func<Figure, string> write)
    {
        /// <summary>The MIME type written.</summary>
        public string MimeType { get; } = mimeType;

        /// <summary>The type written.</summary>
        public Type Type { get; } = typeof(Figure);

        /// <summary>Writes an object if it is a figure.</summary>
        /// <param name="instance">The object.</param>
        /// <param name="writer">Takes the text.</param>
        /// <returns>Whether it was a figure.</returns>
        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not Figure figure) return false;
            ArgumentNullException.ThrowIfNull(writer);
            writer.Write(write(figure));
            return true;
        }
    }
}
