using System.Text;

namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>
/// The 64 bytes with which a connection begins (ZMTP 3.0): signature, version, mechanism. We announce 3.0 and speak it with every later
/// peer, which by the protocol's own rule then speaks 3.0 too; peers before 3.0 (ZeroMQ before 2013) are not served.
/// </summary>
internal static class ZmtpGreeting
{
    /// <summary>The length of a greeting.</summary>
    public const int Length = 64;

    private const int VersionPlace = 10;
    private const int MechanismPlace = 12;
    private const int MechanismLength = 20;

    /// <summary>Our greeting.</summary>
    public static byte[] Ours()
    {
        var greeting = new byte[Length];
        (greeting[0], greeting[9], greeting[VersionPlace]) = (0xFF, 0x7F, 3);
        "NULL"u8.CopyTo(greeting.AsSpan(MechanismPlace));
        return greeting;
    }

    /// <summary>Looks at a peer's greeting.</summary>
    /// <param name="greeting">The 64 bytes.</param>
    /// <exception cref="InvalidDataException">The peer does not speak the protocol, or wants encryption.</exception>
    public static void Check(ReadOnlySpan<byte> greeting)
    {
        if (greeting[0] != 0xFF || (greeting[9] & 1) == 0) throw new InvalidDataException("the peer does not greet as ZMTP does");
        if (greeting[VersionPlace] < 3) throw new InvalidDataException("the peer speaks ZMTP before 3.0");
        var mechanism = Encoding.ASCII.GetString(greeting.Slice(MechanismPlace, MechanismLength)).TrimEnd('\0');
        if (mechanism != "NULL") throw new InvalidDataException("the peer wants a security mechanism other than NULL");
    }
}
