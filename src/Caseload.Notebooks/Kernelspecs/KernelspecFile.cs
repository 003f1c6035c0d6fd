using System.Text.Json;
using System.Text.Json.Nodes;
using Caseload.Notebooks.Documents;

namespace Caseload.Notebooks.Kernelspecs;

/// <summary>The file <c>kernel.json</c> of a kernel: written for ours, and read to tell ours from another's.</summary>
internal static class KernelspecFile
{
    /// <summary>The file's name in the kernel's folder.</summary>
    public const string Name = "kernel.json";

    // Says in the metadata that the kernel is ours, whatever its folder is called.
    private const string Mark = "caseload";

    /// <summary>The file's text.</summary>
    /// <param name="launcher">How the kernel is started.</param>
    public static string Write(KernelLauncher launcher)
    {
        var arguments = new JsonArray([.. launcher.Program.Append("kernel").Append("start").Append("{connection_file}").Select(Text)]);
        var variables = new JsonObject(launcher.Variables.Select(v => KeyValuePair.Create(v.Key, Text(v.Value))));
        var version = typeof(KernelspecFile).Assembly.GetName().Version?.ToString(3) ?? "";
        using var writer = new StringWriter();
        JupyterJson.Write(writer, new JsonObject
        {
            ["argv"] = arguments,
            ["display_name"] = "C# (Caseload)",
            ["env"] = variables,
            ["interrupt_mode"] = "message",
            ["language"] = "C#",
            ["metadata"] = new JsonObject { ["debugger"] = false, [Mark] = new JsonObject { ["version"] = version } },
        });
        return writer.ToString();

        static JsonNode? Text(string value) => JsonValue.Create(value);
    }

    /// <summary>What starts the kernel of a folder, where it is ours.</summary>
    /// <param name="folder">The kernel's folder.</param>
    /// <returns>The words before the kernel's own; null where the kernel is another's, or cannot be read and so counts as another's.</returns>
    public static IReadOnlyList<string>? ProgramOfOurs(string folder)
    {
        try
        {
            var root = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, Name))) as JsonObject;
            if (root?["metadata"] is not JsonObject metadata || metadata[Mark] is not JsonObject) return null;
            var words = root["argv"] is JsonArray argv ? argv.Select(word => word?.ToString() ?? "") : [];
            return [.. words.TakeWhile(word => word != "kernel")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }
}
