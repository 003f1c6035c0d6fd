using System.Collections;
using System.Reflection;

namespace Caseload.Notebooks.Formatting;

/// <summary>
/// The formatters that a library gives for a type of its own by the by-name convention of .NET Interactive: an attribute named
/// <c>TypeFormatterSourceAttribute</c> on the type names a class whose <c>CreateTypeFormatters()</c> makes them. Names are all that
/// is looked at, so neither side needs a reference to the other.
/// </summary>
/// <param name="Formatters">The formatters, in the library's order.</param>
/// <param name="PreferredMimeTypes">The MIME types to show unless others are asked for; empty for all.</param>
internal sealed record TypeFormatterSource(IReadOnlyList<TypeFormatter> Formatters, IReadOnlyList<string> PreferredMimeTypes)
{
    private static readonly TypeFormatterSource None = new([], []);

    /// <summary>Looks for the formatters of a type, on it and then on what it derives from.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The formatters; none where the type has no such attribute.</returns>
    public static TypeFormatterSource For(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            foreach (var attribute in t.GetCustomAttributes(inherit: false))
            {
                if (attribute.GetType().Name == "TypeFormatterSourceAttribute" && Read(attribute) is { } source) return source;
            }
        }

        return None;
    }

    private static TypeFormatterSource? Read(object attribute)
    {
        if (Value(attribute, "FormatterSourceType") is not Type sourceType) return null;
        var create = sourceType.GetMethod("CreateTypeFormatters", BindingFlags.Public | BindingFlags.Instance, []);
        if (create is null || sourceType.GetConstructor([]) is null) return null;
        var made = create.Invoke(Activator.CreateInstance(sourceType), BindingFlags.DoNotWrapExceptions, null, null, null) as IEnumerable;
        var formatters = (made ?? Array.Empty<object>()).Cast<object?>().Select(TypeFormatter.From).OfType<TypeFormatter>();
        return new([.. formatters], Value(attribute, "PreferredMimeTypes") as string[] ?? []);
    }

    private static object? Value(object instance, string property) =>
        instance.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance)?.GetValue(instance);
}
