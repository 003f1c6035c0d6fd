using System.Buffers;
using System.Buffers.Binary;

namespace Caseload.Notebooks.Kernel.Wire;

/// <summary>Writes messages to a connection: small frames together, large ones from where they stand.</summary>
/// <param name="stream">The connection.</param>
internal sealed class FrameWriter(Stream stream) : IDisposable
{
    private const int LargeFrame = 1 << 14;
    private const int MostHead = 9;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int used;

    /// <summary>Adds a message; it is on its way after <see cref="Flush"/>.</summary>
    /// <param name="frames">Its frames; at least one.</param>
    public void AddMessage(IReadOnlyList<byte[]> frames)
    {
        for (var i = 0; i < frames.Count; i++) Add(frames[i], i < frames.Count - 1 ? 1 : 0);
    }

    /// <summary>Adds a command.</summary>
    /// <param name="body">The command.</param>
    public void AddCommand(byte[] body) => Add(body, 4);

    /// <summary>Sends what was added.</summary>
    public void Flush()
    {
        if (used == 0) return;
        stream.Write(buffer, 0, used);
        used = 0;
    }

    /// <summary>Gives the buffer back; what was not sent is lost.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private void Add(byte[] body, int flags)
    {
        var isLarge = body.Length >= LargeFrame;
        if (used + MostHead + (isLarge ? 0 : body.Length) > buffer.Length) Flush();
        var isLong = body.Length > byte.MaxValue;
        buffer[used++] = (byte)(flags | (isLong ? 2 : 0));
        if (isLong)
        {
            BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(used), body.Length);
            used += 8;
        }
        else
        {
            buffer[used++] = (byte)body.Length;
        }

        if (isLarge)
        {
            Flush();
            stream.Write(body);
        }
        else
        {
            body.CopyTo(buffer, used);
            used += body.Length;
        }
    }
}
