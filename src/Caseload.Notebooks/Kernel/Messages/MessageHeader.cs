using System.Text.Json;

namespace Caseload.Notebooks.Kernel.Messages;

/// <summary>What a message says of itself.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Session">The client session that it comes from.</param>
/// <param name="Type">Such as <c>execute_request</c>.</param>
/// <param name="Raw">The header as it came, byte for byte: an answer carries it as the header of its parent.</param>
internal sealed record MessageHeader(string Id, string Session, string Type, byte[] Raw)
{
    /// <summary>Reads a header.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>Null where it is not one.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static MessageHeader? Parse(byte[] frame)
    {
        using var document = JsonDocument.Parse(frame);
        var root = document.RootElement;
        return root.Text("msg_id") is { } id && root.Text("msg_type") is { Length: > 0 } type
            ? new(id, root.Text("session") ?? "", type, frame) : null;
    }
}
