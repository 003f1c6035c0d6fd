using System.Buffers;
using System.Buffers.Binary;

namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>Reads frames from a connection, however the bytes are cut into packets.</summary>
/// <param name="stream">The connection.</param>
internal sealed class FrameReader(Stream stream) : IDisposable
{
    // A body is given room as its bytes arrive: a peer that only announces a large frame takes no memory.
    private const int FirstRoom = 1 << 20;

    private const byte MoreFlag = 1;
    private const byte LongFlag = 2;
    private const byte CommandFlag = 4;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int start;
    private int end;

    /// <summary>Reads the next frame.</summary>
    /// <param name="mostBytes">The longest body that is taken.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>False where the peer ended the connection between two frames.</returns>
    /// <exception cref="InvalidDataException">What came is no frame, or too long.</exception>
    /// <exception cref="IOException">The connection broke within the frame.</exception>
    public bool TryRead(long mostBytes, out WireFrame frame)
    {
        frame = default;
        if (start == end && !Fill()) return false;
        var flags = buffer[start++];
        if (flags > (MoreFlag | LongFlag | CommandFlag)) throw new InvalidDataException("a frame with unknown flags");
        var isCommand = (flags & CommandFlag) != 0;
        var hasMore = (flags & MoreFlag) != 0;
        if (isCommand && hasMore) throw new InvalidDataException("a command of several frames");
        Span<byte> size = stackalloc byte[8];
        size.Clear();
        Read((flags & LongFlag) != 0 ? size : size[7..]);
        var length = BinaryPrimitives.ReadUInt64BigEndian(size);
        if (length > (ulong)mostBytes) throw new InvalidDataException("a frame longer than is taken");
        frame = new(hasMore, isCommand, ReadBody((int)length));
        return true;
    }

    /// <summary>Reads bytes that have no frame around them.</summary>
    /// <param name="bytes">Takes them; as many as it is long.</param>
    /// <exception cref="EndOfStreamException">The peer ended the connection before.</exception>
    public void Read(Span<byte> bytes)
    {
        var held = Math.Min(end - start, bytes.Length);
        buffer.AsSpan(start, held).CopyTo(bytes);
        start += held;
        if (bytes.Length - held >= buffer.Length) stream.ReadExactly(bytes[held..]);
        else if (held < bytes.Length)
        {
            if (!Fill()) throw new EndOfStreamException();
            Read(bytes[held..]);
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private byte[] ReadBody(int length)
    {
        var body = length == 0 ? [] : new byte[Math.Min(length, FirstRoom)];
        Read(body);
        while (body.Length < length)
        {
            var read = body.Length;
            Array.Resize(ref body, (int)Math.Min(length, 2L * read));
            Read(body.AsSpan(read));
        }

        return body;
    }

    private bool Fill()
    {
        start = 0;
        end = stream.Read(buffer);
        return end > 0;
    }
}
