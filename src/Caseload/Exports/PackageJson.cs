using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Caseload.Frames.Csv;

namespace Caseload.Exports;

/// <summary>Writes data packages by the Frictionless specification of tabular data packages, version 1.</summary>
internal static class PackageJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A package of some resources.</summary>
    internal static JsonObject Package(string name, string title, PackageOrigin origin, IEnumerable<JsonObject> resources)
    {
        var package = new JsonObject
        {
            ["profile"] = "tabular-data-package",
            ["name"] = Name(name),
            ["title"] = title,
            ["description"] = origin.IsSimulated
                ? "SIMULATED DATA made by Caseload. No child or authority in it exists, and nothing in it is evidence about England."
                : "Made by Caseload from data about real children.",
            ["sourceKind"] = origin.SourceKind,
            ["sources"] = new JsonArray(new JsonObject { ["title"] = origin.Source }),
            ["caseload:version"] = origin.Version,
            ["caseload:schemaVersion"] = origin.SchemaVersion,
        };
        if (origin.IsSimulated)
            package["licenses"] = new JsonArray(new JsonObject { ["name"] = "MIT", ["title"] = "MIT License" });
        package["resources"] = new JsonArray([.. resources]);
        return package;
    }

    /// <summary>A resource: a CSV file beside the package, with its columns.</summary>
    internal static JsonObject Resource(string path, string title, int rows, JsonObject schema)
    {
        var stamp = FileStamp.Of(path);
        return new JsonObject
        {
            ["profile"] = "tabular-data-resource",
            ["name"] = Name(Stem(path)),
            ["path"] = Path.GetFileName(path),
            ["title"] = title,
            ["format"] = "csv",
            ["mediatype"] = "text/csv",
            ["encoding"] = "utf-8",
            ["bytes"] = stamp.Bytes,
            ["hash"] = stamp.Hash,
            ["caseload:rows"] = rows,
            ["schema"] = schema,
        };
    }

    /// <summary>Writes a package.</summary>
    internal static void Write(JsonObject package, string path) =>
        OutputFile.WriteText(path, writer => writer.WriteLine(package.ToJsonString(Options)));

    /// <summary>The file's name without .csv or .csv.gz.</summary>
    internal static string Stem(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var ending in new[] { ".gz", ".csv" })
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) name = name[..^ending.Length];
        }

        return name;
    }

    // Names of packages and resources are small letters, digits and . _ - by the specification.
    private static string Name(string text) => string.Concat(text.ToLowerInvariant().Select(c =>
        char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));
}
