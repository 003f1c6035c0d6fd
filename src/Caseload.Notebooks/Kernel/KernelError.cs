using System.Text.Json;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Kernel;

/// <summary>What went wrong, as messages carry it.</summary>
/// <param name="Name">The kind of error.</param>
/// <param name="Value">What it says.</param>
/// <param name="Traceback">The lines that a front end shows; it draws ANSI colours.</param>
internal sealed record KernelError(string Name, string Value, IReadOnlyList<string> Traceback)
{
    private const string Red = "\e[31m";
    private const string Plain = "\e[0m";

    /// <summary>The error that stopped a cell. Its name is red where the traceback first has it.</summary>
    /// <param name="failure">What stopped it.</param>
    public static KernelError Of(CellFailure failure) => Of(failure.Name, failure.Message, failure.Traceback);

    /// <summary>An error with its name in red.</summary>
    /// <param name="name">The kind of error.</param>
    /// <param name="value">What it says.</param>
    /// <param name="traceback">The lines, plain.</param>
    public static KernelError Of(string name, string value, IReadOnlyList<string> traceback)
    {
        var lines = traceback.ToArray();
        var line = Array.FindIndex(lines, l => l.Contains(name, StringComparison.Ordinal));
        if (line < 0) return new(name, value, [Red + name + Plain, .. lines]);
        var place = lines[line].IndexOf(name, StringComparison.Ordinal);
        lines[line] = lines[line].Insert(place + name.Length, Plain).Insert(place, Red);
        return new(name, value, lines);
    }

    /// <summary>An error of the kernel itself.</summary>
    /// <param name="name">The kind of error.</param>
    /// <param name="value">What it says.</param>
    public static KernelError Of(string name, string value) => Of(name, value, [$"{name}: {value}"]);

    /// <summary>Writes the members of a message.</summary>
    /// <param name="writer">The message.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("ename", Name);
        writer.WriteString("evalue", Value);
        writer.WriteStartArray("traceback");
        foreach (var line in Traceback) writer.WriteStringValue(line);
        writer.WriteEndArray();
    }
}
