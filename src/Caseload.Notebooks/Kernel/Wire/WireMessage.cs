namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>A message that came in.</summary>
/// <param name="Peer">The name under which the peer is answered, as Latin-1.</param>
/// <param name="Frames">Its frames, without the peer's name.</param>
internal sealed record WireMessage(string Peer, byte[][] Frames);

/// <summary>One frame as it stands on the wire.</summary>
/// <param name="HasMore">Whether another frame of the same message follows.</param>
/// <param name="IsCommand">Whether it speaks to the protocol and not to the program.</param>
/// <param name="Body">What it holds.</param>
internal readonly record struct WireFrame(bool HasMore, bool IsCommand, byte[] Body);
