using System.Text.Json.Nodes;

namespace Caseload.Notebooks.Documents;

/// <summary>The dialect of the notebooks: C# as .NET Interactive, its successor Verso and this kit run it unchanged.</summary>
public static class Dialect
{
    /// <summary>The notebook with <c>kernelspec</c> and <c>language_info</c> of the dialect, where it says
    /// nothing of them itself.</summary>
    /// <param name="notebook">The notebook.</param>
    public static Notebook Describe(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        var metadata = (JsonObject)notebook.Metadata.DeepClone();
        metadata["kernelspec"] ??= new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" };
        metadata["language_info"] ??= new JsonObject
        {
            ["file_extension"] = ".cs", ["mimetype"] = "text/x-csharp", ["name"] = "C#", ["pygments_lexer"] = "csharp",
        };
        return notebook with { Metadata = metadata };
    }

    /// <summary>The language that a notebook says it is written in.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <returns>Null where it is C# or nothing is said; else the name of the other language.</returns>
    public static string? ForeignLanguage(Notebook notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        return Foreign(Member(notebook.Metadata, "kernelspec", "language")) ?? Foreign(Member(notebook.Metadata, "language_info", "name"));
    }

    /// <summary>The language that a cell says it is written in.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>Null where it is C# or nothing is said; else the name of the other language.</returns>
    public static string? ForeignLanguage(NotebookCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return Foreign(Member(cell.Metadata, "polyglot_notebook", "kernelName"))
            ?? Foreign(Member(cell.Metadata, "dotnet_interactive", "language"));
    }

    /// <summary>Whether a name is one of C#.</summary>
    /// <param name="language">The name.</param>
    public static bool IsCSharp(string language) =>
        language.Equals("C#", StringComparison.OrdinalIgnoreCase) || language.Equals("csharp", StringComparison.OrdinalIgnoreCase);

    private static string? Foreign(string? language) => language is null || IsCSharp(language) ? null : language;

    private static string? Member(JsonObject metadata, string group, string name) =>
        metadata[group] is JsonObject members && members[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
