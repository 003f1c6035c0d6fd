namespace Caseload.Notebooks.Formatting;

/// <summary>A named part of a value: a property, a field, an item of a tuple.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type that it is declared with.</param>
/// <param name="Value">What is in it.</param>
/// <param name="Fault">The name of what its getter threw; null where it threw nothing.</param>
internal sealed record ValuePart(string Name, Type Type, object? Value, string? Fault)
{
    /// <summary>The part as the text of a table's cell.</summary>
    public string Text => Fault is null ? ShortText.Of(Value) : $"({Fault})";

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsNull => Fault is null && Value is null;
}
