namespace Caseload.MixedModels.Fits;

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

/// <summary>Writes fits and comparisons of fits for notebooks: as HTML tables and as text.</summary>
public sealed class FitFormatters
{
    private readonly FitFormatter[] formatters =
    [
        new("text/html", static instance => instance switch
        {
            MixedModelFit fit => FitHtml.Summary(fit),
            LikelihoodRatioTable table => FitHtml.Table(table),
            _ => null,
        }),
        new("text/plain", static instance => instance is MixedModelFit or LikelihoodRatioTable ? instance.ToString() : null),
    ];

    /// <summary>The formatters.</summary>
    public IEnumerable<object> CreateTypeFormatters() => formatters;

    /// <summary>Writes a fit or a comparison in one MIME type.</summary>
    /// <param name="mimeType">The MIME type.</param>
    /// <param name="write">Gives the text of an object, or null where it is neither.</param>
    public sealed class FitFormatter(string mimeType, Func<object, string?> write)
    {
        /// <summary>The MIME type written.</summary>
        public string MimeType { get; } = mimeType;

        /// <summary>Writes an object if it is a fit or a comparison of fits.</summary>
        /// <param name="instance">The object.</param>
        /// <param name="writer">Takes the text.</param>
        /// <returns>Whether it was one.</returns>
        public bool Format(object instance, TextWriter writer)
        {
            ArgumentNullException.ThrowIfNull(writer);
            if (write(instance) is not { } text) return false;
            writer.Write(text);
            return true;
        }
    }
}
