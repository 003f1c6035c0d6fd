using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Caseload.Notebooks.Formatting;

/// <summary>The text of one value, the same on every machine: invariant culture, ISO dates.</summary>
internal static class ValueText
{
    /// <summary>Whether a value is one thing and not a row of several.</summary>
    /// <param name="value">The value.</param>
    public static bool IsScalar(object? value) =>
        value is null or string or bool or char or IFormattable or Type or Uri or Version or Delegate;

    /// <summary>Whether a type says itself what its text is.</summary>
    /// <param name="type">The type.</param>
    public static bool HasOwnText(Type type)
    {
        var declarer = type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, [])?.DeclaringType;
        return declarer is not null && declarer != typeof(object) && declarer != typeof(ValueType);
    }

    /// <summary>The text of a value.</summary>
    /// <param name="value">The value; nothing is written for null.</param>
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTime time => time.ToString(
            time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture) ?? "",
        ITuple tuple => "(" + string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Of(tuple[i]))) + ")",
        ICollection collection when !HasOwnText(value.GetType()) =>
            collection.Count.ToString("N0", CultureInfo.InvariantCulture) + " items",
        _ => value.ToString() ?? "",
    };
}
