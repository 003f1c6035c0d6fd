using System.Reflection;

namespace Caseload.Notebooks.Formatting;

/// <summary>One formatter object of a library, reached by the names of its members alone.</summary>
internal sealed class TypeFormatter
{
    private readonly Func<object, TextWriter, bool> format;
    private readonly Type? type;

    private TypeFormatter(string mimeType, Type? type, Func<object, TextWriter, bool> format) =>
        (MimeType, this.type, this.format) = (mimeType, type, format);

    /// <summary>The MIME type that it writes.</summary>
    public string MimeType { get; }

    /// <summary>Takes an object for a formatter if it has the members of one: <c>MimeType</c>,
    /// <c>Format</c> and perhaps <c>Type</c>.</summary>
    /// <param name="candidate">The object.</param>
    /// <returns>The formatter, or null.</returns>
    public static TypeFormatter? From(object? candidate)
    {
        if (candidate?.GetType() is not { } of) return null;
        var method = of.GetMethod("Format", BindingFlags.Public | BindingFlags.Instance, [typeof(object), typeof(TextWriter)]);
        if (method is null || method.ReturnType != typeof(bool) || Value(candidate, "MimeType") is not string mimeType) return null;
        return new(mimeType, Value(candidate, "Type") as Type, method.CreateDelegate<Func<object, TextWriter, bool>>(candidate));
    }

    /// <summary>Writes an object.</summary>
    /// <param name="value">The object.</param>
    /// <returns>The text, or null where the formatter does not write this object.</returns>
    public string? Write(object value)
    {
        if (type is not null && !type.IsInstanceOfType(value)) return null;
        using var writer = new StringWriter { NewLine = "\n" };
        return format(value, writer) ? writer.ToString() : null;
    }

    private static object? Value(object candidate, string property) =>
        candidate.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance)?.GetValue(candidate);
}
