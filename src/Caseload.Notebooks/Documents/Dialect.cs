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
        metadata["kernelspec"] ??= KernelSpec();
        metadata["language_info"] ??= LanguageInfo();
        return notebook with { Metadata = metadata };
    }

    /// <summary>
    /// A notebook's metadata as the dialect writes them. Each host names the kernel and the language in its own words when it saves, some
    /// with the version of their compiler; a notebook in C# that went through another host must not differ for that.
    /// </summary>
    /// <param name="metadata">The metadata; they are not changed.</param>
    /// <returns>The metadata with the dialect's <c>kernelspec</c> and <c>language_info</c>, where there are such and they are of C#; those
    /// of another language without what is no part of Jupyter's format, and without a version.</returns>
    internal static JsonObject Normalise(JsonObject metadata)
    {
        var normal = (JsonObject)metadata.DeepClone();
        var isCSharp = ForeignLanguage(new Notebook([]) { Metadata = metadata }) is null;
        if (normal.ContainsKey("kernelspec"))
            normal["kernelspec"] = isCSharp ? KernelSpec() : Only(normal["kernelspec"], "display_name", "language", "name");
        if (normal.ContainsKey("language_info"))
        {
            normal["language_info"] = isCSharp ? LanguageInfo()
                : Only(normal["language_info"], "codemirror_mode", "file_extension", "mimetype", "name", "pygments_lexer");
        }

        return normal;
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

    private static JsonObject KernelSpec() => new() { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" };

    private static JsonObject LanguageInfo() => new()
    {
        ["file_extension"] = ".cs", ["mimetype"] = "text/x-csharp", ["name"] = "C#", ["pygments_lexer"] = "csharp",
    };

    private static JsonNode? Only(JsonNode? node, params ReadOnlySpan<string> names)
    {
        if (node is not JsonObject members) return node?.DeepClone();
        var kept = new JsonObject();
        foreach (var name in names)
        {
            if (members.TryGetPropertyValue(name, out var value)) kept[name] = value?.DeepClone();
        }

        return kept;
    }

    private static string? Foreign(string? language) => language is null || IsCSharp(language) ? null : language;

    private static string? Member(JsonObject metadata, string group, string name) =>
        metadata[group] is JsonObject members && members[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
