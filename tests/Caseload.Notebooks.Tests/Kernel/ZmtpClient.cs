using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Caseload.Notebooks.Tests.Kernel;

/// <summary>The slow readable twin of the kernel's wire: one connection, one thread, one frame after another.</summary>
internal sealed class ZmtpClient : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket socket;
    private readonly NetworkStream stream;

    public ZmtpClient(EndPoint address)
    {
        socket = new Socket(address.AddressFamily, SocketType.Stream,
            address.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        socket.Connect(address);
        if (address.AddressFamily != AddressFamily.Unix) socket.NoDelay = true;
        stream = new NetworkStream(socket, ownsSocket: true);
        Timeout = Patience;
    }

    public ZmtpClient(int port)
        : this(new IPEndPoint(IPAddress.Loopback, port))
    {
    }

    public TimeSpan Timeout
    {
        set => socket.ReceiveTimeout = (int)value.TotalMilliseconds;
    }

    /// <summary>Connects and goes through the handshake.</summary>
    public static ZmtpClient Connect(int port, string type, string identity = "", byte minor = 0)
    {
        var client = new ZmtpClient(port);
        client.Greet(type, identity, minor);
        return client;
    }

    public void Greet(string type, string identity = "", byte minor = 0)
    {
        Raw(Greeting(3, minor, "NULL"));
        Command("READY", [.. Property("Socket-Type", type), .. Property("Identity", identity)]);
        Assert.Equal(Greeting(3, 0, "NULL"), ReadBytes(64));
        var (flags, ready) = ReadFrame();
        Assert.Equal(4, flags);
        Assert.StartsWith("\u0005READY", Encoding.Latin1.GetString(ready), StringComparison.Ordinal);
    }

    public static byte[] Greeting(byte major, byte minor, string mechanism)
    {
        var greeting = new byte[64];
        (greeting[0], greeting[9], greeting[10], greeting[11]) = (0xFF, 0x7F, major, minor);
        Encoding.ASCII.GetBytes(mechanism, greeting.AsSpan(12));
        return greeting;
    }

    public void Raw(byte[] bytes) => stream.Write(bytes);

    public void Command(string name, byte[] data) => Frame(4, [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. data]);

    public void Send(params byte[][] frames)
    {
        for (var i = 0; i < frames.Length; i++) Frame(i < frames.Length - 1 ? 1 : 0, frames[i]);
    }

    public void Frame(int flags, byte[] body)
    {
        var size = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(size, body.Length);
        Raw(body.Length > 255 ? [(byte)(flags | 2), .. size, .. body] : [(byte)flags, (byte)body.Length, .. body]);
    }

    /// <summary>The frames of the next message.</summary>
    public byte[][] Receive()
    {
        var frames = new List<byte[]>();
        while (true)
        {
            var (flags, body) = ReadFrame();
            frames.Add(body);
            if ((flags & 1) == 0) return [.. frames];
        }
    }

    public (int Flags, byte[] Body) ReadFrame()
    {
        var flags = ReadBytes(1)[0];
        var length = (flags & 2) == 0 ? ReadBytes(1)[0] : BinaryPrimitives.ReadInt64BigEndian(ReadBytes(8));
        return (flags & 5, ReadBytes((int)length));
    }

    /// <summary>Whether the kernel ended the connection; what it said before is passed over.</summary>
    public bool IsClosed()
    {
        try
        {
            var rest = new byte[4096];
            while (stream.Read(rest) > 0)
            {
            }

            return true;
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return true;
        }
    }

    public void Dispose() => stream.Dispose();

    private static byte[] Property(string name, string value)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. length, .. Encoding.Latin1.GetBytes(value)];
    }

    private byte[] ReadBytes(int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
