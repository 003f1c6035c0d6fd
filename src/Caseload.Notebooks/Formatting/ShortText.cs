using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Caseload.Notebooks.Formatting;

/// <summary>A value in one short line, for a cell of a table. Objects within objects are written to a small depth, so that objects
/// that hold each other come to an end.</summary>
internal static class ShortText
{
    /// <summary>The most characters that a cell shows.</summary>
    public const int Longest = 200;

    private const int Deepest = 2;
    private const int MostParts = 6;
    private const int MostItems = 3;

    /// <summary>The text of a value.</summary>
    /// <param name="value">The value.</param>
    public static string Of(object? value)
    {
        var text = Write(value, 0);
        return text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…";
    }

    /// <summary>An object of named parts, such as a record: its name, and its parts in braces.</summary>
    /// <param name="value">The object.</param>
    /// <param name="depth">How many objects it is within.</param>
    public static string OfParts(object value, int depth)
    {
        var type = value.GetType();
        var name = TypeNames.IsAnonymous(type) ? "" : TypeNames.Of(type);
        if (depth > Deepest) return name + " { … }";
        var parts = ValueRow.Members(value);
        var texts = parts.Take(MostParts)
            .Select(p => $"{p.Name} = {(p.Fault is null ? Write(p.Value, depth + 1) : $"({p.Fault})")}").ToList();
        if (parts.Count > MostParts) texts.Add("…");
        return $"{name} {{ {string.Join(", ", texts)} }}".Trim();
    }

    private static string Write(object? value, int depth)
    {
        try
        {
            return value switch
            {
                null => "null",
                ITuple tuple when depth <= Deepest =>
                    "(" + string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Write(tuple[i], depth + 1))) + ")",
                _ when ValueText.IsScalar(value) => ValueText.Of(value),
                ICollection collection => OfCollection(collection, depth),
                IEnumerable => TypeNames.Of(value.GetType()),
                _ when ValueText.HasOwnText(value.GetType()) => ValueText.Of(value),
                _ => OfParts(value, depth),
            };
        }
        catch (Exception e) when (!Faults.IsStop(e))
        {
            return $"({e.GetType().Name})";
        }
    }

    private static string OfCollection(ICollection values, int depth)
    {
        var count = values.Count.ToString("N0", CultureInfo.InvariantCulture) + (values.Count == 1 ? " item" : " items");
        if (depth > Deepest) return count;
        var first = values.Cast<object?>().Take(MostItems).Select(v => Write(v, depth + 1)).ToArray();
        return values.Count > MostItems ? $"[{string.Join(", ", first)}, … {count}]" : $"[{string.Join(", ", first)}]";
    }
}
