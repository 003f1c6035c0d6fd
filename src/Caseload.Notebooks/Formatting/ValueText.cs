using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Formatting;

/// <summary>The text of one value, the same on every machine: invariant culture, ISO dates.</summary>
internal static class ValueText
{
    /// <summary>Whether a value is one thing and not a row of several.</summary>
    /// <param name="value">The value.</param>
    public static bool IsScalar(object? value) =>
        value is null or string or bool or char or IFormattable or Type or Uri or Version or Delegate or Task or JsonNode;

    /// <summary>Whether a type says itself what its text is. What the compiler writes for records and for <c>new { ... }</c> does not
    /// count: it never ends where two of them hold each other.</summary>
    /// <param name="type">The type.</param>
    public static bool HasOwnText(Type type)
    {
        var method = type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, []);
        return method?.DeclaringType is { } declarer && declarer != typeof(object) && declarer != typeof(ValueType)
            && !TypeNames.IsAnonymous(declarer) && !method.IsDefined(typeof(CompilerGeneratedAttribute));
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

        // To ask an unfinished task for its result would wait for it.
        Task task => $"{TypeNames.Of(task.GetType())} ({task.Status})",
        Type type => TypeNames.Of(type) == type.Name ? type.ToString() : TypeNames.Of(type),
        System.Collections.IEnumerable when !HasOwnText(value.GetType()) => ShortText.Of(value),
        _ => HasOwnText(value.GetType()) ? value.ToString() ?? "" : ShortText.OfParts(value, 0),
    };
}
