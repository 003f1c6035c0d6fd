namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>What a socket of the kernel does, in ZeroMQ's words.</summary>
internal enum WireRole
{
    /// <summary>Takes messages from many peers and answers each by its name.</summary>
    Router,

    /// <summary>Tells all peers that subscribed.</summary>
    Publisher,

    /// <summary>Gives each message back as it came.</summary>
    Reply,
}

/// <summary>What the handshake says of a role.</summary>
internal static class WireRoles
{
    /// <summary>The name that a socket announces.</summary>
    /// <param name="role">Its role.</param>
    public static string SocketType(this WireRole role) => role switch
    {
        WireRole.Router => "ROUTER",
        WireRole.Publisher => "PUB",
        _ => "REP",
    };

    /// <summary>Whether a peer of a type can talk with a role.</summary>
    /// <param name="role">Our role.</param>
    /// <param name="socketType">What the peer announces.</param>
    public static bool Accepts(this WireRole role, string socketType) => role switch
    {
        WireRole.Publisher => socketType is "SUB" or "XSUB",
        WireRole.Reply => socketType is "REQ" or "DEALER",
        _ => socketType is "DEALER" or "REQ" or "ROUTER",
    };
}
