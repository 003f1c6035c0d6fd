namespace Caseload.Frames;

/// <summary>
/// Names the class that writes a type for a notebook. Hosts find it by its name alone, so a library that uses it depends on none of them.
/// </summary>
/// <param name="formatterSourceType">A class with a public parameterless constructor and a method <c>CreateTypeFormatters</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to prefer, the best first.</summary>
    public string[] PreferredMimeTypes { get; init; } = [];
}

/// <summary>Writes the objects of one type in one MIME type, in the form that notebook hosts look for.</summary>
/// <typeparam name="T">The type that is written.</typeparam>
/// <param name="mimeType">The MIME type.</param>
/// <param name="write">Gives the text of an object.</param>
public sealed class MimeFormatter<T>(string mimeType, Func<T, string> write)
{
    /// <summary>The MIME type written.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>The type written.</summary>
    public Type Type { get; } = typeof(T);

    /// <summary>Writes an object if it is of the type.</summary>
    /// <param name="instance">The object.</param>
    /// <param name="writer">Takes the text.</param>
    /// <returns>Whether it was of the type.</returns>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T value) return false;
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(write(value));
        return true;
    }
}
