using System.Text.Json;
using System.Text.Json.Nodes;

namespace Caseload.Clients.Tests.Fixtures;

/// <summary>What an executed notebook holds, in a form in which two hosts' copies can be compared.</summary>
internal static class ExecutedNotebook
{
    /// <summary>A line an output: the cell, the kind of output, its MIME types and its plain text.</summary>
    /// <param name="path">The executed copy.</param>
    public static IReadOnlyList<string> Outputs(string path)
    {
        var cells = JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray();
        return [.. cells.SelectMany((cell, i) =>
            (cell!["outputs"]?.AsArray() ?? []).Select(output => $"cell {i + 1}: {Describe(output!)}"))];
    }

    private static string Describe(JsonNode output)
    {
        var kind = output["output_type"]!.GetValue<string>();
        return kind switch
        {
            "stream" => $"{output["name"]} {Joined(output["text"])}",
            "error" => $"error {output["ename"]}: {output["evalue"]}",
            _ => $"{kind} [{MimeTypes(output)}] {Joined(output["data"]!["text/plain"])}",
        };
    }

    private static string MimeTypes(JsonNode output) =>
        string.Join(", ", output["data"]!.AsObject().Select(item => item.Key).Order(StringComparer.Ordinal));

    // A notebook keeps text as one string or as a list of its lines.
    private static string Joined(JsonNode? text) =>
        text is JsonArray lines ? string.Concat(lines.Select(line => line!.GetValue<string>())) : text?.GetValue<string>() ?? "";

    /// <summary>A notebook of code cells for the kernel.</summary>
    /// <param name="cells">Their code.</param>
    public static string Of(params string[] cells) => JsonSerializer.Serialize(new
    {
        nbformat = 4,
        nbformat_minor = 4,
        metadata = new { kernelspec = new { name = InstalledKernel.Name, display_name = ".NET (C#)", language = "C#" } },
        cells = cells.Select(code => new
        {
            cell_type = "code", execution_count = (int?)null, metadata = new { }, outputs = Array.Empty<object>(), source = code,
        }),
    });
}
