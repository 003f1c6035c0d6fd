using System.Text.Json;

namespace Caseload.Notebooks.Kernel.Messages;

/// <summary>Reads members of a message, where the sender may have left out or mistaken any of them.</summary>
internal static class JsonReading
{
    /// <summary>A member that is text; null where there is none.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The member.</param>
    public static string? Text(this JsonElement element, string name)
    {
        if (!element.TryMember(name, JsonValueKind.String, out var value)) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape for half of a surrogate pair: valid JSON that is no text.
            return null;
        }
    }

    /// <summary>A member that is a whole number; null where there is none. A number too large for 32 bits is the largest.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The member.</param>
    public static int? Number(this JsonElement element, string name) =>
        element.TryMember(name, JsonValueKind.Number, out var value) && value.TryGetDouble(out var number)
            ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    /// <summary>A member that is true or false.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The member.</param>
    /// <param name="usual">What counts where there is none.</param>
    public static bool Flag(this JsonElement element, string name, bool usual) =>
        element.TryMember(name, JsonValueKind.True, out _) || (usual && !element.TryMember(name, JsonValueKind.False, out _));

    /// <summary>A member of a kind.</summary>
    /// <param name="element">The object, or something else, which has no members.</param>
    /// <param name="name">The member.</param>
    /// <param name="kind">What it must be.</param>
    /// <param name="value">The member.</param>
    public static bool TryMember(this JsonElement element, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value) && value.ValueKind == kind;
    }
}
