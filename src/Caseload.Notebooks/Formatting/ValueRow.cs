using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Caseload.Notebooks.Formatting;

/// <summary>A value taken apart, as a row of a table.</summary>
internal static class ValueRow
{
    private const string SingleColumn = "value";

    /// <summary>The parts of a value.</summary>
    /// <param name="value">A value. Of a scalar, and of a collection within a collection, the only part is called <c>value</c>; a tuple has
    /// <c>Item1</c> and so on; any other object has its public properties and fields, in the order in which they are declared.</param>
    public static IReadOnlyList<ValuePart> Of(object? value)
    {
        if (value is ITuple tuple)
        {
            var types = value.GetType().GetGenericArguments();
            return [.. Enumerable.Range(0, tuple.Length).Select(i => new ValuePart(
                $"Item{i + 1}", i < 7 && i < types.Length ? types[i] : tuple[i]?.GetType() ?? typeof(object), tuple[i], null))];
        }

        if (ValueText.IsScalar(value) || value is IEnumerable) return Single(value);
        var parts = Members(value!);
        return parts.Count > 0 ? parts : Single(value);
    }

    /// <summary>The public properties and fields of an object.</summary>
    /// <param name="value">The object.</param>
    public static IReadOnlyList<ValuePart> Members(object value)
    {
        var type = value.GetType();
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetMethod!.IsPublic && p.GetIndexParameters().Length == 0 && !IsOfNoValue(p.PropertyType))
            .Select(p => Read(p, value));
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Select(f => new ValuePart(f.Name, f.FieldType, f.GetValue(value), null));
        return [.. properties, .. fields];
    }

    private static ValuePart[] Single(object? value) => [new(SingleColumn, value?.GetType() ?? typeof(object), value, null)];

    // Pointers, references and spans cannot be taken out of their object.
    private static bool IsOfNoValue(Type type) => type.IsByRef || type.IsPointer || type.IsByRefLike;

    private static ValuePart Read(PropertyInfo property, object value)
    {
        try
        {
            return new(property.Name, property.PropertyType, property.GetValue(value), null);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner && !Faults.IsStop(inner))
        {
            return new(property.Name, property.PropertyType, null, inner.GetType().Name);
        }
    }
}
