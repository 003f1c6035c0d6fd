using System.Text.Json;

namespace Caseload.Notebooks.Kernel.Messages;

/// <summary>A message of the Jupyter protocol.</summary>
/// <param name="Peer">The name of the connection that it came by.</param>
/// <param name="Identities">The frames before the delimiter, which an answer carries again.</param>
/// <param name="Header">What it says of itself.</param>
/// <param name="ParentId">The identifier of the message that it answers; null where it answers none.</param>
/// <param name="Content">What it is about; an object.</param>
/// <param name="Buffers">Raw data that comes with it.</param>
internal sealed record JupyterMessage(
    string Peer, IReadOnlyList<byte[]> Identities, MessageHeader Header, string? ParentId, JsonElement Content,
    IReadOnlyList<byte[]> Buffers);

/// <summary>A message that the kernel sends.</summary>
/// <param name="Type">Such as <c>execute_reply</c>.</param>
/// <param name="Parent">The header of the request that it belongs to; null where it belongs to none.</param>
/// <param name="Content">Writes the members of its content.</param>
internal sealed record OutgoingMessage(string Type, MessageHeader? Parent, Action<Utf8JsonWriter> Content);
