using System.Text.Json;
using Caseload.Notebooks.Kernel.Messages;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>What an <c>execute_request</c> asks.</summary>
/// <param name="Code">The cell's text.</param>
/// <param name="IsSilent">Whether nothing is shown.</param>
/// <param name="IsCounted">Whether the cell takes a number and a place in the history.</param>
/// <param name="AllowsInput">Whether the client can ask the person.</param>
/// <param name="StopsOnError">Whether the cells that wait are given up when this one fails.</param>
/// <param name="Expressions">Expressions to evaluate once the cell ran, by name.</param>
internal sealed record ExecuteRequest(
    string Code, bool IsSilent, bool IsCounted, bool AllowsInput, bool StopsOnError,
    IReadOnlyList<KeyValuePair<string, string>> Expressions)
{
    /// <summary>Reads a request.</summary>
    /// <param name="content">Its content.</param>
    /// <returns>Null where it holds no code.</returns>
    public static ExecuteRequest? Read(JsonElement content)
    {
        if (content.Text("code") is not { } code) return null;
        var isSilent = content.Flag("silent", usual: false);
        return new(code, isSilent, !isSilent && content.Flag("store_history", usual: true), content.Flag("allow_stdin", usual: true),
            content.Flag("stop_on_error", usual: true), ReadExpressions(content));
    }

    private static List<KeyValuePair<string, string>> ReadExpressions(JsonElement content)
    {
        var read = new List<KeyValuePair<string, string>>();
        if (!content.TryMember("user_expressions", JsonValueKind.Object, out var expressions)) return read;
        foreach (var member in expressions.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String) read.Add(new(member.Name, member.Value.GetString()!));
        }

        return read;
    }
}
