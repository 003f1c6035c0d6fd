namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>How much one peer may cost. A peer that goes beyond is closed; the others do not notice.</summary>
internal sealed record WireLimits
{
    /// <summary>The most bytes that the frames of one incoming message may have together.</summary>
    public long MessageBytes { get; init; } = 256L << 20;

    /// <summary>The most frames of one incoming message.</summary>
    public int MessageFrames { get; init; } = 4096;

    /// <summary>The most bytes that wait for a peer that reads slowly. One message alone may be larger.</summary>
    public long QueuedBytes { get; init; } = 256L << 20;

    /// <summary>The most peers of one socket; each takes two threads.</summary>
    public int Peers { get; init; } = 128;

    /// <summary>How long a peer may take to greet.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(10);
}
