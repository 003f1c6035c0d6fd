using System.Reflection;
using System.Runtime.CompilerServices;

namespace Caseload.Notebooks.Formatting;

/// <summary>A value taken apart into named texts, as a row of a table.</summary>
internal static class ValueRow
{
    private const string SingleColumn = "value";

    /// <summary>The names and texts of a value's parts.</summary>
    /// <param name="value">A value. Of a scalar the only part is called <c>value</c>; a tuple has <c>Item1</c> and so on; any other
    /// object has its public properties and fields, in the order in which they are declared.</param>
    public static IReadOnlyList<(string Name, string Text)> Of(object? value)
    {
        if (value is ITuple tuple)
        {
            return [.. Enumerable.Range(0, tuple.Length).Select(i => ($"Item{i + 1}", ValueText.Of(tuple[i])))];
        }

        if (ValueText.IsScalar(value)) return [(SingleColumn, ValueText.Of(value))];
        var type = value!.GetType();
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetMethod!.IsPublic && p.GetIndexParameters().Length == 0)
            .Select(p => (p.Name, Get(() => p.GetValue(value))));
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(f => (f.Name, ValueText.Of(f.GetValue(value))));
        IReadOnlyList<(string, string)> parts = [.. properties, .. fields];
        return parts.Count > 0 ? parts : [(SingleColumn, ValueText.Of(value))];
    }

    private static string Get(Func<object?> read)
    {
        try
        {
            return ValueText.Of(read());
        }
        catch (TargetInvocationException e)
        {
            return $"({e.InnerException?.GetType().Name})";
        }
    }
}
