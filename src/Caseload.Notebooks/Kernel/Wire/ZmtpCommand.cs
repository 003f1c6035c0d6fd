using System.Buffers.Binary;
using System.Text;

namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>A command of the protocol: a name and what belongs to it.</summary>
/// <param name="Name">Such as <c>READY</c> or <c>PING</c>.</param>
/// <param name="Data">What follows the name.</param>
internal sealed record ZmtpCommand(string Name, ReadOnlyMemory<byte> Data)
{
    private const int MostContextBytes = 16;

    /// <summary>Reads the body of a command frame.</summary>
    /// <param name="body">The body.</param>
    /// <exception cref="InvalidDataException">It is cut short.</exception>
    public static ZmtpCommand Parse(byte[] body)
    {
        if (body.Length == 0 || body.Length < 1 + body[0]) throw new InvalidDataException("a command without a name");
        return new(Encoding.Latin1.GetString(body, 1, body[0]), body.AsMemory(1 + body[0]));
    }

    /// <summary>The command that ends our part of the handshake.</summary>
    /// <param name="socketType">What kind of socket we are.</param>
    public static ZmtpCommand Ready(string socketType)
    {
        var data = new MemoryStream();
        Add("Socket-Type", socketType);
        if (socketType == "ROUTER") Add("Identity", "");
        return new("READY", data.ToArray());

        void Add(string name, string value)
        {
            data.WriteByte((byte)name.Length);
            data.Write(Encoding.ASCII.GetBytes(name));
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
            data.Write(length);
            data.Write(Encoding.ASCII.GetBytes(value));
        }
    }

    /// <summary>Says why a connection is given up.</summary>
    /// <param name="reason">At most 255 ASCII characters.</param>
    public static ZmtpCommand Error(string reason) =>
        new("ERROR", (byte[])[(byte)reason.Length, .. Encoding.ASCII.GetBytes(reason)]);

    /// <summary>The answer to a PING: its context, without its time to live (two bytes).</summary>
    public ZmtpCommand Pong() => new("PONG", Data.Length > 2 ? Data[2..Math.Min(Data.Length, 2 + MostContextBytes)] : default);

    /// <summary>The properties that a READY carries; names are without regard to case.</summary>
    /// <exception cref="InvalidDataException">They are cut short.</exception>
    public Dictionary<string, byte[]> Properties()
    {
        var properties = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        var rest = Data.Span;
        while (rest.Length > 0)
        {
            var nameEnd = 1 + rest[0];
            if (rest.Length < nameEnd + 4) throw new InvalidDataException("a property is cut short");
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest[nameEnd..]);
            if (length > rest.Length - nameEnd - 4) throw new InvalidDataException("a property is cut short");
            var value = rest.Slice(nameEnd + 4, (int)length);
            properties[Encoding.Latin1.GetString(rest[1..nameEnd])] = value.ToArray();
            rest = rest[(nameEnd + 4 + (int)length)..];
        }

        return properties;
    }

    /// <summary>The body of the command's frame.</summary>
    public byte[] ToBody()
    {
        var body = new byte[1 + Name.Length + Data.Length];
        body[0] = (byte)Name.Length;
        Encoding.ASCII.GetBytes(Name, body.AsSpan(1));
        Data.CopyTo(body.AsMemory(1 + Name.Length));
        return body;
    }
}
